"""What somebody picks from a framework, completed by what it hangs on."""

from collections.abc import Collection
from dataclasses import dataclass

from scorecards.library.catalog import (
    Framework,
    LibraryKPI,
    LibraryObjective,
    LibraryPerspective,
)


@dataclass(frozen=True)
class Pick:
    """Parts of one framework, in its order. Each part comes with all that it hangs on."""

    framework: Framework
    perspectives: tuple[LibraryPerspective, ...]
    objectives: tuple[LibraryObjective, ...]
    kpis: tuple[LibraryKPI, ...]


def pick_everything(framework: Framework) -> Pick:
    return Pick(framework, framework.perspectives, framework.objectives, framework.kpis)


def pick_perspectives(framework: Framework) -> Pick:
    """The perspectives alone, for those who name the objectives themselves."""
    return Pick(framework, framework.perspectives, (), ())


def pick_parts(framework: Framework, *, objectives: Collection[str], kpis: Collection[str]) -> Pick:
    """Pick by code. A KPI brings its objective along, and an objective its perspective."""
    picked_kpis = tuple(each for each in framework.kpis if each.code in kpis)
    wanted = {*objectives, *(each.objective for each in picked_kpis)}
    picked = tuple(each for each in framework.objectives if each.code in wanted)
    places = {each.perspective for each in picked}
    perspectives = tuple(each for each in framework.perspectives if each.code in places)
    return Pick(framework, perspectives, picked, picked_kpis)
