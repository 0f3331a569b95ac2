"""Looking at a questionnaire as an expert will see it, and letting some people try it out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from organizations.models import Role
from scorecards.views.pages import INVALID, posted
from surveys.access import get_survey
from surveys.errors import survey_error_text
from surveys.forms.trials import TrialForm
from surveys.models import Survey
from surveys.preview_cookie import Tried, end_preview, keep_preview
from surveys.selectors.trials import trial_of
from surveys.services.questionnaires import remove_trial
from surveys.services.refusals import SurveyError
from surveys.services.trials import invite_to_trial
from surveys.sharing import share_trial
from surveys.views.answer.opening import open_page
from surveys.views.answer.preview import in_preview
from surveys.views.pages import show

END = "end"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_preview(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """The first page that an expert sees. POST starts, or ends what was started."""
    survey = get_survey(request.user, org, pk)
    tried = Tried(org, survey.pk)
    if request.method != "POST":
        page = in_preview(request, tried, lambda invitation: open_page(request, invitation))
        # To look at the first page begins nothing.
        end_preview(page)
        return page
    if "language" in request.POST:
        return set_language(request)
    if END in request.POST:
        ended = redirect("surveys:survey", org, pk)
        end_preview(ended)
        return ended
    started = redirect("surveys:answer")
    keep_preview(started, tried)
    return started


@never_cache
def survey_trial(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """Who tries a draft out, and a link for each. POST adds somebody."""
    survey = get_survey(request.user, org, pk, role=Role.EDITOR)
    if survey.status != Survey.Status.DRAFT:
        messages.info(
            request,
            _("The questionnaire was opened. It can be previewed, and no longer tried out."),
        )
        return redirect("surveys:survey", org, pk)
    trial = trial_of(survey)
    form = TrialForm(posted(request), trial=trial)
    if request.method == "POST" and form.is_valid():
        try:
            invite_to_trial(survey=survey, by=request.user, now=timezone.now(), **form.cleaned_data)
        except SurveyError as error:
            form.add_error(None, survey_error_text(error))
        else:
            return redirect("surveys:survey-trial", org, pk)
    shared = [(person, share_trial(request, person)) for person in trial.people] if trial else []
    status = INVALID if form.errors else 200
    return show(
        request, "survey_trial", survey, form=form, trial=trial, shared=shared, status=status
    )


@require_POST
def survey_trial_remove(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk, role=Role.EDITOR)
    if remove_trial(survey=survey):
        messages.success(request, _("The trial is removed, with its links and answers."))
    return redirect("surveys:survey", org, pk)
