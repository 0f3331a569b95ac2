from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations import figures
from organizations.models import Role
from scorecards.access import get_scorecard
from scorecards.forms.weights import EqualWeightsForm, WeightsForm
from scorecards.models import KPI, Perspective, Scorecard, WeightSet
from scorecards.selectors.weights import (
    Group,
    current_weights,
    lay_weights,
    load_groups,
    weights_page,
)
from scorecards.services.weights import (
    WeightsSavedMeanwhile,
    equal_weights,
    set_equal_weights,
    set_weights,
)
from scorecards.views.pages import back_to, page_url, posted, show


def weights(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk)
    page = weights_page(
        scorecard,
        request.GET.get("set"),
        names_experts=scorecard.organization.can_research,
    )
    return show(request, "weights", scorecard, tab="weights", page=page)


def weights_edit(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk, role=Role.EDITOR)
    groups = load_groups(scorecard)
    form = WeightsForm(
        posted(request), groups=groups, fitted=lay_weights(groups, current_weights(scorecard))
    )
    if form.is_bound and form.is_valid():
        try:
            set_weights(
                scorecard=scorecard,
                perspectives=form.perspective_weights,
                kpis=form.kpi_weights,
                origin=WeightSet.Origin.MANUAL,
                by=request.user,
                seen=form.cleaned_data["based_on"],
            )
        except WeightsSavedMeanwhile as conflict:
            yours = form.perspective_weights | form.kpi_weights
            return _conflict_page(request, scorecard, groups, yours, conflict)
        return back_to(request, "weights", scorecard, said=_("The weights are saved."))
    return show(request, "weights_form", scorecard, tab="weights", form=form, groups=groups)


@require_POST
def weights_equal(request: HttpRequest, org: str, pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, pk, role=Role.EDITOR)
    groups = load_groups(scorecard)
    form = EqualWeightsForm(posted(request))
    if not groups or not form.is_valid():
        return back_to(request, "weights", scorecard)
    try:
        set_equal_weights(scorecard=scorecard, by=request.user, seen=form.cleaned_data["based_on"])
    except WeightsSavedMeanwhile as conflict:
        perspectives, kpis = equal_weights(groups)
        return _conflict_page(request, scorecard, groups, perspectives | kpis, conflict)
    return back_to(request, "weights", scorecard, said=_("All weights are equal now."))


def _conflict_page(
    request: HttpRequest,
    scorecard: Scorecard,
    groups: list[Group],
    yours: dict[Perspective | KPI, float],
    conflict: WeightsSavedMeanwhile,
) -> HttpResponse:
    """Both editors' weights; one press saves the second's as a set after the first's."""
    current = conflict.current
    context = {
        "organization": scorecard.organization,
        "nav": "scorecards",
        "what": _("Weights of %(scorecard)s") % {"scorecard": scorecard},
        "who": current.created_by if current else None,
        "when": current.created_at if current else None,
        "gone": current is None,
        "fields": _compared(groups, yours, current),
        "back_url": page_url("weights", scorecard),
        "action_url": request.path,
        "resubmit": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in ("csrfmiddlewaretoken", "based_on")
            for value in values
        ]
        + [("based_on", current.pk if current else 0)],
    }
    return render(request, "409.html", context, status=409)


def _compared(
    groups: list[Group], yours: dict[Perspective | KPI, float], current: WeightSet | None
) -> list[tuple[str, str, str]]:
    theirs = lay_weights(groups, current)
    rows = []
    for perspective, kpis in groups:
        saved = theirs.perspectives.get(perspective.pk)
        rows.append((str(perspective), _share(yours.get(perspective)), _share(saved)))
        for kpi in kpis:
            saved = theirs.kpis.get(kpi.pk)
            rows.append((str(kpi), _share(yours.get(kpi)), _share(saved)))
    return rows


def _share(weight: float | None) -> str:
    return _("counts equally") if weight is None else figures.percent(weight, 2)
