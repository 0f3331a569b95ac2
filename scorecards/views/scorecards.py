"""The scorecards of an organization, and the design page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.access import get_organization
from organizations.models import Role
from scorecards.access import get_scorecard
from scorecards.forms.scorecards import ScorecardCreateForm, ScorecardForm
from scorecards.models import Scorecard
from scorecards.selectors.checklist import check_design, latest_reds
from scorecards.selectors.design import list_scorecards, load_design
from scorecards.views.deleting import delete_page
from scorecards.views.pages import INVALID, back_to, posted, show


def scorecard_list(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org)
    context = {
        "organization": organization,
        "scorecards": list_scorecards(organization),
        "nav": "scorecards",
    }
    return render(request, "scorecards/scorecard_list.html", context)


def scorecard_create(request: HttpRequest, org: str) -> HttpResponse:
    organization = get_organization(request.user, org, role=Role.EDITOR)
    # The newest strategy is the one to measure, where there is any; the form lets one choose.
    draft = Scorecard(organization=organization, strategy=organization.strategies.first())
    form = ScorecardCreateForm(posted(request), instance=draft)
    if form.is_bound and form.is_valid():
        scorecard = form.save(by=request.user)
        said = _("The scorecard is there. Now give it perspectives, objectives and KPIs.")
        return back_to(request, form.next_page, scorecard, said=said)
    context = {"organization": organization, "form": form, "nav": "scorecards"}
    status = INVALID if form.errors else 200
    return render(request, "scorecards/scorecard_create.html", context, status=status)


def scorecard(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk)
    today = timezone.localdate()
    design = load_design(scorecard, today)
    checklist = check_design(design, latest_reds(design, today))
    return show(request, "scorecard", scorecard, design=design, checklist=checklist)


def scorecard_edit(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk, role=Role.EDITOR)
    form = ScorecardForm(posted(request), instance=scorecard)
    if form.is_bound and form.save_if_valid(by=request.user):
        return back_to(request, "scorecard", scorecard, said=_("The settings are saved."))
    return show(request, "scorecard_form", scorecard, form=form)


def scorecard_delete(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk, role=Role.ADMIN)
    return delete_page(request, scorecard, scorecard)
