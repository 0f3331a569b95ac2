from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import figures
from organizations.models import Role, delete_if_unchanged
from scorecards.access import get_initiative, get_scorecard
from scorecards.forms.design import DeleteForm
from scorecards.forms.initiatives import InitiativeForm, ProgressForm
from scorecards.forms.parts import chosen
from scorecards.models import Initiative
from scorecards.selectors import initiatives
from scorecards.views.pages import back_to, posted, show

TAB = "initiatives"


def initiative_list(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk)
    shown = request.GET.get("show", initiatives.ALL)
    page = initiatives.initiative_list(scorecard, timezone.localdate(), shown)
    return show(request, "initiative_list", scorecard, tab=TAB, page=page)


def initiative_create(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk, role=Role.EDITOR)
    about = chosen(scorecard.kpis, request.GET.get("kpi")) or chosen(
        scorecard.objectives, request.GET.get("objective")
    )
    draft = Initiative(scorecard=scorecard)
    return _edit_page(request, InitiativeForm(posted(request), instance=draft, about=about))


def initiative_edit(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    initiative = get_initiative(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    return _edit_page(request, InitiativeForm(posted(request), instance=initiative))


def _edit_page(request: HttpRequest, form: InitiativeForm) -> HttpResponse:
    if form.is_bound and form.save_if_valid(by=request.user):
        return _back_to_list(request, form.instance, said=_saved(form.instance))
    return show(request, "initiative_form", form.scorecard, tab=TAB, form=form)


def _saved(initiative: Initiative) -> str:
    """Read the money back: a zero too many is seen here or never."""
    if initiative.budget is None:
        return _("%(name)s is saved.") % {"name": initiative}
    return _("%(name)s is saved. Budget read as: %(budget)s.") % {
        "name": initiative,
        "budget": figures.rupiah(initiative.budget),
    }


def initiative_progress(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    initiative = get_initiative(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    form = ProgressForm(posted(request), instance=initiative)
    if form.is_bound and form.save_if_valid(by=request.user):
        said = _("%(name)s is now: %(status)s, %(progress)s.") % {
            "name": initiative,
            "status": initiative.get_status_display(),
            "progress": figures.with_percent_sign(str(initiative.progress)),
        }
        return _back_to_list(request, initiative, said=said)
    return show(
        request,
        "initiative_progress",
        initiative.scorecard,
        tab=TAB,
        form=form,
        initiative=initiative,
    )


def initiative_delete(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    initiative = get_initiative(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    scorecard = initiative.scorecard
    form = DeleteForm(posted(request), carries_data=False, initial={"version": initiative.version})
    if form.is_bound and form.is_valid():
        delete_if_unchanged(initiative, seen=form.cleaned_data["version"], by=request.user)
        said = _("%(name)s is deleted.") % {"name": initiative}
        return back_to(request, "initiative-list", scorecard, said=said)
    return show(
        request,
        "initiative_confirm_delete",
        scorecard,
        tab=TAB,
        form=form,
        initiative=initiative,
    )


def _back_to_list(request: HttpRequest, initiative: Initiative, *, said: str) -> HttpResponse:
    anchor = f"initiative-{initiative.pk}"
    return back_to(request, "initiative-list", initiative.scorecard, said=said, anchor=anchor)
