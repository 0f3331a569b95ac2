"""A report as JSON that outlives every later change of the scorecard, and back without loss."""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from scorecards.selectors.filled import Filled, count_filled
from scorecards.selectors.report.model import PeriodReport, Settings
from scorecards.states import State, joint_state, state_of

# A reader of an old report looks here: a change of the dataclasses that old JSON can't fill
# gets a new number and a step that lifts the old form to the new one.
SCHEMA = 2
# What the first form called level 3 and level 10, after the Lasem study.
FIRST_NAMES = {
    "target_level": "standard_level",
    "against_target": "against_standard",
    "on_target": "on_standard",
    "to_target": "to_standard",
    "to_best": "to_goal",
    "target_value": "standard_value",
    "best_value": "goal_value",
}


class UnknownSchema(ValueError):
    """The report was frozen by a newer version of the site."""


def to_json(report: PeriodReport) -> dict[str, Any]:
    return {"schema": SCHEMA, "report": _plain(report)}


def from_json(frozen: dict[str, Any]) -> PeriodReport:
    return _restored(PeriodReport, _readable(frozen))


@dataclass(frozen=True, slots=True)
class Headline:
    """The first line of a frozen report, for lists that show many."""

    index: float | None
    index_decimals: int
    light: str
    coverage: float | None
    provisional: bool
    state: State
    filled: Filled
    settings: Settings


def headline(frozen: dict[str, Any]) -> Headline:
    report = _readable(frozen)
    names = ("index", "index_decimals", "light", "coverage", "provisional")
    states = [_state_in(row) for part in report["perspectives"] for row in part["kpis"]]
    state = joint_state(report["light"], states)
    return Headline(
        **{name: report[name] for name in names},
        state=state,
        filled=count_filled(states),
        settings=_restored(Settings, report["settings"]),
    )


def _state_in(row: dict[str, Any]) -> State:
    """Of a KPI's row as it was frozen: without restoring all that stands in it."""
    return state_of(
        row["light"],
        is_measured=row["measured"] is not None,
        not_applicable=row["not_applicable"],
        is_due=not row.get("not_due"),
    )


def digest(report: PeriodReport) -> str:
    """Stands for everything in the report: the same digest means the same report."""
    written = json.dumps(to_json(report), separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _readable(frozen: dict[str, Any]) -> dict[str, Any]:
    schema, report = frozen.get("schema"), frozen["report"]
    if schema == 1:
        return _lifted(report)
    if schema != SCHEMA:
        raise UnknownSchema(f"report schema {schema!r}, this version reads {SCHEMA}")
    return report


def _lifted(report: dict[str, Any]) -> dict[str, Any]:
    """The first form in the names of today's; nothing else of it changed."""
    parts = [{**part, "kpis": _renamed(part["kpis"])} for part in report["perspectives"]]
    [lifted] = _renamed([report])
    [settings] = _renamed([report["settings"]])
    gains = _renamed(report["gains"])
    return {**lifted, "settings": settings, "perspectives": parts, "gains": gains}


def _renamed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{FIRST_NAMES.get(name, name): part for name, part in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _restored(hint: Any, plain: Any) -> Any:
    if plain is None:
        return None
    hint = _without_none(hint)
    if is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: _restored(hints[name], part) for name, part in plain.items()})
    if get_origin(hint) is tuple:
        return tuple(_restored(get_args(hint)[0], part) for part in plain)
    if hint in (date, datetime):
        return hint.fromisoformat(plain)
    return hint(plain)


@cache
def _hints(of: type) -> dict[str, Any]:
    return get_type_hints(of)


@cache
def _without_none(hint: Any) -> Any:
    if NoneType not in get_args(hint):
        return hint
    [kept] = [each for each in get_args(hint) if each is not NoneType]
    return kept
