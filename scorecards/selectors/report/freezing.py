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

from scorecards.selectors.report.model import PeriodReport

# A reader of an old report looks here: a change of the dataclasses that old JSON can't fill
# gets a new number and a step that lifts the old form to the new one.
SCHEMA = 1


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


def headline(frozen: dict[str, Any]) -> Headline:
    report = _readable(frozen)
    return Headline(**{each.name: report[each.name] for each in fields(Headline)})


def digest(report: PeriodReport) -> str:
    """Stands for everything in the report: the same digest means the same report."""
    written = json.dumps(to_json(report), separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _readable(frozen: dict[str, Any]) -> dict[str, Any]:
    if frozen.get("schema") != SCHEMA:
        raise UnknownSchema(f"report schema {frozen.get('schema')!r}, this version reads {SCHEMA}")
    return frozen["report"]


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
