"""A letter to an expert as a mail: plain text, and the same as HTML."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from surveys.letters import Letter, write_letter
from surveys.links import invitation_link
from surveys.selectors.progress import ExpertProgress


def letter_mail(letter: Letter, expert: ExpertProgress) -> EmailMultiAlternatives:
    invitation = expert.invitation
    text = write_letter(letter, expert)
    context = {
        "letter": text,
        # On the configured address: a mail may leave without a request.
        "link": invitation_link(invitation),
        "organization": invitation.survey.scorecard.organization.name,
        "language": invitation.survey.language,
    }
    mail = EmailMultiAlternatives(
        text.subject, render_to_string("surveys/mail/letter.txt", context), to=[invitation.email]
    )
    mail.attach_alternative(render_to_string("surveys/mail/letter.html", context), "text/html")
    return mail
