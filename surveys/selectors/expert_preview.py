"""A list of experts as it would be invited, with those who are in it or invited already."""

from dataclasses import dataclass

from surveys.expert_list.checking import ExpertList
from surveys.models import Survey
from surveys.selectors.invited import (
    Alike,
    Expert,
    Match,
    find_alike,
    find_invited,
    next_code,
)

# The others are only marked in their lines.
MOST_NAMED = 10


@dataclass(frozen=True)
class ExpertLine:
    """``same``: who is this very person; ``alike``: who is it perhaps."""

    number: int
    expert: Expert
    same: Match | None
    alike: Alike | None


@dataclass(frozen=True)
class ExpertPreview:
    lines: tuple[ExpertLine, ...]
    ignored: tuple[str, ...]
    expected_code: str
    known: str

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def weighs(self) -> bool:
        """The list has somebody count more or less than the others."""
        return any(line.expert.weight != 1 for line in self.lines)

    @property
    def duplicates(self) -> tuple[ExpertLine, ...]:
        return tuple(line for line in self.lines if line.same)

    @property
    def new(self) -> int:
        return self.count - len(self.duplicates)

    @property
    def alike(self) -> tuple[ExpertLine, ...]:
        return tuple(line for line in self.lines if line.alike)

    @property
    def named_alike(self) -> tuple[ExpertLine, ...]:
        return self.alike[:MOST_NAMED]

    @property
    def unnamed_alike(self) -> int:
        return len(self.alike[MOST_NAMED:])


def preview_experts(survey: Survey, found: ExpertList) -> ExpertPreview:
    """Two may be alike and not the same: that is told, and chosen by nobody but the officer."""
    same = find_invited(survey, found.experts, found.numbers)
    alike = find_alike(survey.invitations.all(), found.experts, found.numbers)
    return ExpertPreview(
        lines=tuple(
            ExpertLine(number, expert, same.get(place), None if place in same else alike.get(place))
            for place, (number, expert) in enumerate(zip(found.numbers, found.experts, strict=True))
        ),
        ignored=found.ignored,
        expected_code=next_code(survey),
        known=" ".join(map(str, sorted(same))),
    )
