"""Frameworks to start from, and the library of their KPIs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.models import Role
from scorecards.access import get_framework, get_scorecard
from scorecards.forms.library import AddForm, SearchForm, TakeForm, usual_status
from scorecards.library.catalog import frameworks
from scorecards.models import KPI
from scorecards.selectors.library import preview_framework, search_library
from scorecards.services.library import Taken, take_kpis, take_pick
from scorecards.views.pages import back_to, posted, show


def role_for(request: HttpRequest) -> Role:
    """Everybody of the organization may look; taking something changes the design."""
    return Role.EDITOR if request.method == "POST" else Role.READER


def framework_list(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk)
    return show(request, "library_frameworks", scorecard, frameworks=frameworks())


def framework(request: HttpRequest, org: str, scorecard_pk: int, key: str) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk, role=role_for(request))
    framework = get_framework(key)
    status = usual_status(scorecard, framework.usual_status)
    form = TakeForm(posted(request), framework=framework, initial={"status": status})
    if form.is_bound and form.is_valid():
        taken = take_pick(
            scorecard=scorecard,
            pick=form.pick,
            status=form.cleaned_data["status"],
            by=request.user,
        )
        tell(request, taken)
        return back_to(request, "scorecard", scorecard)
    preview = preview_framework(framework, scorecard)
    return show(request, "library_framework", scorecard, form=form, preview=preview)


def library(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk, role=role_for(request))
    search = SearchForm(request.GET)
    status = usual_status(scorecard, KPI.Status.ADOPTED)
    form = AddForm(posted(request), scorecard=scorecard, initial={"status": status})
    if form.is_bound and form.is_valid():
        objective = form.cleaned_data["objective"]
        objective.scorecard = scorecard
        taken = take_kpis(
            objective=objective,
            entries=form.entries,
            status=form.cleaned_data["status"],
            by=request.user,
        )
        tell(request, taken)
        return HttpResponseRedirect(request.get_full_path())
    found = search_library(scorecard, **search.filters)
    return show(request, "library", scorecard, form=form, search=search, found=found)


def tell(request: HttpRequest, taken: Taken) -> None:
    """Say what came, under which codes, and what did not come."""
    if taken.is_empty:
        messages.info(request, _("All of this is in the scorecard already. Nothing was added."))
        return
    messages.success(request, _("Added: %(parts)s.") % {"parts": ", ".join(_parts(taken))})
    if taken.recoded:
        codes = ", ".join(f"{wanted} → {given}" for wanted, given in taken.recoded)
        said = _("Some codes differ from the library's, to fit those that are there: %(codes)s.")
        messages.info(request, said % {"codes": codes})
    if taken.already_there:
        said = ngettext(
            "%(count)s KPI was in the scorecard already and was left as it is.",
            "%(count)s KPIs were in the scorecard already and were left as they are.",
            taken.already_there,
        )
        messages.info(request, said % {"count": taken.already_there})
    if taken.circular:
        codes = ", ".join(f"{cause} → {effect}" for cause, effect in taken.circular)
        said = _("These links were left out, because they would close a circle: %(links)s.")
        messages.warning(request, said % {"links": codes})


def _parts(taken: Taken) -> list[str]:
    if taken.kpis and not taken.objectives and len(taken.kpis) <= 5:
        return [str(kpi) for kpi in taken.kpis]
    counted = (
        (
            ngettext("%(count)s perspective", "%(count)s perspectives", len(taken.perspectives)),
            len(taken.perspectives),
        ),
        (
            ngettext("%(count)s objective", "%(count)s objectives", len(taken.objectives)),
            len(taken.objectives),
        ),
        (ngettext("%(count)s KPI", "%(count)s KPIs", len(taken.kpis)), len(taken.kpis)),
        (ngettext("%(count)s link", "%(count)s links", len(taken.links)), len(taken.links)),
    )
    return [words % {"count": count} for words, count in counted if count]
