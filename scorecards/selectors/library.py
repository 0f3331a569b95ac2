"""What the pages of the library show: frameworks, what of them is there, and single KPIs."""

from collections.abc import Iterator
from dataclasses import dataclass

from scorecards.library.catalog import (
    Framework,
    LibraryKPI,
    LibraryObjective,
    LibraryPerspective,
    frameworks,
    same_name,
)
from scorecards.models import Scorecard


@dataclass(frozen=True)
class PreviewKPI:
    entry: LibraryKPI
    is_there: bool


@dataclass(frozen=True)
class PreviewObjective:
    entry: LibraryObjective
    is_there: bool
    leads_to: tuple[LibraryObjective, ...]
    kpis: tuple[PreviewKPI, ...]


@dataclass(frozen=True)
class PreviewPerspective:
    entry: LibraryPerspective
    objectives: tuple[PreviewObjective, ...]


@dataclass(frozen=True)
class FrameworkPreview:
    framework: Framework
    perspectives: tuple[PreviewPerspective, ...]

    @property
    def kpis(self) -> Iterator[PreviewKPI]:
        return (
            kpi
            for perspective in self.perspectives
            for objective in perspective.objectives
            for kpi in objective.kpis
        )


@dataclass(frozen=True)
class FoundKPI:
    """A KPI of the library, and where in it this one stands."""

    framework: Framework
    perspective: LibraryPerspective
    objective: LibraryObjective
    entry: LibraryKPI
    is_there: bool = False

    @property
    def where(self) -> str:
        return f"{self.framework.name} · {self.perspective.name}"

    @property
    def key(self) -> str:
        return f"{self.framework.key}.{self.entry.code}"


def preview_framework(framework: Framework, scorecard: Scorecard) -> FrameworkPreview:
    """The framework as a tree; what the scorecard has already, by name, is marked."""
    statements = _names(scorecard.objectives.values_list("statement", flat=True))
    names = _names(scorecard.kpis.values_list("name", flat=True))

    def kpis(objective: LibraryObjective) -> tuple[PreviewKPI, ...]:
        return tuple(
            PreviewKPI(kpi, not names.isdisjoint(kpi.name.spellings))
            for kpi in framework.kpis_of(objective)
        )

    def objectives(perspective: LibraryPerspective) -> tuple[PreviewObjective, ...]:
        return tuple(
            PreviewObjective(
                entry=objective,
                is_there=not statements.isdisjoint(objective.statement.spellings),
                leads_to=tuple(
                    framework.objectives_by_code[link.effect]
                    for link in framework.links
                    if link.cause == objective.code
                ),
                kpis=kpis(objective),
            )
            for objective in framework.objectives_in(perspective)
        )

    return FrameworkPreview(
        framework,
        tuple(PreviewPerspective(each, objectives(each)) for each in framework.perspectives),
    )


def library_kpis() -> Iterator[FoundKPI]:
    """Every KPI of every framework, in the frameworks' own order."""
    for framework in frameworks():
        for perspective in framework.perspectives:
            for objective in framework.objectives_in(perspective):
                for kpi in framework.kpis_of(objective):
                    yield FoundKPI(framework, perspective, objective, kpi)


def search_library(scorecard: Scorecard, *, words: str = "", part: str = "") -> list[FoundKPI]:
    """The KPIs that hold all the words, in either language, in any place of their description.

    ``part`` is a framework's key, or with a perspective's code "lasem.C"; "" is all of them.
    """
    names = _names(scorecard.kpis.values_list("name", flat=True))
    wanted = same_name(words).split()
    return [
        FoundKPI(
            found.framework,
            found.perspective,
            found.objective,
            found.entry,
            is_there=not names.isdisjoint(found.entry.name.spellings),
        )
        for found in library_kpis()
        if part in {"", found.framework.key, f"{found.framework.key}.{found.perspective.code}"}
        and all(word in _description(found.entry) for word in wanted)
    ]


def _description(kpi: LibraryKPI) -> str:
    texts = (kpi.name, kpi.definition, kpi.calculation, kpi.unit, kpi.basis)
    return " ".join([kpi.code.casefold(), *(word for text in texts for word in text.spellings)])


def _names(texts: Iterator[str]) -> set[str]:
    return {same_name(text) for text in texts}
