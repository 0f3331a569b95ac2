"""The numbers that formulas ask for in a period: which are one and the same, which are known."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext as _

from scorecards.methods.formulas import Formula, Input, Taking
from scorecards.models import KPI, Measurement, Period
from scorecards.numbers import input_text
from scorecards.selectors.due import measured_span
from scorecards.selectors.kpi_formula import (
    asks_inputs,
    formula_of,
    input_unit,
    shared_name,
    stored_inputs,
)
from scorecards.selectors.periods import period_name

Stored = Mapping[int, Measurement]


@dataclass(frozen=True)
class Suggestion:
    """A number that is known already: from another KPI, or from the period before.

    ``source``: that KPI's code, or that period's name.
    """

    value: Decimal
    source: str


@dataclass(frozen=True)
class Number:
    """One number that a KPI's formula asks for.

    ``is_open``: it may be suggested. ``group`` is the same for all KPIs that ask for this
    number, ``others`` are their codes; ``elsewhere`` what those have stored that differs.
    """

    kpi_id: int
    code: str
    one: Input
    unit: str
    is_open: bool
    stored: Decimal | None = None
    suggestion: Suggestion | None = None
    group: int | None = None
    others: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, Decimal], ...] = ()

    @property
    def known(self) -> Decimal | None:
        """What stands in its box before anybody types."""
        if self.stored is not None or self.suggestion is None:
            return self.stored
        return self.suggestion.value

    @property
    def known_text(self) -> str:
        return input_text(self.known, _(self.unit) if self.unit else None)


def raw_numbers(
    period: Period, kpis: Sequence[KPI], stored: Stored
) -> dict[int, tuple[Number, ...]]:
    """What each KPI with a formula asks for, by its id; with one query."""
    asking = [kpi for kpi in kpis if asks_inputs(kpi)]
    if not asking:
        return {}
    before = _measured_before(period, asking)
    found = {kpi.pk: _numbers_of(kpi, stored.get(kpi.pk), before.get(kpi.pk)) for kpi in asking}
    for place, members in enumerate(_groups(period, asking, found)):
        for number in members:
            shared = _shared(number, members, place)
            row = found[number.kpi_id]
            found[number.kpi_id] = tuple(shared if each is number else each for each in row)
    return found


def _numbers_of(
    kpi: KPI, measurement: Measurement | None, before: Measurement | None
) -> tuple[Number, ...]:
    formula = formula_of(kpi)
    fits = measurement is not None and measurement.formula == kpi.formula
    given = stored_inputs(measurement) if fits else {}
    is_open = _is_open(measurement, kpi)
    return tuple(
        Number(
            kpi_id=kpi.pk,
            code=kpi.code,
            one=one,
            unit=input_unit(kpi, one),
            is_open=is_open,
            stored=given.get(one.key),
            suggestion=_carried_over(formula, one, before) if is_open else None,
        )
        for one in formula.inputs
    )


def _is_open(measurement: Measurement | None, kpi: KPI) -> bool:
    """Whether numbers may be suggested: not beside a reason, or a value of another formula."""
    if measurement is None:
        return True
    is_old = measurement.value is not None and measurement.formula != kpi.formula
    return not measurement.not_applicable and not is_old


# -- What the period before tells


def _carried_over(formula: Formula, one: Input, before: Measurement | None) -> Suggestion | None:
    """What stood there at the end stands there at the next start."""
    if one.taking is Taking.OPENING:
        keys = [each.key for each in formula.inputs if each.taking is Taking.CLOSING]
    elif one.taking is Taking.BEFORE:
        keys = [one.of]
    else:
        return None
    known = stored_inputs(before)
    values = [known[key] for key in keys if key in known]
    if before is None or not values:
        return None
    return Suggestion(values[0], period_name(before.period))


def _measured_before(period: Period, kpis: Sequence[KPI]) -> dict[int, Measurement]:
    """Each KPI's measurement of the days just before those that it is about now."""
    days = {kpi.pk: _span(kpi, period)[0] - timedelta(days=1) for kpi in kpis}
    around = Q()
    for day in set(days.values()):
        around |= Q(period__start__lte=day, period__end__gte=day)
    rows = Measurement.objects.filter(around, kpi__in=list(days), formula=F("kpi__formula"))
    return {
        row.kpi_id: row
        for row in rows.select_related("period")
        if row.period.start <= days[row.kpi_id] <= row.period.end
    }


def _span(kpi: KPI, period: Period) -> tuple[date, date]:
    usual = period.scorecard.frequency
    return measured_span(kpi, period, usual) or (period.start, period.end)


# -- What other KPIs tell


def _groups(
    period: Period, kpis: Sequence[KPI], found: Mapping[int, tuple[Number, ...]]
) -> list[list[Number]]:
    """The numbers that several KPIs ask for; those of a year are not those of a month."""
    groups = defaultdict(list)
    for kpi in kpis:
        for number in found[kpi.pk]:
            if name := shared_name(kpi, number.one):
                groups[name, _span(kpi, period)].append(number)
    return [members for members in groups.values() if len(members) > 1]


def _shared(number: Number, members: list[Number], place: int) -> Number:
    others = [each for each in members if each.kpi_id != number.kpi_id]
    known = [(each.code, each.stored) for each in others if each.stored is not None]
    is_known = number.stored is not None
    return replace(
        number,
        group=place,
        others=tuple(each.code for each in others),
        elsewhere=tuple(pair for pair in known if is_known and pair[1] != number.stored),
        suggestion=_suggested_by(others, number.suggestion) if number.is_open else None,
    )


def _suggested_by(others: Sequence[Number], own: Suggestion | None) -> Suggestion | None:
    """What another KPI has stored, or else what the period before tells this one or another."""
    for each in others:
        if each.stored is not None:
            return Suggestion(each.stored, each.code)
    carried = [own, *(each.suggestion for each in others)]
    return next((each for each in carried if each is not None), None)
