"""What was typed on the entry page and has no box there: for KPIs that can't be entered now."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scorecards.models import KPI, Measurement, Period
from scorecards.numbers import input_text
from scorecards.selectors.kpi_formula import formula_of, stored_inputs
from scorecards.selectors.report.computation import input_title
from scorecards.selectors.unsaved_entries import Texts
from scorecards.states import State


@dataclass(frozen=True)
class Lost:
    """What was typed for one KPI, to be read and copied. No code: the KPI was deleted."""

    kpi_id: int
    code: str
    name: str
    value: str
    note: str
    not_applicable: bool
    is_kept: bool = True

    @property
    def line(self) -> str:
        """All of it in one line, as it can be copied."""
        value = State.NOT_APPLICABLE.word if self.not_applicable else self.value
        text = f"{self.code or _('a deleted KPI')}: {value}"
        return f"{text} ({self.note})" if self.note else text


def lost_entries(period: Period, typed: Mapping[int, Texts]) -> tuple[Lost, ...]:
    """Those of ``typed`` that say other than what is stored."""
    if not typed:
        return ()
    kpis = {kpi.pk: kpi for kpi in period.scorecard.kpis.filter(pk__in=list(typed))}
    stored = {each.kpi_id: each for each in period.measurements.filter(kpi__in=list(kpis))}
    return tuple(
        _lost(pk, kpis.get(pk), texts)
        for pk, texts in typed.items()
        if not texts.is_empty and not _is_stored(texts, stored.get(pk))
    )


def _lost(pk: int, kpi: KPI | None, texts: Texts) -> Lost:
    return Lost(
        kpi_id=pk,
        code=kpi.code if kpi else "",
        name=kpi.name if kpi else "",
        value=_all_numbers(kpi, texts),
        note=texts.note,
        not_applicable=texts.not_applicable,
        is_kept=kpi is not None and texts.fits,
    )


def _all_numbers(kpi: KPI | None, texts: Texts) -> str:
    """The numbers by the names that the page had for them."""
    names = {one.key: input_title(one.title) for one in formula_of(kpi).inputs} if kpi else {}
    inputs = [f"{names.get(key, '')} {text}".strip() for key, text in texts.inputs.items() if text]
    return " · ".join(filter(None, [texts.value, *inputs]))


def _is_stored(texts: Texts, measurement: Measurement | None) -> bool:
    if measurement is None:
        return False
    note = measurement.reason if measurement.not_applicable else measurement.note
    inputs = {key: input_text(value) for key, value in stored_inputs(measurement).items()}
    value = "" if inputs else input_text(measurement.value)
    typed = {key: text for key, text in texts.inputs.items() if text}
    stored = (value, inputs, note, measurement.not_applicable)
    return stored == (texts.value, typed, texts.note, texts.not_applicable)
