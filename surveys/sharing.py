"""What an officer hands to an expert: the personal link, alone and inside a letter."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from organizations.links import whatsapp_link
from surveys.exports.qr import QrCode, qr_code
from surveys.letters import Letter, write_letter
from surveys.links import invitation_link
from surveys.selectors.progress import ExpertProgress


@dataclass(frozen=True)
class SharedInvitation:
    link: str
    message: str
    letter: Letter

    @property
    def whatsapp_url(self) -> str:
        """Opens WhatsApp with the message; who gets it is chosen there, no number is kept."""
        return whatsapp_link(self.message)

    @property
    def qr(self) -> QrCode:
        return qr_code(self.link)


@dataclass(frozen=True)
class SharedTrial:
    """A link for somebody who tries a questionnaire out, and a message around it."""

    link: str
    message: str

    @property
    def whatsapp_url(self) -> str:
        return whatsapp_link(self.message)


def share_trial(request: HttpRequest, person: ExpertProgress) -> SharedTrial:
    invitation = person.invitation
    link = invitation_link(invitation, request)
    with translation.override(invitation.survey.language):
        message = _(
            "%(name)s, would you try out this questionnaire before we send it to the experts? "
            "Your answers are a trial and are not counted. Tell me what is not clear. %(link)s"
        ) % {"name": invitation.name, "link": link}
    return SharedTrial(link, message)


def share_invitation(
    request: HttpRequest, expert: ExpertProgress, letter: Letter = Letter.INVITATION
) -> SharedInvitation:
    link = invitation_link(expert.invitation, request)
    return SharedInvitation(link, write_letter(letter, expert).with_link(link), letter)
