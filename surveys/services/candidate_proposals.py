"""What becomes of the KPIs that experts missed among the candidates."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import EditConflict, User
from scorecards.models import KPI, Objective
from scorecards.services.codes import codes_in, kpi_code
from scorecards.services.design import add_kpi
from scorecards.services.locks import locked
from surveys.models import CandidateProposal

LONGEST_BASIS = KPI._meta.get_field("basis").max_length


def take_proposal(
    *, proposal: CandidateProposal, objective: Objective, name: str, definition: str, by: User
) -> KPI:
    """Make a candidate KPI of the scorecard out of a proposal. Pressing twice makes one.

    Raises EditConflict where the proposal or the objective is gone.
    """
    with locked(objective.scorecard):
        typed = KPI(
            scorecard=objective.scorecard, objective=objective, name=name, definition=definition
        )
        _hold(proposal, typed)
        if proposal.kpi is not None:
            return proposal.kpi
        # Held as well: deleting one doesn't wait for the scorecard.
        if not Objective.objects.select_for_update(no_key=True).filter(pk=objective.pk).first():
            raise EditConflict(None, typed)
        invitation = proposal.response.invitation
        siblings = objective.kpis.order_by("pk").values_list("code", flat=True)
        basis = _("Proposed by expert %(code)s in “%(survey)s”") % {
            "code": invitation.code,
            "survey": invitation.survey.name,
        }
        kpi = add_kpi(
            objective=objective,
            code=kpi_code(objective, siblings, codes_in(objective.scorecard)),
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
    """Say no to a proposal; one that became a KPI stays what it is.

    Raises EditConflict where the questionnaire is gone.
    """
    _decide(proposal, now)


@transaction.atomic
def reconsider_proposal(*, proposal: CandidateProposal) -> None:
    """Take the no back. Raises EditConflict where the questionnaire is gone."""
    _decide(proposal, None)


def _decide(proposal: CandidateProposal, declined_at: datetime | None) -> None:
    _hold(proposal)
    if proposal.kpi_id is None and bool(proposal.declined_at) != bool(declined_at):
        proposal.declined_at = declined_at
        proposal.save(update_fields=["declined_at"])


def _hold(proposal: CandidateProposal, typed: KPI | None = None) -> None:
    """Begin from the row as it stands now, kept from changing until the transaction ends."""
    try:
        proposal.refresh_from_db(from_queryset=CandidateProposal.objects.select_for_update())
    except CandidateProposal.DoesNotExist:
        raise EditConflict(None, typed) from None
