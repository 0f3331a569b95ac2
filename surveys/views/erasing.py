"""For officers: deleting an expert or making him anonymous, and what was deleted before."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizations.models import Role
from scorecards.views.pages import posted
from surveys.access import get_erasure, get_invitation, get_survey
from surveys.errors import survey_error_text
from surveys.forms.erasing import ErasingForm
from surveys.models import Erasure
from surveys.selectors.erasing import choices_of
from surveys.selectors.erasing_effects import erasing_effects
from surveys.services.consent import renew_consent
from surveys.services.erasing import anonymize_expert, delete_expert
from surveys.services.refusals import SurveyError
from surveys.views.pages import EXPERTS_PER_PAGE, show

ACTS = {Erasure.Kind.DELETED: delete_expert, Erasure.Kind.ANONYMIZED: anonymize_expert}


def invitation_erase(request: HttpRequest, org: str, survey_pk: int, pk: int) -> HttpResponse:
    """What it changes, and then the press that does it; also of links that were taken back."""
    try:
        invitation = get_invitation(request.user, org, survey_pk, pk, role=Role.EDITOR)
    except Http404:
        # Pressed twice, or the expert was faster.
        get_erasure(request.user, org, survey_pk, pk, role=Role.EDITOR)
        return redirect("surveys:erasures", org, survey_pk)
    form = ErasingForm(posted(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        act = Erasure.Kind(form.cleaned_data["act"])
        try:
            erasure = ACTS[act](invitation=invitation, by=request.user, now=timezone.now())
        except SurveyError as error:
            form.add_error(None, survey_error_text(error))
            status = 409
        else:
            said = (
                _("%(code)s is deleted, with all answers.")
                if erasure.is_deletion
                else _("%(code)s is anonymous now; the answers are kept.")
            )
            messages.success(request, said % {"code": erasure.code})
            return redirect("surveys:erasures", org, survey_pk)
    choices = choices_of(invitation, is_officer=True)
    return show(
        request,
        "invitation_erase",
        invitation.survey,
        form=form,
        status=status,
        invitation=invitation,
        choices=choices,
        stored=choices.stored,
        effects=erasing_effects(invitation, choices),
    )


@require_safe
def erasures(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    """Who was deleted or made anonymous, by code: results of before name them so."""
    survey = get_survey(request.user, org, survey_pk, role=Role.RESEARCHER)
    rows = survey.erasures.select_related("erased_by")
    page = Paginator(rows, EXPERTS_PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "erasures", survey, page=page)


@require_POST
def consent_renew(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk, role=Role.EDITOR)
    if renew_consent(survey=survey, by=request.user):
        messages.success(request, _("The questionnaire has the new consent text."))
    return redirect("surveys:survey", org, pk)
