"""The 90 % intervals of a questionnaire's weights, as its research files have them."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.selectors.matrix_results import MatrixResult
from surveys.selectors.result_intervals import ExpertIntervals, WhyNot
from surveys.selectors.results import SurveyResults


@dataclass(frozen=True, slots=True)
class FoundInterval:
    """One element's weight within its part, or one KPI's global weight (``part`` is None then).

    ``low``, ``high`` and ``experts`` are None where ``why_not`` says why there is no interval.
    """

    part: int | None
    code: str
    label: str
    weight: float
    low: float | None
    high: float | None
    experts: int | None
    why_not: WhyNot | None


def found_intervals(results: SurveyResults) -> tuple[FoundInterval, ...]:
    """Part by part, then the KPIs by global weight; of parts that have weights."""
    return tuple(_found(results))


def _found(results: SurveyResults) -> Iterator[FoundInterval]:
    for number, result in enumerate(results.matrices, start=1):
        yield from _of_part(number, result)
    leaves = [(leaf.code, leaf.label, leaf.overall) for leaf in results.hierarchy]
    yield from _rows(None, leaves, results.interval, results.why_no_interval)


def _of_part(number: int, result: MatrixResult) -> Iterator[FoundInterval]:
    if result.weights is None:
        return
    elements = [
        (criterion.code, criterion.label, weight)
        for criterion, weight in zip(result.criteria, result.weights, strict=True)
    ]
    yield from _rows(number, elements, result.interval, result.why_no_interval)


def _rows(
    part: int | None,
    elements: list[tuple[str, str, float]],
    interval: ExpertIntervals | None,
    why_not: WhyNot | None,
) -> Iterator[FoundInterval]:
    for place, element in enumerate(elements):
        if interval is None:
            yield FoundInterval(part, *element, None, None, None, why_not)
        else:
            row = interval.rows[place]
            yield FoundInterval(part, *element, row.low, row.high, interval.experts, None)
