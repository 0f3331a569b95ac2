"""The KPIs that experts missed in a screening."""

from dataclasses import dataclass

from surveys.models import CandidateProposal, Survey


@dataclass(frozen=True)
class ProposalRow:
    """``expert`` is a code, with the name where names are shown."""

    proposal: CandidateProposal
    expert: str

    @property
    def state(self) -> str:
        """``taken``, ``declined`` or ``open``."""
        if self.proposal.kpi_id:
            return "taken"
        return "declined" if self.proposal.declined_at else "open"


def candidate_proposals(survey: Survey) -> tuple[ProposalRow, ...]:
    """Proposals of those who sent their answers and whose link holds; one query."""
    proposals = CandidateProposal.objects.filter(
        response__invitation__survey=survey,
        response__invitation__revoked_at=None,
        response__submitted_at__isnull=False,
    )
    related = proposals.select_related("perspective", "kpi", "response__invitation")
    return tuple(ProposalRow(each, _expert(survey, each)) for each in related)


def _expert(survey: Survey, proposal: CandidateProposal) -> str:
    invitation = proposal.response.invitation
    return invitation.code if survey.anonymous else f"{invitation.code} {invitation.name}".strip()
