from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations.models import Role
from scorecards.access import get_kpi, get_scorecard
from scorecards.forms.kpis import KPIForm, KPIStatusForm
from scorecards.forms.parts import chosen
from scorecards.models import KPI
from scorecards.selectors.initiatives import initiatives_around
from scorecards.selectors.kpi_formula import formula_view
from scorecards.selectors.merged import year_so_far
from scorecards.selectors.targets import kpi_page
from scorecards.services.design import move_kpi
from scorecards.views.deleting import delete_page
from scorecards.views.pages import back_to, page_url, posted, show


def kpi(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    kpi = get_kpi(request.user, org, scorecard_pk, pk)
    today = timezone.localdate()
    page = kpi_page(kpi, today)
    initiatives = initiatives_around(kpi, today)
    return show(
        request,
        "kpi",
        kpi.scorecard,
        kpi=kpi,
        page=page,
        initiatives=initiatives,
        formula=formula_view(kpi),
        year=year_so_far(kpi),
    )


def kpi_create(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk, role=Role.EDITOR)
    objective = chosen(scorecard.objectives, request.GET.get("objective"))
    form = KPIForm(
        posted(request), instance=KPI(scorecard=scorecard), initial={"objective": objective}
    )
    return _edit_page(request, form)


def kpi_edit(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    kpi = get_kpi(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    form = KPIForm(posted(request), instance=kpi)
    return _edit_page(request, form)


def _edit_page(request: HttpRequest, form: KPIForm) -> HttpResponse:
    if form.is_bound and form.save_if_valid(by=request.user):
        saved = form.instance
        said = _("%(name)s is saved.") % {"name": saved}
        if form.leaves_old_values:
            said += " " + _("Values that were entered before stay as they are.")
        response = back_to(request, "kpi", form.scorecard, saved.pk, said=said)
        if "another" in request.POST:
            url = page_url("kpi-create", form.scorecard)
            return HttpResponseRedirect(f"{url}?objective={saved.objective_id}")
        return response
    return show(request, "kpi_form", form.scorecard, form=form)


def kpi_status(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    kpi = get_kpi(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    asked = request.GET.get("status", "")
    initial = {"status": asked} if asked in KPI.Status.values else {}
    form = KPIStatusForm(posted(request), instance=kpi, initial=initial)
    if form.is_bound and form.save_if_valid(by=request.user):
        said = _("%(kpi)s is now: %(status)s.") % {
            "kpi": kpi.code,
            "status": kpi.get_status_display(),
        }
        return back_to(request, "kpi", kpi.scorecard, kpi.pk, said=said)
    return show(request, "kpi_status_form", kpi.scorecard, form=form, kpi=kpi)


def kpi_delete(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    kpi = get_kpi(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    return delete_page(request, kpi.scorecard, kpi)


@require_POST
def kpi_move(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    kpi = get_kpi(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    move_kpi(kpi=kpi, up=request.POST.get("direction") == "up")
    return back_to(request, "scorecard", kpi.scorecard, anchor=f"kpi-{kpi.pk}")
