"""What was typed on the entry page for KPIs that can no longer be entered."""

from collections.abc import Mapping
from dataclasses import dataclass

from scorecards.models import Measurement, Period
from scorecards.numbers import input_text
from scorecards.selectors.entry import Boxes
from scorecards.selectors.kpi_formula import stored_inputs


@dataclass(frozen=True)
class Lost:
    """What was typed for a KPI that was dropped or deleted meanwhile. No code: deleted."""

    code: str
    value: str
    note: str
    not_applicable: bool


def lost_entries(period: Period, typed: Mapping[int, Boxes]) -> tuple[Lost, ...]:
    """Those of ``typed``, all of KPIs that can't be entered, that say other than what is stored."""
    if not typed:
        return ()
    codes = dict(period.scorecard.kpis.filter(pk__in=list(typed)).values_list("pk", "code"))
    stored = {each.kpi_id: each for each in period.measurements.filter(kpi__in=list(codes))}
    return tuple(
        Lost(codes.get(pk, ""), _all_numbers(boxes), boxes.note, boxes.not_applicable)
        for pk, boxes in typed.items()
        if not _is_stored(boxes, stored.get(pk))
    )


def _all_numbers(boxes: Boxes) -> str:
    return " · ".join(text for text in (boxes.value, *boxes.inputs.values()) if text)


def _is_stored(boxes: Boxes, measurement: Measurement | None) -> bool:
    if measurement is None:
        return False
    note = measurement.reason if measurement.not_applicable else measurement.note
    inputs = {key: input_text(value) for key, value in stored_inputs(measurement).items()}
    value = "" if inputs else input_text(measurement.value)
    typed = {key: text for key, text in boxes.inputs.items() if text}
    stored = (value, inputs, note, measurement.not_applicable)
    return stored == (boxes.value, typed, boxes.note, boxes.not_applicable)
