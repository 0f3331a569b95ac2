"""All experts over all matrices: one row each."""

from dataclasses import dataclass

from surveys.models import Invitation, Matrix
from surveys.selectors.answer_marks import Mark, Marks
from surveys.selectors.expert_results import ExpertResult
from surveys.selectors.results import SurveyResults
from surveys.selectors.sources import noted

# Of many matrices a row names those with the highest CR.
NAMED = 3


@dataclass(frozen=True)
class OverLimit:
    """A matrix in which an expert is over the limit."""

    matrix: Matrix
    cr: float


@dataclass(frozen=True)
class ExpertRow:
    """One expert. ``results`` are in the order of the ``matrices``."""

    invitation: Invitation
    expert_weight: float
    matrices: tuple[Matrix, ...]
    results: tuple[ExpertResult, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return noted(source for result in self.results for source in result.sources)

    @property
    def over_limit(self) -> int:
        """In how many matrices this expert is over the limit."""
        return sum(result.within_limit is False for result in self.results)

    @property
    def farthest_over(self) -> tuple[OverLimit, ...]:
        """The matrices in which his CR is highest above a limit, a few of them."""
        over = [
            OverLimit(matrix, result.cr)
            for matrix, result in zip(self.matrices, self.results, strict=True)
            if result.within_limit is False and result.cr is not None
        ]
        return tuple(sorted(over, key=lambda each: -each.cr)[:NAMED])

    @property
    def others_over(self) -> int:
        """How many more there are than ``farthest_over`` names."""
        return max(0, self.over_limit - NAMED)

    @property
    def asked(self) -> int:
        return sum(result.exemption is None for result in self.results)

    @property
    def complete(self) -> int:
        return sum(result.exemption is None and result.is_complete for result in self.results)


def expert_overview(results: SurveyResults, marks: Marks) -> tuple[ExpertRow, ...]:
    """Those who are over a limit most often come first; no query."""
    matrices = tuple(result.matrix for result in results.matrices)
    rows = (
        ExpertRow(
            invitation,
            results.expert_weights[invitation.pk],
            matrices,
            of_expert,
            marks.get(invitation.pk, ()),
        )
        for invitation, of_expert in zip(
            results.experts,
            zip(*(matrix.experts for matrix in results.matrices), strict=True),
            strict=True,
        )
    )
    return tuple(sorted(rows, key=lambda row: -row.over_limit))
