"""What was said before a questionnaire's weights were taken over, as it is kept with them.

One source of the words: the page that asks, and the weights' own page ever after.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import figures
from organizations.names import named, named_by_code
from scorecards.models import Scorecard, WeightSet
from scorecards.selectors.answers_said import SENTENCES as OF_ANSWERS
from scorecards.selectors.answers_said import marks_said
from scorecards.selectors.report.words import choice_name

# A note of ``particulars["said"]``: its "kind", and what the sentence needs.
Note = Mapping[str, Any]
# The experts by code; None where only how many they are may be read.
Names = Mapping[str, str] | None


@dataclass(frozen=True)
class SaidLine:
    text: str
    is_warning: bool


def said_lines(said: Iterable[Note], names: Names) -> tuple[SaidLine, ...]:
    """The notes as sentences; ``names`` of experts by code, where they may be read."""
    return tuple(
        # A name may end with a title, and so with the full stop of the sentence: "S.E., M.M."
        SaidLine(
            SENTENCES[note["kind"]](note, names).replace("..", "."), note["kind"] not in HARMLESS
        )
        for note in said
        # A set of a later version may say more than this one knows.
        if note.get("kind") in SENTENCES
    )


def kept_lines(weight_set: WeightSet | None, *, names_experts: bool = True) -> tuple[SaidLine, ...]:
    """What is kept with a set; for who may not read experts' own results, without them."""
    if weight_set is None:
        return ()
    kept = weight_set.particulars
    if not names_experts:
        return said_lines(kept.get("said", ()), None)
    names = {
        expert["code"]: expert["name"]
        for matrix in kept.get("matrices", ())
        for expert in matrix["experts"]
        if expert.get("name")
    }
    return said_lines(kept.get("said", ()), names)


def experts_named(codes: Sequence[str], names: Names) -> str:
    """The experts, or, ``names`` None, how many they are."""
    if names is None:
        return ngettext("%(n)s expert", "%(n)s experts", len(codes)) % {"n": len(codes)}
    return named_by_code(codes, names)


def _open(note: Note, names: Names) -> str:
    counts = {"sent": note["sent"], "expected": note["expected"]}
    if not note["waiting"]:
        return _("The questionnaire is open; all %(expected)s experts have sent.") % counts
    counts["names"] = experts_named(note["waiting"], names)
    if note["is_open"]:
        return (
            _("The questionnaire is open; %(sent)s of %(expected)s have sent, not yet: %(names)s.")
            % counts
        )
    return _("%(sent)s of %(expected)s experts have sent, not: %(names)s.") % counts


def _few(note: Note, names: Names) -> str:
    return ngettext(
        "%(part)s: the answers of %(n)s expert alone, too few to say how sure the weights are.",
        "%(part)s: the answers of %(n)s experts alone, too few to say how sure the weights are.",
        note["experts"],
    ) % {"part": _part(note), "n": note["experts"]}


def _printed(note: Note, names: Names) -> str:
    return _(
        "%(part)s: joined judgements of %(n)s experts, from a file (%(source)s). What each of them "
        "said is not known, so there is neither agreement nor interval."
    ) % {"part": _part(note), "n": note["experts"], "source": note["source"]}


def _group_over(note: Note, names: Names) -> str:
    return _(
        "%(part)s: the group contradicts itself more than its limit allows, CR %(cr)s, limit "
        "%(limit)s."
    ) % {
        "part": _part(note),
        "cr": figures.figure_beside(note["cr"], note["limit"]),
        "limit": _limit(note),
    }


def _limit(note: Note) -> str:
    """The limit of CR, and which random indices CR was measured by, where that was kept."""
    limit, table = figures.exactly(note["limit"], 2), note.get("random_index", "")
    return f"{limit} (RI: {choice_name(Scorecard.RandomIndex, table)})" if table else limit


def _experts_over(note: Note, names: Names) -> str:
    over = []
    for expert in note["experts"]:
        cr = figures.figure_beside(expert["cr"], note["limit"])
        over.append(f"{experts_named([expert['code']], names)} (CR {cr})")
    words = {
        "part": _part(note),
        "limit": _limit(note),
        "names": named(over)
        if names is not None
        else experts_named([expert["code"] for expert in note["experts"]], None),
    }
    if note["counts"]:
        return _("%(part)s: over the limit of %(limit)s, and counted: %(names)s.") % words
    return _("%(part)s: over the limit of %(limit)s, and not counted: %(names)s.") % words


def _weightless(note: Note, names: Names) -> str:
    return _("Sent, but with the expert weight 0, so it doesn't count: %(names)s.") % {
        "names": experts_named(note["codes"], names)
    }


def _skipped(note: Note, names: Names) -> str:
    return _("%(part)s: skipped by, or not asked of: %(names)s.") % {
        "part": _part(note),
        "names": experts_named(note["codes"], names),
    }


def _incomplete(note: Note, names: Names) -> str:
    return _("%(part)s: comparisons left out by: %(names)s.") % {
        "part": _part(note),
        "names": experts_named(note["codes"], names),
    }


def _missing(note: Note, names: Names) -> str:
    return ngettext(
        "%(part)s: %(n)s comparison that nobody answered; it is worked out from the others.",
        "%(part)s: %(n)s comparisons that nobody answered; they are worked out from the others.",
        note["pairs"],
    ) % {"part": _part(note), "n": note["pairs"]}


def _equal(note: Note, names: Names) -> str:
    return _(
        "Nobody compared the %(n)s KPIs of %(name)s: each gets 1/%(n)s (%(share)s) of the "
        "perspective's weight."
    ) % {
        "n": note["kpis"],
        "name": note["name"],
        "share": figures.percent(1 / note["kpis"]),
    }


def _perspectives_equal(note: Note, names: Names) -> str:
    return _(
        "Nobody compared the perspectives: each of the %(n)s gets 1/%(n)s (%(share)s) of the whole."
    ) % {"n": note["perspectives"], "share": figures.percent(1 / note["perspectives"])}


def _late(note: Note, names: Names) -> str:
    return _("Adopted, but not compared, so it gets no weight: %(names)s.") % {
        "names": named(note["names"])
    }


def _gone(note: Note, names: Names) -> str:
    return _("Compared, but no longer adopted, so its weight goes to the others: %(names)s.") % {
        "names": named(note["names"])
    }


def _lost(note: Note, names: Names) -> str:
    return _("Weighed until now, and equal from now on: %(names)s.") % {
        "names": named(note["names"])
    }


def _part(note: Note) -> str:
    return note["part"] or _("The perspectives against each other")


SENTENCES: dict[str, Callable[[Note, Names], str]] = {
    "open": _open,
    "few": _few,
    "printed": _printed,
    "group-over": _group_over,
    "experts-over": _experts_over,
    "weightless": _weightless,
    "skipped": _skipped,
    "incomplete": _incomplete,
    "missing": _missing,
    "equal": _equal,
    "perspectives-equal": _perspectives_equal,
    "late": _late,
    "gone": _gone,
    "lost": _lost,
    **dict.fromkeys(OF_ANSWERS, marks_said),
}
# What is as somebody chose, or changes little.
HARMLESS = frozenset({"weightless", "skipped", "incomplete"})
