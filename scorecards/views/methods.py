"""How everything is computed, for officers and for researchers. No row is read."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from scorecards.worked_examples import worked_examples


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str | Promise
    template: str


SECTIONS = (
    Section("pairs", _("Comparing in pairs"), "scorecards/methods/_pairs.html"),
    Section("weights", _("From comparisons to weights"), "scorecards/methods/_weights.html"),
    Section("consistency", _("Consistency"), "scorecards/methods/_consistency.html"),
    Section("group", _("Several experts"), "scorecards/methods/_group.html"),
    Section("ladder", _("From a value to a level"), "scorecards/methods/_ladder.html"),
    Section("likert", _("Scores from 1 to 5"), "scorecards/methods/_likert.html"),
    Section("light", _("The traffic light"), "scorecards/methods/_light.html"),
    Section("index", _("The index, and what lifts it"), "scorecards/methods/_index.html"),
    Section("missing", _("Missing values"), "scorecards/methods/_missing.html"),
    Section("sources", _("Sources"), "scorecards/methods/_sources.html"),
)


@login_not_required
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    context = {"sections": SECTIONS, "examples": worked_examples()}
    return render(request, "scorecards/methods.html", context)
