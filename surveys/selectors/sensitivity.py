"""What another weight of one perspective would do to the ranking of the KPIs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KpiLine:
    """A KPI's global weight while a perspective's goes from 0 to 1: a straight line.

    ``rank`` is its place now, from 1.
    """

    code: str
    label: str
    rank: int
    now: float
    at_zero: float
    at_one: float
    # The KPI stands in the perspective that is varied.
    is_own: bool

    def at(self, weight: float) -> float:
        return self.at_zero + (self.at_one - self.at_zero) * weight


@dataclass(frozen=True)
class Overtaking:
    """At this weight of the perspective two KPIs change places: ``rising`` overtakes ``falling``.

    ``is_first``: the first place changes here.
    """

    weight: float
    rising: KpiLine
    falling: KpiLine
    is_first: bool


@dataclass(frozen=True)
class PerspectiveSensitivity:
    """One perspective's weight from 0 to 1, the others in proportion.

    Between ``stable_from`` and ``stable_to`` around the present ``weight`` no two KPIs change
    places. ``lines`` are in the order of the present ranking, ``changes`` by weight.
    """

    code: str
    label: str
    weight: float
    lines: tuple[KpiLine, ...]
    changes: tuple[Overtaking, ...]
    stable_from: float
    stable_to: float

    @property
    def first_changes(self) -> tuple[Overtaking, ...]:
        """Only the points at which another KPI comes first."""
        return tuple(change for change in self.changes if change.is_first)
