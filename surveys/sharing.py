"""What an officer sends to an expert: the personal link, alone and inside a message."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from organizations import figures
from organizations.links import whatsapp_link
from surveys.links import invitation_link
from surveys.models import Invitation
from surveys.selectors.plan import SurveyPlan


@dataclass(frozen=True)
class SharedInvitation:
    link: str
    message: str

    @property
    def whatsapp_url(self) -> str:
        """Opens WhatsApp with the message; who gets it is chosen there, no number is kept."""
        return whatsapp_link(self.message)


def share_invitation(
    request: HttpRequest, invitation: Invitation, plan: SurveyPlan
) -> SharedInvitation:
    link = invitation_link(invitation, request)
    return SharedInvitation(link, _message(invitation, plan, link))


def _message(invitation: Invitation, plan: SurveyPlan, link: str) -> str:
    survey = invitation.survey
    organization = survey.scorecard.organization
    lines = [
        _("Dear %(name)s,") % {"name": invitation.name},
        _(
            "%(organization)s asks for your judgement as an expert: %(comparisons)s short "
            "comparisons, about %(minutes)s minutes. Your personal link:"
        )
        % {
            "organization": organization.name,
            "comparisons": plan.comparisons,
            "minutes": plan.minutes,
        },
        link,
    ]
    if survey.closes_at:
        closes = figures.moment(survey.closes_at, organization.timezone)
        lines.append(_("You can answer until %(moment)s.") % {"moment": closes})
    lines.append(_("You can stop and go on later, on any device. Thank you!"))
    return "\n\n".join(lines)
