"""Mails of accounts. Every link in them can also be copied from a page: mail is a convenience."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from organizations.links import password_reset_link, staff_invitation_link
from organizations.models import StaffInvitation, User

logger = logging.getLogger(__name__)

# A mail server takes its time. Sending beside the request keeps pages quick, and keeps their
# speed from telling whether an address has an account.
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def send_password_reset(user: User) -> None:
    with translation.override(user.language):
        _send(
            to=user.email,
            subject=_("A new password for Canting"),
            template="password_reset",
            context={"user": user, "link": password_reset_link(user)},
        )


def send_staff_invitation(invitation: StaffInvitation) -> None:
    _send(
        to=invitation.email,
        subject=_("Invitation to %(organization)s")
        % {"organization": invitation.organization.name},
        template="staff_invitation",
        context={"invitation": invitation, "link": staff_invitation_link(invitation)},
    )


def wait_until_sent() -> None:
    """Return when every mail handed over so far has been sent."""
    _sender.submit(bool).result()


def send_beside(job: Callable[[], object]) -> None:
    """Run a job that sends mails and notes what became of them, beside the request.

    It gets database connections of its own. Where MAIL_IS_BESIDE is off it runs at once.
    """
    if settings.MAIL_IS_BESIDE:
        _sender.submit(_run, job)
    else:
        job()


def deliver(message: EmailMessage) -> bool:
    """Give a mail to the server now; whether it took it. A failure is logged, not raised."""
    try:
        message.send()
    except Exception:  # whatever a mail server's failure looks like, it must not go unseen
        logger.exception("A mail could not be sent. Check the CANTING_EMAIL settings.")
        return False
    return True


def _run(job: Callable[[], object]) -> None:
    try:
        job()
    except Exception:  # nobody waits for the result
        logger.exception("Sending mails broke off.")
    finally:
        connections.close_all()


def _send(*, to: str, subject: str, template: str, context: dict[str, Any]) -> None:
    if not settings.MAIL_IS_SENT:
        return
    # Rendered here, while the one who asked is at hand.
    body = render_to_string(f"organizations/mail/{template}.txt", context)
    _sender.submit(deliver, EmailMessage(" ".join(subject.split()), body, to=[to]))
