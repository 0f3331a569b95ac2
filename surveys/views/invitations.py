"""One expert's invitation: making it, handing it out, changing it, taking it back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organizations.figures import ZONE_NAMES
from organizations.models import Role
from scorecards.exports.download import download
from scorecards.views.pages import posted
from surveys.access import get_invitation, get_named_invitation, get_survey
from surveys.errors import survey_error_text
from surveys.exports.qr import qr_svg
from surveys.forms.invitations import ExtendForm, InvitationForm, NewInvitationForm
from surveys.letters import Letter, fitting_letters
from surveys.links import invitation_link
from surveys.models import Invitation, Survey
from surveys.selectors.expert_table import mail_state
from surveys.selectors.invited import alike_of
from surveys.selectors.omissions import omissions_of
from surveys.selectors.progress import expert_progress
from surveys.selectors.recipients import link_key, why_no_mail, why_no_reminder
from surveys.selectors.sources import keyed_answers
from surveys.selectors.who_judges import exempt_parts
from surveys.services.invitations import (
    extend_invitation,
    invite_expert,
    reissue_invitation,
    revoke_invitation,
)
from surveys.services.refusals import SurveyError
from surveys.sharing import share_invitation
from surveys.views.pages import show

SVG = "image/svg+xml"


def invitation_create(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, survey_pk, role=Role.EDITOR)
    form = NewInvitationForm(posted(request), survey=survey)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_expert(survey=survey, by=request.user, **form.cleaned_data)
        except SurveyError as error:
            messages.error(request, survey_error_text(error))
            return redirect("surveys:survey", org, survey_pk)
        said = (
            _("%(name)s is invited. The link below works once you open the questionnaire.")
            if survey.status == Survey.Status.DRAFT
            else _("%(name)s is invited. Send the link below.")
        )
        messages.success(request, said % {"name": invitation.name})
        _warn_of_alike(request, invitation)
        return redirect("surveys:invitation", org, survey_pk, invitation.pk)
    return show(request, "invitation_create", survey, form=form, omissions=omissions_of(survey))


@never_cache
@require_safe
def invitation(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """One expert's link and messages, ready to be sent. A link is a key: who reads has none.

    ``?letter=`` asks for another message than the one that fits best.
    """
    invitation = get_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    expert = expert_progress(invitation)
    now = timezone.now()
    letters = fitting_letters(expert)
    asked = request.GET.get("letter", "")
    letter = Letter(asked) if asked in letters else next(iter(letters), Letter.INVITATION)
    return _page(
        request,
        "invitation_detail",
        invitation,
        progress=expert,
        keyed=keyed_answers(expert.invitation),
        exempt=exempt_parts(invitation),
        letters=letters,
        shared=share_invitation(request, expert, letter),
        mails=[(mailing, mail_state(mailing, now)) for mailing in reversed(expert.mailings)],
        sends_mail=settings.MAIL_IS_SENT,
        mail_key=link_key(expert),
        why_no_mail=why_no_mail(expert, now),
        why_no_reminder=why_no_reminder(expert, now),
    )


@never_cache
@require_safe
def invitation_qr(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    invitation = get_named_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    title = _("QR code of the link of %(name)s") % {"name": invitation.name}
    body = qr_svg(invitation_link(invitation, request), title)
    return download(body, name=f"qr {invitation.code}", ending="svg", content_type=SVG)


def invitation_edit(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    invitation = get_named_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    form = InvitationForm(posted(request), instance=invitation)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Saved."))
        if {"name", "email"} & set(form.changed_data):
            _warn_of_alike(request, invitation)
        return redirect("surveys:invitation", org, survey_pk, pk)
    return _page(request, "invitation_edit", invitation, form=form)


def invitation_extend(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """More time for one expert alone."""
    invitation = get_named_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    zone = invitation.survey.scorecard.organization.timezone
    form = ExtendForm(
        posted(request),
        zone=ZONE_NAMES.get(zone, zone),
        initial={"closes_at": invitation.closes_at, "version": invitation.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            extend_invitation(
                invitation=invitation,
                closes_at=form.cleaned_data["closes_at"],
                by=request.user,
                now=timezone.now(),
                seen=form.cleaned_data["version"],
            )
        except SurveyError as error:
            form.add_error("closes_at", survey_error_text(error))
        else:
            messages.success(request, _("Saved. Tell the expert with the message below."))
            return _to_letter(org, invitation, Letter.MORE_TIME)
    return _page(request, "invitation_extend", invitation, form=form)


def invitation_revoke(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    invitation = get_named_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    if request.method != "POST":
        return _confirm(request, org, "invitation_revoke", invitation)
    revoke_invitation(invitation=invitation, by=request.user, now=timezone.now())
    messages.success(
        request,
        _("The link of %(name)s works no more, and those answers don't count.")
        % {"name": invitation.name},
    )
    return redirect("surveys:invitation", org, survey_pk, pk)


def invitation_reissue(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    invitation = get_named_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    if request.method != "POST":
        return _confirm(request, org, "invitation_reissue", invitation)
    reissue_invitation(invitation=invitation, by=request.user)
    messages.success(
        request,
        _("%(name)s has a new link. The old one works no more; the answers are kept.")
        % {"name": invitation.name},
    )
    return _to_letter(org, invitation, Letter.NEW_LINK)


def _confirm(request: HttpRequest, org: str, template: str, invitation: Invitation) -> HttpResponse:
    """Ask first, since the link in the expert's hands is about to die.

    One that was taken back is dead already: its own page gives a new one at a press.
    """
    if invitation.revoked_at is not None:
        return redirect("surveys:invitation", org, invitation.survey_id, invitation.pk)
    return _page(request, template, invitation, progress=expert_progress(invitation))


def _warn_of_alike(request: HttpRequest, invitation: Invitation) -> None:
    """It may be meant, and nothing is sent yet: so it is told afterwards and refused to nobody."""
    alike = alike_of(invitation)
    if alike is None:
        return
    found = []
    if match := alike.by_name:
        found.append(_("Another expert has this name: %(code)s.") % {"code": match.code})
    if match := alike.by_email:
        words = {"code": match.code, "name": match.name}
        found.append(_("Another expert has this e-mail address: %(code)s (%(name)s).") % words)
    advice = _("If it is one person, take one of the two links back, so that nobody counts twice.")
    messages.warning(request, " ".join([*found, advice]))


def _to_letter(org: str, invitation: Invitation, letter: Letter) -> HttpResponse:
    query = {"letter": letter.value}
    target = reverse("surveys:invitation", args=[org, invitation.survey_id, invitation.pk])
    return redirect(f"{target}?{urlencode(query)}")


def _page(
    request: HttpRequest, template: str, invitation: Invitation, **context: Any
) -> HttpResponse:
    return show(request, template, invitation.survey, invitation=invitation, **context)
