"""What is said of answers that are worth asking about: facts, and what they may mean.

Beside an expert on the pages of results, and in what is kept with a decision that rests on them.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import figures
from organizations.names import named, named_by_code

# "answers", "value", "seconds", "codes", "part" and "ratings"; in a note with its expert's "code".
Mark = Mapping[str, Any]
# A note of a decision: its "kind", and the marks of that kind as its "experts".
Note = Mapping[str, Any]


def fact(kind: str, mark: Mark) -> str:
    """What stands there, and of which part: nothing about why."""
    text = FACTS[kind](mark)
    part = mark["part"]
    if part is None:
        return text
    return f"{part or _('The perspectives against each other')}: {text}"


def meaning(kind: str) -> str:
    """What may lie behind it."""
    return {
        "answers-same": _("Meant so, or out of habit."),
        "answers-nines": _("Meant so, or how much wasn't weighed."),
        "answers-fast": _("Copied from notes, or not read to the end."),
        "answers-alike": _("Answered together, one from the other, or by chance."),
    }[kind]


def marks_said(note: Note, names: Mapping[str, str] | None) -> str:
    """A note in a sentence; for who may not read whose answers they are, ``names`` None."""
    of_expert: dict[str, list[str]] = {}
    for mark in note["experts"]:
        of_expert.setdefault(mark["code"], []).append(fact(note["kind"], mark))
    if names is None:
        count = len(of_expert)
        whose = ngettext("%(n)s expert", "%(n)s experts", count) % {"n": count}
    else:
        whose = named(
            [
                f"{named_by_code([code], names)} ({_listed(facts)})"
                for code, facts in of_expert.items()
            ]
        )
    return SENTENCES[note["kind"]]() % {"names": whose}


def _listed(facts: Iterable[str]) -> str:
    return "; ".join(facts)


def _same(mark: Mark) -> str:
    words = {"n": mark["answers"], "strength": abs(mark["value"])}
    if mark["ratings"]:
        return _("all %(n)s ratings are %(strength)s") % words
    if mark["value"] == 1:
        return _("all %(n)s comparisons “equally important”") % words
    if mark["value"] > 0:
        return _("in all %(n)s comparisons the first is %(strength)s times as important") % words
    return _("in all %(n)s comparisons the second is %(strength)s times as important") % words


def _nines(mark: Mark) -> str:
    return _("all %(n)s comparisons are 9, the end of the scale") % {"n": mark["answers"]}


def _fast(mark: Mark) -> str:
    # Rounded up: within so many seconds it was, whatever the tenths.
    words = {"n": mark["answers"], "seconds": figures.figure(math.ceil(mark["seconds"]))}
    if mark["ratings"]:
        return _("%(n)s ratings within %(seconds)s seconds") % words
    return _("%(n)s comparisons within %(seconds)s seconds") % words


def _alike(mark: Mark) -> str:
    words = {"n": mark["answers"], "names": named(mark["codes"])}
    if mark["ratings"]:
        return _("all %(n)s ratings as those of %(names)s") % words
    return _("all %(n)s comparisons as those of %(names)s") % words


FACTS: dict[str, Callable[[Mark], str]] = {
    "answers-same": _same,
    "answers-nines": _nines,
    "answers-fast": _fast,
    "answers-alike": _alike,
}
SENTENCES: dict[str, Callable[[], str]] = {
    "answers-same": lambda: _(
        "The same answer throughout, meant so or out of habit: %(names)s. Nobody is left out "
        "because of it."
    ),
    "answers-nines": lambda: _(
        "Only the end of the scale, meant so or not weighed: %(names)s. Nobody is left out because "
        "of it."
    ),
    "answers-fast": lambda: _(
        "Answered faster than the questions are read, perhaps from notes: %(names)s. Nobody is "
        "left out because of it."
    ),
    "answers-alike": lambda: _(
        "The same answers as another expert, perhaps given together: %(names)s. Nobody is left "
        "out because of it."
    ),
}
