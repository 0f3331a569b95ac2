"""Cause-and-effect links; they are seen on the map."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import Role, delete_if_unchanged
from scorecards.access import get_cause_link, get_scorecard
from scorecards.forms.design import CauseLinkForm, CauseLinkReasonForm, DeleteForm
from scorecards.forms.parts import chosen
from scorecards.models import CauseLink
from scorecards.selectors.map import points_down
from scorecards.views.pages import back_to, posted, show

POINTS_DOWN = gettext_lazy(
    "This link points down: results stand on top of the map, and what stands below usually drives "
    "them. If cause and effect are exchanged, delete it and add it the other way round. If it is "
    "meant, it may stay."
)


def cause_link_create(request: HttpRequest, org: str, scorecard_pk: int) -> HttpResponse:
    scorecard = get_scorecard(request.user, org, scorecard_pk, role=Role.EDITOR)
    cause = chosen(scorecard.objectives, request.GET.get("cause"))
    form = CauseLinkForm(
        posted(request), instance=CauseLink(scorecard=scorecard), initial={"cause": cause}
    )
    if form.is_bound and form.save_if_valid(by=request.user):
        said = _("The link %(link)s is saved.") % {"link": form.instance}
        response = back_to(request, "map", scorecard, said=said, anchor="links")
        if points_down(form.instance):
            messages.warning(request, POINTS_DOWN)
        return response
    return show(request, "cause_link_form", scorecard, tab="map", form=form)


def cause_link_edit(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    link = get_cause_link(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    form = CauseLinkReasonForm(posted(request), instance=link)
    if form.is_bound and form.save_if_valid(by=request.user):
        said = _("The link %(link)s is saved.") % {"link": link}
        return back_to(request, "map", link.scorecard, said=said, anchor="links")
    return show(request, "cause_link_form", link.scorecard, tab="map", form=form, link=link)


def cause_link_delete(request: HttpRequest, org: str, scorecard_pk: int, pk: int) -> HttpResponse:
    link = get_cause_link(request.user, org, scorecard_pk, pk, role=Role.EDITOR)
    form = DeleteForm(posted(request), carries_data=False, initial={"version": link.version})
    if form.is_bound and form.is_valid():
        name = str(link)
        delete_if_unchanged(link, seen=form.cleaned_data["version"], by=request.user)
        said = _("%(name)s is deleted.") % {"name": name}
        return back_to(request, "map", link.scorecard, said=said, anchor="links")
    return show(
        request, "cause_link_confirm_delete", link.scorecard, tab="map", form=form, link=link
    )
