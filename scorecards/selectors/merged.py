"""A KPI's value over several periods: the quarters of its newest year, and that year so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from organizations import figures
from scorecards import calendar
from scorecards.errors import explain
from scorecards.methods.errors import MethodError
from scorecards.methods.formulas import Inputs, MergeRule, Taking
from scorecards.models import KPI, Measurement
from scorecards.models.scorecard import Frequency
from scorecards.selectors.due import Span, is_rarer
from scorecards.selectors.kpi_formula import (
    asks_inputs,
    formula_of,
    shown_value,
    stored_inputs,
)
from scorecards.states import State


@dataclass(frozen=True)
class MergedLine:
    """Some periods as one. Without a value ``problem`` says what is missing."""

    name: str
    value: Decimal | None
    problem: str = ""


@dataclass(frozen=True)
class YearSoFar:
    """``rule`` says how the periods are put together; "" where that is still to be chosen."""

    year: int
    is_whole: bool
    rule: str
    lines: tuple[MergedLine, ...] = ()


def year_so_far(kpi: KPI) -> YearSoFar | None:
    """The newest year with a measurement, in two queries; None for a KPI measured once a year."""
    usual = kpi.scorecard.frequency
    frequency = kpi.frequency if is_rarer(kpi.frequency, usual) else usual
    newest = kpi.measurements.select_related("period").order_by("-period__end", "-pk").first()
    if newest is None or frequency == Frequency.YEARLY:
        return None
    year = newest.period.end.year
    found = _by_span(kpi, frequency, year)
    last = max(found)
    spans = [span for span in _spans(frequency, year) if span <= last]
    # Nothing was measured before the first: those months are not missing.
    spans = spans[spans.index(min(span for span in found if span[1].year == year)) :]
    rule = merge_rule(kpi)
    if rule is None:
        return YearSoFar(year, is_whole=False, rule="")
    merged = _Merged(kpi, rule, frequency, found)
    lines = tuple(merged.line(part) for part in [*_quarters(spans, frequency), spans])
    return YearSoFar(year, len(spans) * _months(frequency) == 12, _(rule.words), lines)


def merge_rule(kpi: KPI) -> MergeRule | None:
    """The rule chosen, else the formula's usual one. Nothing tells whether a value that is
    entered as it is may be added up, so without a choice it isn't put together."""
    rules = formula_of(kpi).merge_rules
    if kpi.merge_rule in rules:
        return MergeRule(kpi.merge_rule)
    return rules[0] if asks_inputs(kpi) else None


def _months(frequency: str) -> int:
    return Frequency(frequency).months


def _spans(frequency: str, year: int) -> Iterator[Span]:
    start = date(year, 1, 1)
    while start.year == year:
        end = calendar.last_day(start, frequency)
        yield start, end
        start = end + timedelta(days=1)


def _by_span(kpi: KPI, frequency: str, year: int) -> dict[Span, Measurement]:
    """The measurements of a year and the year before, by the month or quarter they end in."""
    days = (date(year - 1, 1, 1), date(year, 12, 31))
    rows = kpi.measurements.select_related("period").filter(period__end__range=days)
    spans = [*_spans(frequency, year - 1), *_spans(frequency, year)]
    ends = [(row.period.end, row) for row in rows]
    return {span: row for span in spans for end, row in ends if span[0] <= end <= span[1]}


def _quarters(spans: Sequence[Span], frequency: str) -> list[list[Span]]:
    if _months(frequency) >= Frequency.QUARTERLY.months:
        return []
    quarters: dict[int, list[Span]] = {}
    for span in spans:
        quarters.setdefault((span[1].month - 1) // 3, []).append(span)
    return list(quarters.values())


@dataclass(frozen=True)
class _Merged:
    kpi: KPI
    rule: MergeRule
    frequency: str
    found: dict[Span, Measurement]

    def line(self, spans: Sequence[Span]) -> MergedLine:
        name = calendar.span_name(spans[0][0], spans[-1][1])
        applicable = [span for span in spans if not self._is_out(span)]
        if not applicable:
            return MergedLine(name, None, State.NOT_APPLICABLE.in_text)
        before = self._before(applicable)
        try:
            value = self._value(applicable, before)
        except MethodError as error:
            names = [calendar.span_name(*span) for span in (*before, *applicable)]
            return MergedLine(name, None, explain(error, names))
        return MergedLine(name, value)

    def _value(self, spans: Sequence[Span], before: Sequence[Span]) -> Decimal | None:
        formula = formula_of(self.kpi)
        inputs = formula.combine(
            [self._inputs(span) for span in spans],
            rule=self.rule,
            before=[self._inputs(span) for span in before],
        )
        value = figures.as_decimal(formula.compute(inputs))
        return shown_value(value, self.kpi.decimals, is_computed=asks_inputs(self.kpi))

    def _is_out(self, span: Span) -> bool:
        return span in self.found and self.found[span].not_applicable

    def _inputs(self, span: Span) -> Inputs | None:
        """None where nothing was entered, or for another formula than the present one."""
        row = self.found.get(span)
        if row is None:
            return None
        if asks_inputs(self.kpi):
            return stored_inputs(row) if row.formula == self.kpi.formula else None
        return {"value": row.value}

    def _before(self, spans: Sequence[Span]) -> list[Span]:
        """As many spans just before these, if an input is compared with them."""
        takings = {one.taking for one in formula_of(self.kpi).inputs}
        if Taking.BEFORE not in takings or len(spans) == 1:
            return []
        months = _months(self.frequency)
        starts = [
            calendar.add_months(spans[0][0], -months * back) for back in range(len(spans), 0, -1)
        ]
        return [(start, calendar.last_day(start, self.frequency)) for start in starts]
