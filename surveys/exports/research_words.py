"""The words for what the codes in research files mean."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from scorecards.methods import ahp
from scorecards.models import Scorecard
from surveys import wording
from surveys.exports.research_table import Missing
from surveys.models import CandidateDecision, Exemption, Origin, ProposalDecision, Survey
from surveys.selectors.research_rows import IN_FORCE, REVISED, Part
from surveys.wording import POINTS, STRENGTHS

Words = dict[str | int, str]


def kinds() -> Words:
    return _choices(Survey.Kind)


def provenances() -> Words:
    return _choices(Survey.Provenance)


def origins() -> Words:
    return _choices(Origin)


def exemption_origins() -> Words:
    return _choices(Exemption.Origin)


def proposal_decisions() -> Words:
    return _choices(ProposalDecision.Decision)


def methods() -> Words:
    return {method: str(Scorecard.PriorityMethod(method).label) for method in ahp.METHODS}


def why_no_interval() -> Words:
    return {
        "printed": _("the judgements came joined, and each expert's own are not known"),
        "few": _("fewer than three experts"),
        "unconnected": _("without one of the experts the answers don't compare all elements"),
    }


def states() -> Words:
    return {
        "invited": _("invited"),
        "opened": pgettext("how far an expert is", "opened"),
        "started": _("begun"),
        "sent": _("sent"),
        "declined": _("declined"),
        "revoked": _("revoked"),
    }


def standings() -> Words:
    return {
        "in_force": _("in force"),
        "revised": _("changed later"),
        "withdrawn": _("of a round that was taken back"),
        "pending": _("of a round that isn't sent yet"),
        "exempt": _("of a part that the expert doesn't judge"),
    }


def rating_standings() -> Words:
    """Nobody is asked for a rating again, and everybody who is invited rates all candidates."""
    found = standings()
    return {IN_FORCE: found[IN_FORCE], REVISED: found[REVISED]}


def preferences() -> Words:
    return {
        "row": _("the first element"),
        "equal": _("equally important"),
        "column": _("the second element"),
    }


def signed_judgements() -> Words:
    """-9 to 9: for the second element, equal, for the first."""
    first = {n: _("first element %(n)d: %(words)s") for n in STRENGTHS}
    second = {n: _("second element %(n)d: %(words)s") for n in STRENGTHS}
    return {
        **{-n: second[n] % {"n": n, "words": STRENGTHS[n]} for n in sorted(second, reverse=True)},
        1: _("equally important"),
        **{n: first[n] % {"n": n, "words": STRENGTHS[n]} for n in sorted(first)},
    }


def points() -> Words:
    return {n: str(words) for n, words in POINTS.items()}


def verdicts() -> Words:
    return {"kept": _("kept"), "dropped": _("dropped"), "open": _("undecided")}


def grounds() -> Words:
    return {
        "hand": str(CandidateDecision._meta.verbose_name),
        "perspective": _("its perspective was dropped"),
        "rule": _("by the cut-off"),
        "unrated": _("nobody rated it"),
    }


def outcomes() -> Words:
    return {"added": _("added as a candidate"), "declined": _("not taken up"), "": _("undecided")}


def missing() -> Words:
    return {int(each): each.words for each in Missing}


def part_title(part: Part) -> str:
    return wording.part_title(part.title)


def yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _choices(choices: type) -> Words:
    return {value: str(label) for value, label in choices.choices}
