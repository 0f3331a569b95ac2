"""What an officer sends to an expert: the personal link, alone and inside a message."""

from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest
from django.utils.translation import gettext as _

from organizations import figures
from surveys.links import invitation_link
from surveys.selectors.questionnaires import ExpertProgress, SurveyOverview


@dataclass(frozen=True)
class SharedInvitation:
    progress: ExpertProgress
    link: str = ""
    message: str = ""

    @property
    def whatsapp_url(self) -> str:
        """Opens WhatsApp with the message; who gets it is chosen there, no number is kept."""
        return f"https://wa.me/?text={quote(self.message)}"


def shared_invitations(
    request: HttpRequest, overview: SurveyOverview, *, with_links: bool
) -> list[SharedInvitation]:
    if not with_links:
        return [SharedInvitation(progress) for progress in overview.experts]
    shared = []
    for progress in overview.experts:
        link = invitation_link(progress.invitation, request)
        shared.append(SharedInvitation(progress, link, _message(overview, progress, link)))
    return shared


def _message(overview: SurveyOverview, progress: ExpertProgress, link: str) -> str:
    survey = overview.survey
    lines = [
        _("Dear %(name)s,") % {"name": progress.invitation.name},
        _(
            "%(organization)s asks for your judgement as an expert: %(comparisons)s short "
            "comparisons, about %(minutes)s minutes. Your personal link:"
        )
        % {
            "organization": survey.scorecard.organization.name,
            "comparisons": overview.plan.comparisons,
            "minutes": overview.plan.minutes,
        },
        link,
    ]
    if survey.closes_at:
        closes = figures.moment(survey.closes_at, survey.scorecard.organization.timezone)
        lines.append(_("You can answer until %(moment)s.") % {"moment": closes})
    lines.append(_("You can stop and go on later, on any device. Thank you!"))
    return "\n\n".join(lines)
