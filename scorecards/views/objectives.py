from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations.models import Role
from scorecards.access import get_objective, get_scorecard
from scorecards.forms.design import ObjectiveForm
from scorecards.forms.parts import chosen
from scorecards.models import Objective
from scorecards.services.design import move_objective
from scorecards.views.deleting import delete_page
from scorecards.views.pages import back_to, page_url, posted, show


def objective_create(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk, role=Role.EDITOR)
    perspective = chosen(scorecard.perspectives, request.GET.get("perspective"))
    strategy = scorecard.strategy
    mission = chosen(strategy.missions, request.GET.get("mission")) if strategy else None
    form = ObjectiveForm(
        posted(request),
        instance=Objective(scorecard=scorecard),
        initial={"perspective": perspective, "missions": [mission] if mission else []},
    )
    return _edit_page(request, form)


def objective_edit(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    objective = get_objective(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    form = ObjectiveForm(posted(request), instance=objective)
    return _edit_page(request, form)


def _edit_page(request: HttpRequest, form: ObjectiveForm) -> HttpResponse:
    if form.is_bound and form.save_if_valid(by=request.user):
        saved = form.instance
        said = _("%(name)s is saved.") % {"name": saved}
        anchor = f"objective-{saved.pk}"
        response = back_to(request, "scorecard", form.scorecard, said=said, anchor=anchor)
        if "another" in request.POST:
            url = page_url("objective-create", form.scorecard)
            return HttpResponseRedirect(f"{url}?perspective={saved.perspective_id}")
        return response
    return show(request, "objective_form", form.scorecard, form=form)


def objective_delete(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    objective = get_objective(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    return delete_page(request, objective.scorecard, objective)


@require_POST
def objective_move(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    objective = get_objective(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    move_objective(objective=objective, up=request.POST.get("direction") == "up")
    anchor = f"objective-{objective.pk}"
    return back_to(request, "scorecard", objective.scorecard, anchor=anchor)
