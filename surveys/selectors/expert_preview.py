"""A list of experts as it would be invited, with those who are invited already."""

from dataclasses import dataclass

from surveys.expert_list.checking import ExpertList
from surveys.models import Survey
from surveys.selectors.invited import Expert, find_invited, next_code


@dataclass(frozen=True)
class ExpertLine:
    """``code``: of the invitation that this person has; "" where he stands further up."""

    number: int
    expert: Expert
    is_duplicate: bool
    code: str


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
    def duplicates(self) -> tuple[ExpertLine, ...]:
        return tuple(line for line in self.lines if line.is_duplicate)

    @property
    def new(self) -> int:
        return self.count - len(self.duplicates)


def preview_experts(survey: Survey, found: ExpertList) -> ExpertPreview:
    invited = find_invited(survey, found.experts)
    return ExpertPreview(
        lines=tuple(
            ExpertLine(number, expert, place in invited, invited.get(place, ""))
            for place, (number, expert) in enumerate(zip(found.numbers, found.experts, strict=True))
        ),
        ignored=found.ignored,
        expected_code=next_code(survey),
        known=" ".join(map(str, sorted(invited))),
    )
