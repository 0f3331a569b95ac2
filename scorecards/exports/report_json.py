"""The report for programs: every field of the read model, under its own name, and its states."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from organizations.figures import without_noise
from scorecards.selectors.report import (
    SCHEMA,
    Comparison,
    KPIRow,
    PeriodReport,
    PerspectiveRow,
)

# What follows from the fields and every reader would have to work out again.
DERIVED: dict[type, tuple[str, ...]] = {
    KPIRow: ("state",),
    PerspectiveRow: ("state",),
    PeriodReport: ("state", "filled", "total", "change"),
    Comparison: ("change", "relative"),
}


def report_as_json(report: PeriodReport) -> dict[str, Any]:
    return {"schema": SCHEMA, "report": _plain(report)}


def _plain(value: Any) -> Any:
    """As when freezing, but measured values are numbers here, so that any program adds them."""
    if is_dataclass(value):
        names = [each.name for each in fields(value)] + list(DERIVED.get(type(value), ()))
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return without_noise(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
