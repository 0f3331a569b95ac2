from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations.models import Role
from scorecards.access import get_perspective, get_scorecard
from scorecards.forms.design import PerspectiveForm
from scorecards.models import Perspective
from scorecards.services.design import move_perspective
from scorecards.views.deleting import delete_page
from scorecards.views.pages import back_to, posted, show


def perspective_create(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk, role=Role.EDITOR)
    form = PerspectiveForm(posted(request), instance=Perspective(scorecard=scorecard))
    return _edit_page(request, form)


def perspective_edit(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    perspective = get_perspective(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    form = PerspectiveForm(posted(request), instance=perspective)
    return _edit_page(request, form)


def _edit_page(request: HttpRequest, form: PerspectiveForm) -> HttpResponse:
    if form.is_bound and form.save_if_valid(by=request.user):
        saved = form.instance
        said = _("%(name)s is saved.") % {"name": saved}
        anchor = f"perspective-{saved.pk}"
        return back_to(request, "scorecard", form.scorecard, said=said, anchor=anchor)
    return show(request, "perspective_form", form.scorecard, form=form)


def perspective_delete(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    perspective = get_perspective(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    return delete_page(request, perspective.scorecard, perspective)


@require_POST
def perspective_move(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    perspective = get_perspective(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    move_perspective(perspective=perspective, up=request.POST.get("direction") == "up")
    anchor = f"perspective-{perspective.pk}"
    return back_to(request, "scorecard", perspective.scorecard, anchor=anchor)
