"""Who judges what."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from organizations.models import Role
from scorecards.views.pages import posted
from surveys.access import get_survey
from surveys.errors import survey_error_text
from surveys.forms.who_judges import WhoJudgesForm
from surveys.models import Survey
from surveys.selectors.who_judges import who_judges
from surveys.services.exemptions import set_exemptions
from surveys.services.refusals import SurveyError
from surveys.views.pages import show


def exemptions(request: HttpRequest, org: str, survey_pk: int) -> HttpResponse:
    """Experts by matrices, to be ticked. A screening has no matrices, and so no such page."""
    survey = get_survey(request.user, org, survey_pk, role=Role.EDITOR)
    if survey.kind != Survey.Kind.PAIRWISE:
        raise Http404
    table = who_judges(survey)
    form = WhoJudgesForm(posted(request), table=table)
    if form.is_bound and form.is_valid():
        try:
            set_exemptions(survey=survey, judged=form.judged, by=request.user)
        except SurveyError as error:
            form.add_error(None, survey_error_text(error))
            table = who_judges(survey, ticked=form.ticked)
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:exemptions", org, survey_pk)
    return show(request, "who_judges", survey, form=form, table=table)
