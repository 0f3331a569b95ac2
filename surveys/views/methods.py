"""How everything is computed, for officers and for researchers. No row is read.

It stands here because it explains experts' questionnaires as well as reports.
"""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from scorecards.comparison_example import comparison_example
from scorecards.sources.table import in_order
from scorecards.states import WITHOUT_LIGHT
from scorecards.worked_examples import worked_examples
from surveys.citing import citations
from surveys.method_figures import method_figures


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str | Promise
    template: str


@dataclass(frozen=True)
class Chapter:
    """Sections that stand together in the list of contents."""

    title: str | Promise
    sections: tuple[Section, ...]


WEIGHTS = Chapter(
    _("Weights from experts"),
    (
        Section("pairs", _("Comparing in pairs"), "scorecards/methods/_pairs.html"),
        Section("weights", _("From comparisons to weights"), "scorecards/methods/_weights.html"),
        Section("missing-pairs", _("Missing pairs"), "surveys/methods/_missing_pairs.html"),
        Section("consistency", _("Consistency"), "scorecards/methods/_consistency.html"),
        Section("random-index", _("Random index (RI)"), "surveys/methods/_random_index.html"),
        Section("gci", _("Geometric consistency index (GCI)"), "surveys/methods/_gci.html"),
    ),
)
AGREEMENT = Chapter(
    _("Several experts"),
    (
        Section("group", _("Joining the experts' answers"), "scorecards/methods/_group.html"),
        Section("who-counts", _("Who counts"), "surveys/methods/_who_counts.html"),
        Section("agreement", _("How far experts agree"), "surveys/methods/_agreement.html"),
        Section(
            "differences", _("Who judged otherwise than the group"), "surveys/methods/_far.html"
        ),
        Section("answer-quality", _("Answers to ask about"), "surveys/methods/_quality.html"),
        Section("intervals", _("How sure the weights are"), "surveys/methods/_intervals.html"),
        Section("sensitivity", _("Sensitivity"), "surveys/methods/_sensitivity.html"),
    ),
)
SCREENING = Chapter(
    _("Screening of KPIs"),
    (
        Section("screening", _("Sum, mean and cut-off"), "surveys/methods/_screening.html"),
        Section("aiken", _("Aiken's V"), "surveys/methods/_aiken.html"),
        Section("cvr", _("Content validity ratio (CVR)"), "surveys/methods/_cvr.html"),
    ),
)
REPORT = Chapter(
    pgettext_lazy("chapter of the methods page", "From values to the report"),
    (
        Section("scorecard", _("The scorecard and its KPIs"), "surveys/methods/_scorecard.html"),
        Section("ladder", _("From a value to a level"), "scorecards/methods/_ladder.html"),
        Section("target-kinds", _("Kinds of targets"), "surveys/methods/_target_kinds.html"),
        Section("likert", _("Scores from 1 to 5"), "scorecards/methods/_likert.html"),
        Section("light", _("Red, amber, green"), "scorecards/methods/_light.html"),
        Section("index", _("The index, and what raises it"), "scorecards/methods/_index.html"),
        Section("missing", _("Missing values"), "scorecards/methods/_missing.html"),
        Section("comparison", _("Comparing two periods"), "scorecards/methods/_comparison.html"),
    ),
)
REFERENCES = Chapter(
    _("References"),
    (
        Section("cite", _("How to cite"), "surveys/methods/_cite.html"),
        Section("sources", _("Sources"), "surveys/methods/_sources.html"),
    ),
)
CHAPTERS = (WEIGHTS, AGREEMENT, SCREENING, REPORT, REFERENCES)
SECTIONS = tuple(section for chapter in CHAPTERS for section in chapter.sections)


@login_not_required
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    context = {
        "chapters": CHAPTERS,
        "examples": worked_examples(),
        "figures": method_figures(),
        "comparison": comparison_example(),
        "states_without_light": WITHOUT_LIGHT,
        "sources": in_order(),
        "citations": citations(reverse("surveys:methods")),
    }
    return render(request, "surveys/methods.html", context)
