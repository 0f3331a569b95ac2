"""What every file of research data is made of: tables of described variables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, IntEnum

from django.utils.translation import gettext as _


class Missing(IntEnum):
    """Why there is no answer. Statistics programs get the number, other files an empty cell."""

    NOT_ASKED = 97
    HANDED_BACK = 98
    NOT_ANSWERED = 99

    @property
    def words(self) -> str:
        return {
            Missing.NOT_ASKED: _("not asked"),
            Missing.HANDED_BACK: _("skipped"),
            Missing.NOT_ANSWERED: _("not answered"),
        }[self]


class Kind(Enum):
    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "0 or 1"
    MOMENT = "moment (UTC)"


class Measure(Enum):
    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"


Value = str | int | float | bool | datetime | None
Row = Sequence[Value]


@dataclass(frozen=True)
class Variable:
    """One column. ``name`` is the same in every language and fits every program."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    measure: Measure = Measure.NOMINAL
    values: Mapping[str | int, str] = field(default_factory=dict)
    # Its empty cells say why they are empty.
    has_missing: bool = False


@dataclass(frozen=True)
class Table:
    """``rows`` begins anew at each call, so that a large table is never held whole."""

    key: str
    title: str
    variables: tuple[Variable, ...]
    rows: Callable[[], Iterator[Row]]
    about: str = ""


def flag_values() -> dict[str | int, str]:
    return {0: _("no"), 1: _("yes")}


def text(name: str, label: str, values: Mapping[str | int, str] | None = None) -> Variable:
    return Variable(name, label, values=values or {})


def whole(name: str, label: str, measure: Measure = Measure.SCALE) -> Variable:
    return Variable(name, label, Kind.WHOLE, measure)


def number(name: str, label: str) -> Variable:
    return Variable(name, label, Kind.NUMBER, Measure.SCALE)


def flag(name: str, label: str) -> Variable:
    return Variable(name, label, Kind.FLAG, Measure.NOMINAL, flag_values())


def moment(name: str, label: str) -> Variable:
    return Variable(name, label, Kind.MOMENT, Measure.SCALE)
