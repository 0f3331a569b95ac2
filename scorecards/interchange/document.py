"""A whole design as plain values, between a file and the database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

Row = dict[str, Any]
MOST_NAMED = 200


@dataclass(frozen=True)
class Weights:
    """The weights in force: by code, with what is known of the questionnaire they came from."""

    origin: str
    perspectives: dict[str, float]
    kpis: dict[str, float]
    questionnaire: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Design:
    """Rows have the keys of `schema.SECTIONS`; their order is that of the design."""

    scorecard: Row
    strategy: Row | None
    perspectives: tuple[Row, ...] = ()
    objectives: tuple[Row, ...] = ()
    links: tuple[Row, ...] = ()
    kpis: tuple[Row, ...] = ()
    targets: tuple[Row, ...] = ()
    initiatives: tuple[Row, ...] = ()
    weights: Weights | None = None

    def section(self, key: str) -> tuple[Row, ...]:
        rows: tuple[Row, ...] = getattr(self, key)
        return rows


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where in the file."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class FileRefused(ValueError):
    """A file that nothing is taken from, with all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults[:MOST_NAMED]
        self.count = len(faults)
        self.unnamed = self.count - len(self.faults)


class Faults:
    """Collects what is wrong, so that all of it can be repaired at once."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, place: str, message: str) -> None:
        self.found.append(Fault(place, message))

    def refuse(self) -> None:
        """Raise FileRefused if anything was found."""
        if self.found:
            raise FileRefused(self.found)


@dataclass(frozen=True)
class SourceRow:
    """A row as it was read; a key whose value was at fault is not in ``values``.

    ``where`` names the place of a key, or of the whole row for "".
    """

    values: Row
    where: Callable[[str], str]


@dataclass(frozen=True)
class Source:
    """What a reader found in a file: values of the right kinds, not yet compared."""

    scorecard: SourceRow
    strategy: SourceRow | None
    sections: dict[str, list[SourceRow]]
    weights: SourceRow | None = None


class ValueFault(ValueError):
    """A value that can't stand where it stands, in words for its reader."""


def refused(message: str, place: str = "") -> FileRefused:
    """For what makes the whole file unreadable."""
    return FileRefused([Fault(place, message)])


def too_many(count: int, most: int) -> str:
    return _("%(count)d rows are too many. At most %(most)d can be read.") % {
        "count": count,
        "most": most,
    }
