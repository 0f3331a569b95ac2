"""What a formula asks for: counts and amounts that people read off their books."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import SupportsFloat

from scorecards.methods.errors import MethodError, Words, gettext_noop

Inputs = Mapping[str, SupportsFloat | None]


class Taking(StrEnum):
    """When an input is counted, which says how those of several periods become one."""

    FLOW = "flow"  # happens all through a period: summed
    OPENING = "opening"  # stands there as a period begins: the first one's
    CLOSING = "closing"  # stands there as a period ends: the last one's
    BEFORE = "before"  # the flow `of` of the period before: summed over as many before
    MEAN = "mean"  # of as many answers as `of` says: weighted by them
    LATEST = "latest"  # an estimate: the newest one holds


@dataclass(frozen=True, slots=True)
class Input:
    """One number that a formula needs.

    Attributes
    ----------
    key : str
        Stable name, also that of the calculation's argument.
    title : str
        English and translated by the caller, or a KPI's own name for it.
    unit : str
        Hint beside the field, translated like the title; empty: the KPI's own.
    taking : Taking
    of : str
        With ``BEFORE`` the flow that it repeats, with ``MEAN`` the number of answers.
    least, most : float
        What is possible; without limits an amount may be negative (a loss).
    whole : bool
        Whether only whole numbers make sense.
    """

    key: str
    title: str
    unit: str = ""
    taking: Taking = Taking.FLOW
    of: str = ""
    least: float = 0.0
    most: float = math.inf
    whole: bool = False

    def read(self, inputs: Inputs) -> float:
        """Find this input among others and check it.

        Raises
        ------
        MethodError
            ``input-missing``, ``input-not-finite``, ``input-too-low``, ``input-too-high``,
            ``input-not-whole``; each names the input.

        Examples
        --------
        >>> Input("gained", "New customers").read({"gained": 12, "prospects": 60})
        12.0
        >>> Input("gained", "New customers").read({"prospects": 60})
        Traceback (most recent call last):
        ...
        scorecards.methods.errors.MethodError: “New customers” is missing. Enter it; where \
nothing happened, 0.
        """
        given = inputs.get(self.key)
        if given is None:
            raise MethodError(
                "input-missing",
                gettext_noop("“%(input)s” is missing. Enter it; where nothing happened, 0."),
                input=self.words,
            )
        value = float(given)
        self._check(value)
        return value

    @property
    def words(self) -> Words:
        """The title as an error's param."""
        return Words((self.title,))

    def _check(self, value: float) -> None:
        if not math.isfinite(value):
            raise MethodError(
                "input-not-finite",
                gettext_noop("“%(input)s” has to be an ordinary number."),
                input=self.words,
            )
        if value < self.least:
            raise MethodError(
                "input-too-low",
                gettext_noop("“%(input)s” is %(value)s. Enter a number of %(least)s or more."),
                input=self.words,
                value=value,
                least=self.least,
            )
        if value > self.most:
            raise MethodError(
                "input-too-high",
                gettext_noop("“%(input)s” is %(value)s. Enter a number of %(most)s or less."),
                input=self.words,
                value=value,
                most=self.most,
            )
        if self.whole and not value.is_integer():
            raise MethodError(
                "input-not-whole",
                gettext_noop("“%(input)s” is %(value)s. Enter a whole number."),
                input=self.words,
                value=value,
            )
