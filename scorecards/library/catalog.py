"""The frameworks that a scorecard can start from, as shipped in data/, one file each.

Texts come in both languages. What is taken into a scorecard is written in the language of the
person who takes it, and is from then on the organization's own.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from scorecards.models import KPI
from scorecards.models.scorecard import Frequency

DATA = Path(__file__).parent / "data"
# In the order in which they are offered: the papers' own, then what was made of them.
KEYS = ("lasem", "bayat", "customer-centric", "hierarchical", "real-sector")


@dataclass(frozen=True)
class Text:
    """The same words in Indonesian and English; printed in the reader's language.

    ``once``: what the Indonesian was in an earlier version, and is in the scorecards of then.
    """

    id: str
    en: str
    once: str = ""

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.id

    @property
    def spellings(self) -> tuple[str, ...]:
        """All of them, for comparing with what stands in a scorecard."""
        return tuple(same_name(text) for text in (self.id, self.en, self.once) if text)


def same_name(text: str) -> str:
    """What two names have in common that differ in capitals and spaces only."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Rule:
    """A law or regulation that a framework follows."""

    name: Text
    year: int

    @property
    def is_dated(self) -> bool:
        """Whether the name says the year already: "Undang-Undang 25/1992"."""
        return str(self.year) in self.name.id


@dataclass(frozen=True)
class LibraryPerspective:
    code: str
    name: Text


@dataclass(frozen=True)
class LibraryObjective:
    code: str
    perspective: str
    statement: Text


@dataclass(frozen=True)
class LibraryLink:
    cause: str
    effect: str
    reason: Text


@dataclass(frozen=True)
class Illustration:
    """Anchors that show what kind of numbers to expect. They never become a target."""

    worst: float
    standard: float
    goal: float


@dataclass(frozen=True)
class LibraryKPI:
    code: str
    objective: str
    name: Text
    definition: Text
    calculation: Text  # the formula in words
    unit: Text
    decimals: int
    frequency: str
    timing: str
    formula: str  # a key of FORMULAS; empty: entered as it is
    input_names: dict[str, Text]  # what this KPI calls the formula's inputs, by their keys
    merge_rule: str
    data_source: Text
    basis: Text  # who proposed it, or that nobody did
    illustration: Illustration | None
    personal_data: bool  # counted from records of people; only the counts are entered

    @property
    def unit_text(self) -> str:
        return str(self.unit)

    @property
    def frequency_text(self) -> str:
        return str(Frequency(self.frequency).label)

    @property
    def timing_text(self) -> str:
        return str(KPI.Timing(self.timing).label)


@dataclass(frozen=True)
class Framework:
    """Perspectives from the top (results) down (enablers), their objectives, links and KPIs."""

    key: str
    name: Text
    suits: Text
    source: Text
    rules: tuple[Rule, ...]
    note: Text
    usual_status: str
    perspectives: tuple[LibraryPerspective, ...]
    objectives: tuple[LibraryObjective, ...]
    links: tuple[LibraryLink, ...]
    kpis: tuple[LibraryKPI, ...]

    @cached_property
    def objectives_by_code(self) -> dict[str, LibraryObjective]:
        return {each.code: each for each in self.objectives}

    @cached_property
    def kpis_by_code(self) -> dict[str, LibraryKPI]:
        return {each.code: each for each in self.kpis}

    def objectives_in(self, perspective: LibraryPerspective) -> Iterator[LibraryObjective]:
        return (each for each in self.objectives if each.perspective == perspective.code)

    def kpis_of(self, objective: LibraryObjective) -> Iterator[LibraryKPI]:
        return (each for each in self.kpis if each.objective == objective.code)


@cache
def frameworks() -> tuple[Framework, ...]:
    return tuple(_read(key) for key in KEYS)


def find_framework(key: str) -> Framework | None:
    return next((framework for framework in frameworks() if framework.key == key), None)


def _read(key: str) -> Framework:
    raw = json.loads((DATA / f"{key}.json").read_text(encoding="utf-8"), object_hook=_text)
    raw["rules"] = tuple(Rule(**rule) for rule in raw["rules"])
    raw["perspectives"] = tuple(LibraryPerspective(**each) for each in raw["perspectives"])
    raw["objectives"] = tuple(LibraryObjective(**each) for each in raw["objectives"])
    raw["links"] = tuple(LibraryLink(**each) for each in raw["links"])
    raw["kpis"] = tuple(_kpi(each) for each in raw["kpis"])
    return Framework(**raw)


def _text(raw: dict[str, Any]) -> Any:
    """Every object with the two languages and nothing else of its own is a Text."""
    return Text(**raw) if raw.keys() - {"once"} == {"id", "en"} else raw


def _kpi(raw: dict[str, Any]) -> LibraryKPI:
    anchors = raw.pop("illustration")
    return LibraryKPI(**raw, illustration=Illustration(**anchors) if anchors else None)
