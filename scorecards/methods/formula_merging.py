"""Several periods as one: their inputs are merged, and the formula is computed from those."""

import math
from collections.abc import Sequence
from enum import StrEnum

from scorecards.methods.errors import Elements, MethodError, gettext_noop
from scorecards.methods.formula_inputs import Input, Inputs, Taking


class MergeRule(StrEnum):
    """How the months of a year become the year. A mean of percentages is none of them."""

    SUM = "sum"
    LAST = "last"
    RATIO_OF_SUMS = "ratio_of_sums"
    RECOMPUTE = "recompute_from_inputs"
    WEIGHTED_MEAN = "weighted_mean"

    @property
    def words(self) -> str:
        """What it does, in English for the caller to translate.

        Examples
        --------
        >>> MergeRule("last").words
        'The last period counts.'
        """
        return RULE_WORDS[self]


RULE_WORDS = {
    MergeRule.SUM: gettext_noop("The periods are added up."),
    MergeRule.LAST: gettext_noop("The last period counts."),
    MergeRule.RATIO_OF_SUMS: gettext_noop("Both numbers are added up first, then divided."),
    MergeRule.RECOMPUTE: gettext_noop(
        "Computed anew: from the start of the first period, the end of the last one, and the "
        "sum of what happened in between."
    ),
    MergeRule.WEIGHTED_MEAN: gettext_noop("Each period's mean counts as often as it has answers."),
}


def merge(
    asked: Sequence[Input],
    periods: Sequence[Inputs | None],
    rule: MergeRule,
    before: Sequence[Inputs | None] = (),
) -> dict[str, float]:
    """Merge the inputs of consecutive periods, each as it is taken.

    Parameters
    ----------
    asked : sequence of Input
        What the formula needs.
    periods : sequence of mapping or None
        Oldest first; None where nothing was entered. What was not applicable is left out.
    rule : MergeRule
        ``LAST`` takes the last period as it is. The others name what comes of merging every
        input by its :class:`Taking`.
    before : sequence of mapping or None
        As many periods just before these, for inputs taken ``BEFORE``.

    Returns
    -------
    dict of str to float

    Raises
    ------
    MethodError
        ``periods-none``, ``periods-before-needed``, ``input-missing-in-periods`` (its elements
        are positions in ``before`` followed by ``periods``), ``sum-too-large``, and what
        :meth:`Input.read` refuses.

    Examples
    --------
    >>> stock = Input("closing", "Customers at the end", taking=Taking.CLOSING)
    >>> flow = Input("gained", "New customers")
    >>> months = [{"closing": 40, "gained": 5}, {"closing": 43, "gained": 4}]
    >>> merge([stock, flow], months, MergeRule.RECOMPUTE)
    {'closing': 43.0, 'gained': 9.0}
    """
    if not periods:
        raise MethodError("periods-none", gettext_noop("Choose at least one period."))
    if rule is MergeRule.LAST or len(periods) == 1:
        newest = len(before) + len(periods) - 1
        return {one.key: _read(one, periods[-1:], newest)[0] for one in asked}
    return {one.key: _merge_one(asked, one, periods, before) for one in asked}


def _merge_one(
    asked: Sequence[Input],
    one: Input,
    periods: Sequence[Inputs | None],
    before: Sequence[Inputs | None],
) -> float:
    start = len(before)
    match one.taking:
        case Taking.FLOW:
            return _sum(one, _read(one, periods, start))
        case Taking.OPENING:
            return _read(one, periods[:1], start)[0]
        case Taking.CLOSING | Taking.LATEST:
            return _read(one, periods[-1:], start + len(periods) - 1)[0]
        case Taking.BEFORE:
            _check_before(one, periods, before)
            return _sum(one, _read(_named(asked, one.of), before, 0))
        case Taking.MEAN:
            return _weighted_mean(asked, one, periods, start)


def _named(asked: Sequence[Input], key: str) -> Input:
    return next(each for each in asked if each.key == key)


def _read(one: Input, periods: Sequence[Inputs | None], start: int) -> list[float]:
    """Read one input in every period, or name all the periods that lack it."""
    missing = [
        start + place
        for place, period in enumerate(periods)
        if period is None or period.get(one.key) is None
    ]
    if missing:
        raise MethodError(
            "input-missing-in-periods",
            gettext_noop(
                "“%(input)s” is missing in: %(periods)s. Enter it there, or look at each "
                "period on its own."
            ),
            input=one.words,
            periods=Elements(missing),
        )
    return [one.read(period) for period in periods if period is not None]


def _weighted_mean(
    asked: Sequence[Input], mean: Input, periods: Sequence[Inputs | None], start: int
) -> float:
    """Weight each mean by its answers; a period that nobody answered needs no mean."""
    counts = _read(_named(asked, mean.of), periods, start)
    total = _sum(_named(asked, mean.of), counts)
    if not total:
        return 0.0
    return math.fsum(
        _read(mean, [period], start + place)[0] * (count / total)
        for place, (period, count) in enumerate(zip(periods, counts, strict=True))
        if count
    )


def _check_before(
    one: Input, periods: Sequence[Inputs | None], before: Sequence[Inputs | None]
) -> None:
    if len(before) != len(periods):
        raise MethodError(
            "periods-before-needed",
            gettext_noop(
                "“%(input)s” for %(count)s periods together is the sum of the %(count)s periods "
                "before them; %(given)s are there. Enter those first, or look at each period on "
                "its own."
            ),
            input=one.words,
            count=len(periods),
            given=len(before),
        )


def _sum(one: Input, values: Sequence[float]) -> float:
    try:
        return math.fsum(values)
    except OverflowError:
        raise MethodError(
            "sum-too-large",
            gettext_noop("The numbers of “%(input)s” are too large to be added. Correct them."),
            input=one.words,
        ) from None
