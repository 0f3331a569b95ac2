"""One formula: what it asks for, how it is computed, written out and combined over periods."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from scorecards.methods.errors import MethodError, Words, gettext_noop
from scorecards.methods.formula_inputs import Input, Inputs
from scorecards.methods.formula_merging import MergeRule, merge
from scorecards.methods.formula_sentences import Sentence, pieces

# Rounding: 100.00000000000001 % is 100 %.
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Formula:
    """A standard formula of a KPI, from counts and amounts to its value.

    Attributes
    ----------
    key : str
        Stable name.
    title, explanation : str
        English, translated by the caller.
    inputs : tuple of Input
        In the order of asking and calculating.
    unit : str
        Of the result; empty: the KPI's own.
    pattern : str
        How it is written: ``{key}`` for inputs, signs that need no translation.
    calculate : callable
        Takes the inputs' values in their order.
    merge_rules : tuple of MergeRule
        How periods may be combined, the usual way first.
    divisor : str
        The input that something is divided by, if any; it has to be above 0.
    least, most : float
        What the result can be.
    """

    key: str
    title: str
    explanation: str
    inputs: tuple[Input, ...]
    unit: str
    pattern: str
    calculate: Callable[..., float]
    merge_rules: tuple[MergeRule, ...]
    divisor: str = ""
    least: float = -math.inf
    most: float = math.inf

    def named(self, titles: Mapping[str, str]) -> "Formula":
        """Give inputs the names that a KPI has for them; messages and sentences use those.

        Examples
        --------
        >>> from scorecards.methods.formulas import FORMULAS
        >>> ratio = FORMULAS["ratio"].named({"amount": "Complaints", "base": "Orders"})
        >>> ratio.sentence({"amount": 3}).render()
        '3 / Orders × 100'
        """
        inputs = (replace(one, title=titles.get(one.key) or one.title) for one in self.inputs)
        return replace(self, inputs=tuple(inputs))

    def compute(self, inputs: Inputs) -> float:
        """Compute the value, unrounded.

        Parameters
        ----------
        inputs : mapping of str to float or None
            By key; others than the formula's are ignored.

        Raises
        ------
        MethodError
            What :meth:`Input.read` refuses; ``divisor-zero``, ``divisor-negative``,
            ``result-not-finite``, ``result-impossible``.

        Examples
        --------
        >>> from scorecards.methods.formulas import FORMULAS
        >>> FORMULAS["retention-rate"].compute({"opening": 50, "gained": 10, "closing": 52})
        84.0
        """
        values = {one.key: one.read(inputs) for one in self.inputs}
        self._check_divisor(values)
        result = self.calculate(*values.values())
        if not math.isfinite(result):
            raise MethodError(
                "result-not-finite",
                gettext_noop("The result is too large to be shown. Check: %(inputs)s."),
                inputs=self._titles,
            )
        return self._within_limits(result)

    def combine(
        self,
        periods: Sequence[Inputs | None],
        *,
        rule: str | None = None,
        before: Sequence[Inputs | None] = (),
    ) -> dict[str, float]:
        """Merge the inputs of consecutive periods into those of one; then :meth:`compute`.

        Parameters
        ----------
        periods : sequence of mapping or None
            Oldest first, None where nothing was entered.
        rule : str, optional
            One of ``merge_rules``, else the first.
        before : sequence of mapping or None
            As many periods just before these, where an input compares with them.

        Raises
        ------
        MethodError
            ``merge-rule-unknown``, and what :func:`merge` refuses.

        Examples
        --------
        >>> from scorecards.methods.formulas import FORMULAS
        >>> ratio = FORMULAS["ratio"]
        >>> months = [{"amount": 1, "base": 10}, {"amount": 27, "base": 90}]
        >>> [ratio.compute(month) for month in months], ratio.compute(ratio.combine(months))
        ([10.0, 30.0], 28.0)
        """
        chosen = rule or self.merge_rules[0]
        if chosen not in self.merge_rules:
            raise MethodError(
                "merge-rule-unknown",
                gettext_noop(
                    "“%(formula)s” cannot be combined over periods by “%(rule)s”. Choose one of: "
                    "%(known)s."
                ),
                formula=Words((self.title,)),
                rule=str(chosen),
                known=", ".join(self.merge_rules),
            )
        return merge(self.inputs, periods, MergeRule(chosen), before)

    def sentence(self, inputs: Inputs) -> Sentence:
        """Write the formula with the numbers that are there, and titles for the others.

        Examples
        --------
        >>> from scorecards.methods.formulas import FORMULAS
        >>> retention = FORMULAS["retention-rate"]
        >>> retention.sentence({"opening": 50, "gained": 10, "closing": 52}).render()
        '(52 − 10) / 50 × 100 = 84 %'
        >>> retention.sentence({}).render()
        '(Customers at the end − New customers) / Customers at the start × 100'
        """
        known = {key: float(value) for key, value in inputs.items() if value is not None}
        try:
            result = self.compute(inputs)
        except MethodError:
            result = None
        return Sentence(pieces(self.pattern, self.inputs, known), result, self.unit)

    @property
    def _titles(self) -> Words:
        return Words(one.title for one in self.inputs)

    def _check_divisor(self, values: Mapping[str, float]) -> None:
        if not self.divisor or values[self.divisor] > 0:
            return
        words = next(one.words for one in self.inputs if one.key == self.divisor)
        if values[self.divisor] == 0:
            raise MethodError(
                "divisor-zero",
                gettext_noop(
                    "“%(input)s” is 0, and nothing can be divided by 0. Correct it, or mark the "
                    "KPI as not applicable for this period."
                ),
                input=words,
            )
        raise MethodError(
            "divisor-negative",
            gettext_noop(
                "“%(input)s” is %(value)s; what is divided by a number below 0 says nothing. "
                "Correct it, or mark the KPI as not applicable for this period."
            ),
            input=words,
            value=values[self.divisor],
        )

    def _within_limits(self, result: float) -> float:
        if self.least - TOLERANCE <= result <= self.most + TOLERANCE:
            return min(max(result, self.least), self.most)
        raise MethodError(
            "result-impossible",
            gettext_noop(
                "“%(formula)s” would be %(result)s, but it lies between %(least)s and %(most)s. "
                "Check whether these numbers fit together: %(inputs)s."
            ),
            formula=Words((self.title,)),
            result=result,
            least=self.least,
            most=self.most,
            inputs=self._titles,
        )
