"""Answers of another program: upload, say what is what, agree."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.access import get_organization
from organizations.models import Role
from organizations.names import named
from scorecards.views.pages import INVALID, posted
from surveys.access import get_survey_import
from surveys.forms.importing import AnswersFileForm, FittingForm
from surveys.interchange.project import Project, from_document
from surveys.models import SurveyImport
from surveys.selectors.omissions import omissions_of_parts
from surveys.selectors.plan import possible_matrices
from surveys.services.importing import import_answers, keep_answers


def answers_import(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org, role=Role.EDITOR)
    form = AnswersFileForm(
        posted(request), request.FILES or None, scorecards=organization.scorecards.all()
    )
    if form.is_valid():
        kept = keep_answers(
            scorecard=form.cleaned_data["scorecard"],
            project=form.found,
            file_name=form.file_name,
            by=request.user,
            now=timezone.now(),
        )
        return redirect("surveys:answers-preview", organization.slug, kept.pk)
    context = {
        "organization": organization,
        "nav": "surveys",
        "form": form,
        "has_scorecard": organization.scorecards.exists(),
    }
    status = INVALID if form.errors else 200
    return render(request, "surveys/answers_import.html", context, status=status)


def answers_preview(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    """What stands in the file and what it would become; POST makes the questionnaire."""
    kept = get_survey_import(request.user, org, pk)
    if kept.is_done:
        return _go_on(request, kept)
    project = from_document(kept.document)
    possible = possible_matrices(kept.scorecard)
    form = FittingForm(posted(request), project=project, matrices=possible)
    if form.is_valid():
        kept.survey = import_answers(
            kept=kept,
            fitted=form.fitted,
            name=form.cleaned_data["name"],
            consent_text=_consent(project),
            by=request.user,
            now=timezone.now(),
        )
        return _go_on(request, kept)
    context = {
        "organization": kept.scorecard.organization,
        "nav": "surveys",
        "kept": kept,
        "project": project,
        "form": form,
        "omissions": omissions_of_parts(kept.scorecard, possible, form.covered),
        "silent": named(form.silent),
    }
    status = INVALID if form.errors else 200
    return render(request, "surveys/answers_preview.html", context, status=status)


def _consent(project: Project) -> str:
    return _(
        "These answers were given in AHP-OS (project “%(name)s”). What the experts agreed to "
        "there is not in the file."
    ) % {"name": project.name}


def _go_on(request: HttpRequest, kept: SurveyImport) -> HttpResponse:
    """To the questionnaire that was made, by this press of the button or by one before."""
    if kept.survey is None:
        raise Http404
    messages.success(request, _("The questionnaire is made from the file."))
    return redirect("surveys:results", kept.scorecard.organization.slug, kept.survey.pk)
