"""What was copied of an expert where figures are kept for good: it loses what says who he was.

Adopted weights, closed reports and applied screenings keep the figures that were decided by. The
expert stays in them as a code. Of one who deletes his answers, what shows the answers goes too.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from scorecards.models import Closing
from surveys.models import Invitation, ScreeningOutcome
from surveys.selectors.erasing import sets_of

# Of an expert in a part of an adopted set: what his answers could be computed from.
OWN_RESULTS = ("weights", "distance")


def strip_copies(invitation: Invitation, *, whole: bool) -> None:
    """Take the name out of every copy; ``whole``: what the answers themselves were too.

    The caller holds the scorecard, so that nothing is adopted or applied meanwhile.
    """
    moments = _strip_sets(invitation, whole=whole)
    if moments:
        _strip_reports(invitation, moments)
    if whole:
        _strip_outcomes(invitation)


def _strip_sets(invitation: Invitation, *, whole: bool) -> set[datetime]:
    """The moments of the sets that the questionnaire gave, by which reports name them."""
    gone = ("name", *OWN_RESULTS) if whole else ("name",)
    moments = set()
    for weight_set in sets_of(invitation.survey).select_for_update():
        moments.add(weight_set.created_at)
        for expert in _experts(weight_set.particulars, invitation.code):
            expert.update(dict.fromkeys(gone))
        weight_set.save(update_fields=["particulars"])
    return moments


def _strip_reports(invitation: Invitation, moments: set[datetime]) -> None:
    """Of reports that were reopened too: they are kept as they were frozen."""
    closings = Closing.objects.filter(period__scorecard=invitation.survey.scorecard_id)
    decided = closings.values_list("pk", "report__report__weights__decided_at").order_by("pk")
    ours = [pk for pk, at in decided if at and datetime.fromisoformat(at) in moments]
    for closing in closings.select_for_update(of=("self",)).filter(pk__in=ours).order_by("pk"):
        for expert in _experts(closing.report["report"]["weights"], invitation.code):
            expert["name"] = None
        closing.save(update_fields=["report"])


def _experts(kept: dict[str, Any], code: str) -> Iterator[dict[str, Any]]:
    for matrix in kept.get("matrices", ()):
        yield from (expert for expert in matrix["experts"] if expert["code"] == code)


def _strip_outcomes(invitation: Invitation) -> None:
    """His ratings, and their mean; what they amounted to together stays as it decided."""
    for outcome in ScreeningOutcome.objects.select_for_update().filter(survey=invitation.survey):
        codes = [expert["code"] for expert in outcome.figures["experts"]]
        if invitation.code not in codes:
            continue
        place = codes.index(invitation.code)
        outcome.figures["experts"][place]["mean"] = None
        for candidate in outcome.figures["candidates"]:
            candidate["points"][place] = None
        outcome.save(update_fields=["figures"])
