"""Making a questionnaire, opening it, following it, closing it."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from organizations.access import get_organization
from organizations.models import Organization, Role
from organizations.names import named
from organizations.versioned_forms import VersionForm
from scorecards.views.pages import INVALID, posted
from surveys.access import get_survey
from surveys.errors import survey_error_text
from surveys.forms.invitations import NewInvitationForm
from surveys.forms.questionnaires import (
    DraftSurveyForm,
    NewSurveyForm,
    ReopenForm,
    SurveyForm,
)
from surveys.forms.screening import DraftScreeningForm, ScreeningForm
from surveys.models import Survey
from surveys.selectors.consent import old_consent_note
from surveys.selectors.expert_table import expert_table
from surveys.selectors.judgement_taking import group_matrices
from surveys.selectors.next_action import next_action
from surveys.selectors.omissions import left_out_by, omissions_of, unjudged_parts
from surveys.selectors.questionnaires import survey_overview, surveys_of
from surveys.selectors.trials import trial_of
from surveys.services.questionnaires import (
    close_survey,
    delete_survey,
    open_survey,
    reopen_survey,
)
from surveys.services.refusals import SurveyError
from surveys.views.pages import EXPERTS_PER_PAGE, show

# By kind, and by whether what it asks can still be chosen.
FORMS: dict[tuple[str, bool], type[SurveyForm]] = {
    (Survey.Kind.PAIRWISE, True): DraftSurveyForm,
    (Survey.Kind.PAIRWISE, False): SurveyForm,
    (Survey.Kind.SCREENING, True): DraftScreeningForm,
    (Survey.Kind.SCREENING, False): ScreeningForm,
}


def survey_list(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org)
    context = {
        "organization": organization,
        "nav": "surveys",
        "surveys": surveys_of(organization),
        "has_scorecard": organization.scorecards.exists(),
    }
    return render(request, "surveys/survey_list.html", context)


def survey_create(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org, role=Role.EDITOR)
    kind = request.POST.get("kind") or request.GET.get("kind")
    if kind not in Survey.Kind.values:
        return _ask_kind(request, organization)
    scorecards = organization.scorecards.all()
    form = NewSurveyForm(
        posted(request),
        kind=kind,
        scorecards=scorecards,
        initial={"scorecard": request.GET.get("scorecard") or scorecards.first()},
    )
    if request.method == "POST" and form.is_valid():
        survey = form.create(by=request.user)
        return redirect("surveys:survey", org, survey.pk)
    context = {
        "organization": organization,
        "nav": "surveys",
        "form": form,
        "kind": kind,
        "left_out": left_out_by(form.chosen_scorecard, kind),
    }
    status = INVALID if form.errors else 200
    return render(request, "surveys/survey_create.html", context, status=status)


def _ask_kind(request: HttpRequest, organization: Organization) -> HttpResponse:
    context = {
        "organization": organization,
        "nav": "surveys",
        "scorecard": request.GET.get("scorecard", ""),
    }
    status = INVALID if request.method == "POST" else 200
    return render(request, "surveys/survey_kind.html", context, status=status)


def survey(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """What is asked, who is where, and what to do next.

    ``?state=``, ``?order=`` and ``?page=`` are of the experts.
    """
    survey = get_survey(request.user, org, pk, role=Role.READER)
    overview = survey_overview(survey)
    now = timezone.now()
    state, order = request.GET.get("state", ""), request.GET.get("order", "")
    table = expert_table(overview, state=state, order=order, now=now)
    omissions = omissions_of(survey)
    return show(
        request,
        "survey_detail",
        survey,
        form=NewInvitationForm(survey=survey),
        overview=overview,
        omissions=omissions,
        has_warnings=any(omission.is_warning for omission in omissions),
        unjudged=unjudged_parts(overview),
        table=table,
        group_matrices=group_matrices(survey) if survey.is_of_group else (),
        experts=Paginator(table.rows, EXPERTS_PER_PAGE).get_page(request.GET.get("page")),
        consent_of_old=old_consent_note(survey),
        erased=survey.erasures.count() if survey.scorecard.organization.can_research else 0,
        trial=trial_of(survey) if survey.scorecard.organization.can_edit else None,
        next=next_action(overview, now=now, mails=settings.MAIL_IS_SENT),
        sends_mail=settings.MAIL_IS_SENT,
    )


def survey_edit(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk, role=Role.EDITOR)
    form_class = FORMS[survey.kind, survey.status == Survey.Status.DRAFT]
    form = form_class(posted(request), instance=survey)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Saved."))
        return redirect("surveys:survey", org, pk)
    return show(request, "survey_edit", survey, form=form)


@require_POST
def survey_open(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk, role=Role.EDITOR)
    trial = trial_of(survey)
    try:
        open_survey(survey=survey, by=request.user, now=timezone.now())
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
    else:
        messages.success(request, _("The questionnaire is open. Send each expert the link."))
        if trial:
            messages.info(request, _("The trial is removed, with its links and answers."))
    return redirect("surveys:survey", org, pk)


@require_POST
def survey_close(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk, role=Role.EDITOR)
    try:
        close_survey(survey=survey, by=request.user)
    except SurveyError as error:
        messages.error(request, survey_error_text(error))
    else:
        messages.success(request, _("The questionnaire is closed. No more answers are taken."))
        _warn_of_unsent(request, survey)
    return redirect("surveys:survey", org, pk)


def _warn_of_unsent(request: HttpRequest, survey: Survey) -> None:
    """Closing may be meant just so; whose answers are lost by it is said all the same."""
    experts = [each for each in survey_overview(survey).experts if each.is_unfinished]
    if experts:
        text = ngettext(
            "%(n)s expert has not sent, and so counts for nothing: %(names)s. Open it again to "
            "wait longer.",
            "%(n)s experts have not sent, and so count for nothing: %(names)s. Open it again to "
            "wait longer.",
            len(experts),
        )
        called = [f"{each.invitation.code} {each.invitation.name}" for each in experts]
        messages.warning(request, text % {"n": len(experts), "names": named(called)})


def survey_reopen(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk, role=Role.EDITOR)
    form = ReopenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            reopen_survey(
                survey=survey,
                by=request.user,
                now=timezone.now(),
                closes_at=form.cleaned_data["closes_at"],
            )
        except SurveyError as error:
            form.add_error("closes_at", survey_error_text(error))
        else:
            messages.success(request, _("The questionnaire is open again."))
            return redirect("surveys:survey", org, pk)
    return show(request, "survey_reopen", survey, form=form)


def survey_delete(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    survey = get_survey(request.user, org, pk, role=Role.ADMIN)
    form = VersionForm(posted(request), initial={"version": survey.version})
    if request.method == "POST" and form.is_valid():
        delete_survey(survey=survey, seen=form.cleaned_data["version"], by=request.user)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": survey.name})
        return redirect("surveys:survey-list", org)
    overview = survey_overview(survey)
    answers_lost = ngettext(
        "The answers of %(n)s expert are lost.",
        "The answers of %(n)s experts are lost.",
        overview.begun,
    )
    return show(
        request,
        "survey_delete",
        survey,
        form=form,
        overview=overview,
        answers_lost=answers_lost % {"n": overview.begun},
    )
