"""Inviting experts and handing out their links."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organizations.models import Role
from surveys.access import get_invitation, get_survey
from surveys.forms.invitations import InvitationForm, NewInvitationForm
from surveys.selectors.invited import next_code
from surveys.selectors.progress import expert_progress
from surveys.services.invitations import invite_expert, reissue_invitation, revoke_invitation
from surveys.sharing import share_invitation


def invitation_create(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, survey_pk, role=Role.EDITOR)
    form = NewInvitationForm(request.POST or None, initial={"expected_code": next_code(survey)})
    if request.method == "POST" and form.is_valid():
        invitation = invite_expert(survey=survey, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("%(name)s is invited. Send the link below.") % {"name": invitation.name}
        )
        return redirect("surveys:invitation", org, survey_pk, invitation.pk)
    context = {
        "organization": survey.scorecard.organization,
        "nav": "surveys",
        "survey": survey,
        "form": form,
    }
    return render(
        request, "surveys/invitation_create.html", context, status=422 if form.errors else 200
    )


@never_cache
@require_safe
def invitation(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """One expert's link and message, ready to be sent. A link is a key: who reads has none."""
    invitation = get_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    progress = expert_progress(invitation)
    context = {
        "organization": invitation.survey.scorecard.organization,
        "nav": "surveys",
        "survey": invitation.survey,
        "progress": progress,
        "shared": share_invitation(request, progress),
    }
    return render(request, "surveys/invitation_detail.html", context)


def invitation_edit(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    invitation = get_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    form = InvitationForm(request.POST or None, instance=invitation)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Saved."))
        return redirect("surveys:invitation", org, survey_pk, pk)
    context = {
        "organization": invitation.survey.scorecard.organization,
        "nav": "surveys",
        "survey": invitation.survey,
        "invitation": invitation,
        "form": form,
    }
    return render(
        request, "surveys/invitation_edit.html", context, status=422 if form.errors else 200
    )


@require_POST
def invitation_revoke(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    invitation = get_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    revoke_invitation(invitation=invitation, by=request.user, now=timezone.now())
    messages.success(
        request,
        _("The link of %(name)s works no more, and those answers don't count.")
        % {"name": invitation.name},
    )
    return redirect("surveys:invitation", org, survey_pk, pk)


@require_POST
def invitation_reissue(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    invitation = get_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    reissue_invitation(invitation=invitation, by=request.user)
    messages.success(
        request,
        _("%(name)s has a new link. The old one works no more; the answers are kept.")
        % {"name": invitation.name},
    )
    return redirect("surveys:invitation", org, survey_pk, pk)
