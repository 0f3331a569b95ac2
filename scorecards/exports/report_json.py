"""The report for programs: every field of the read model, under its own name."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from scorecards.selectors.report import SCHEMA, PeriodReport


def report_as_json(report: PeriodReport) -> dict[str, Any]:
    return {"schema": SCHEMA, "report": _plain(report)}


def _plain(value: Any) -> Any:
    """As when freezing, but measured values are numbers here, so that any program adds them."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
