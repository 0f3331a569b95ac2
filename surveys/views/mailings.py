"""Sending links and reminders by e-mail, and printing all links."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organizations.models import Role
from surveys.access import get_named_invitation, get_survey
from surveys.letters import Letter
from surveys.models import Survey
from surveys.selectors.omissions import omissions_of
from surveys.selectors.progress import ExpertProgress, survey_progress
from surveys.selectors.recipients import (
    Reason,
    Recipients,
    invitation_recipients,
    reminder_recipients,
)
from surveys.services.mailings import (
    mail_invitation,
    mail_invitations,
    mail_reminder,
    mail_reminders,
    mail_rounds,
)
from surveys.sharing import share_invitation
from surveys.views.pages import show


def mail_invitations_page(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    """Who gets the link by mail when the button is pressed, and who doesn't, and why."""
    survey = get_survey(request.user, org, survey_pk, role=Role.EDITOR)
    if request.method == "POST":
        count = mail_invitations(survey=survey, now=timezone.now())
        return _sent(request, survey, count)
    recipients = invitation_recipients(survey_progress(survey), timezone.now())
    return _page(request, survey, recipients, "mail_invitations")


def mail_reminders_page(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, survey_pk, role=Role.EDITOR)
    if request.method == "POST":
        count = mail_reminders(survey=survey, now=timezone.now())
        return _sent(request, survey, count)
    recipients = reminder_recipients(survey_progress(survey), timezone.now())
    return _page(request, survey, recipients, "mail_reminders")


@require_POST
def invitation_mail(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """One mail to one expert: the link, a reminder, or the parts that he is asked again."""
    invitation = get_named_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    now = timezone.now()
    letter = request.POST.get("letter")
    if letter == Letter.REMINDER:
        is_sent = mail_reminder(invitation=invitation, now=now)
    elif letter == Letter.AGAIN:
        is_sent = mail_rounds(invitation=invitation, now=now)
    else:
        key = request.POST.get("key", "")
        is_sent = mail_invitation(invitation=invitation, key=key, now=now)
    if is_sent:
        messages.success(
            request, _("A mail to %(name)s is on its way.") % {"name": invitation.name}
        )
    else:
        messages.info(request, _("Nothing was sent: the mail is on its way or sent already."))
    return redirect("surveys:invitation", org, survey_pk, pk)


@never_cache
@require_safe
def invitation_sheet(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    """All links that lead to questions, now or once it is open; a card each, for the printer."""
    survey = get_survey(request.user, org, survey_pk, role=Role.EDITOR)
    now, is_draft = timezone.now(), survey.status == Survey.Status.DRAFT
    unfinished = [expert for expert in survey_progress(survey) if expert.is_unfinished]
    experts = [each for each in unfinished if is_draft or each.invitation.accepts_answers(now)]
    cards = [(expert, share_invitation(request, expert)) for expert in experts]
    is_over = len(unfinished) > len(experts)
    return show(
        request,
        "invitation_sheet",
        survey,
        cards=cards,
        is_over=is_over,
        omissions=omissions_of(survey),
    )


def _page(
    request: HttpRequest, survey: Survey, recipients: Recipients, template: str
) -> HttpResponse:
    return show(
        request,
        template,
        survey,
        recipients=recipients,
        omissions=omissions_of(survey),
        sends_mail=settings.MAIL_IS_SENT,
        by_whatsapp=_written_to_by_hand(recipients),
    )


def _written_to_by_hand(recipients: Recipients) -> list[ExpertProgress]:
    """Whom a site without a mail server reminds, in the order of their codes."""
    unaddressed = [each.expert for each in recipients.left_out if each.reason == Reason.NO_ADDRESS]
    return sorted([*recipients.getting, *unaddressed], key=lambda expert: expert.invitation.pk)


def _sent(request: HttpRequest, survey: Survey, count: int) -> HttpResponse:
    if count:
        text = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", count)
        messages.success(request, text % {"n": count})
    else:
        messages.info(request, _("Nothing was sent: nobody is left to get this mail now."))
    return redirect("surveys:survey", survey.scorecard.organization.slug, survey.pk)
