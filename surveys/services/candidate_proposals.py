"""What becomes of the KPIs that experts missed among the candidates."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import User
from scorecards.models import KPI, Objective
from scorecards.services.codes import kpi_code
from scorecards.services.design import add_kpi
from scorecards.services.locks import locked
from surveys.models import CandidateProposal

LONGEST_BASIS = KPI._meta.get_field("basis").max_length


def take_proposal(
    *, proposal: CandidateProposal, objective: Objective, name: str, definition: str, by: User
) -> KPI:
    """Make a candidate KPI of the scorecard out of a proposal. Pressing twice makes one."""
    with locked(objective.scorecard):
        proposal.refresh_from_db()
        if proposal.kpi is not None:
            return proposal.kpi
        invitation = proposal.response.invitation
        codes = objective.scorecard.kpis.values_list("code", flat=True)
        basis = _("Proposed by expert %(code)s in “%(survey)s”") % {
            "code": invitation.code,
            "survey": invitation.survey.name,
        }
        kpi = add_kpi(
            objective=objective,
            code=kpi_code(objective, {code.casefold() for code in codes}),
            name=name,
            definition=definition,
            basis=basis[:LONGEST_BASIS],
            status=KPI.Status.CANDIDATE,
            by=by,
        )
        proposal.kpi, proposal.declined_at = kpi, None
        proposal.save(update_fields=["kpi", "declined_at"])
    return kpi


@transaction.atomic
def decline_proposal(*, proposal: CandidateProposal, now: datetime) -> None:
    """Say no to a proposal; one that became a KPI stays what it is."""
    _decide(proposal, now)


@transaction.atomic
def reconsider_proposal(*, proposal: CandidateProposal) -> None:
    """Take the no back."""
    _decide(proposal, None)


def _decide(proposal: CandidateProposal, declined_at: datetime | None) -> None:
    locked_row = CandidateProposal.objects.select_for_update().get(pk=proposal.pk)
    if locked_row.kpi_id is None and bool(locked_row.declined_at) != bool(declined_at):
        locked_row.declined_at = declined_at
        locked_row.save(update_fields=["declined_at"])
