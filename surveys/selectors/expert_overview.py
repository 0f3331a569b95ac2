"""All experts over all matrices: one row each."""

from dataclasses import dataclass

from surveys.models import Invitation
from surveys.selectors.expert_results import ExpertResult
from surveys.selectors.results import SurveyResults
from surveys.selectors.sources import noted


@dataclass(frozen=True)
class ExpertRow:
    """One expert. ``results`` are in the order of the matrices."""

    invitation: Invitation
    expert_weight: float
    results: tuple[ExpertResult, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        return noted(source for result in self.results for source in result.sources)

    @property
    def over_limit(self) -> int:
        """In how many matrices this expert is over the limit."""
        return sum(result.within_limit is False for result in self.results)


def expert_overview(results: SurveyResults) -> tuple[ExpertRow, ...]:
    """Those who are over a limit most often come first; no query."""
    rows = (
        ExpertRow(invitation, results.expert_weights[invitation.pk], of_expert)
        for invitation, of_expert in zip(
            results.experts,
            zip(*(matrix.experts for matrix in results.matrices), strict=True),
            strict=True,
        )
    )
    return tuple(sorted(rows, key=lambda row: -row.over_limit))
