"""What an officer should know before a screening is applied, as data and in words.

The notes are kept with what was applied (`ScreeningOutcome.figures["said"]`), experts by code.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.names import named
from scorecards.models import KPI
from scorecards.selectors.answers_said import SENTENCES as OF_ANSWERS
from scorecards.selectors.answers_said import marks_said
from scorecards.selectors.weights_said import Names, SaidLine, experts_named
from surveys.models import Survey
from surveys.selectors.adoption_notes import Note, note_of_sending
from surveys.selectors.answer_marks import mark_notes
from surveys.selectors.plan import MOST_ELEMENTS
from surveys.selectors.screening_model import ScreeningResults

if TYPE_CHECKING:
    from surveys.selectors.screening_changes import StatusChange


def screening_notes(
    results: ScreeningResults, kpis: Iterable[KPI], changes: Sequence["StatusChange"]
) -> list[Note]:
    """``kpis``: all of the scorecard, as they are now; one query."""
    return [
        *_of_sending(results),
        *_of_raters(results),
        *mark_notes((expert.code, expert.marks) for expert in results.experts),
        *_of_unasked(results, kpis),
        *_of_what_is_left(kpis, changes),
    ]


def _of_sending(results: ScreeningResults) -> Iterator[Note]:
    survey = results.survey
    awaited = survey.invitations.filter(revoked_at=None, declined_at=None)
    unsent = awaited.exclude(response__submitted_at__isnull=False)
    waiting = list(unsent.order_by("pk").values_list("code", flat=True))
    yield from note_of_sending(survey, results.sent, results.expected, waiting)


def _of_raters(results: ScreeningResults) -> Iterator[Note]:
    if results.sent and results.cut.by == Survey.CutBy.VALIDITY and results.chance_limit is None:
        yield {"kind": "chance", "experts": results.sent}
    partly = [
        {"code": row.candidate.code, "raters": row.figures.raters}
        for row in results.rows
        if 0 < row.figures.raters < results.sent
    ]
    if partly:
        yield {"kind": "partly", "sent": results.sent, "candidates": partly}


def _of_unasked(results: ScreeningResults, kpis: Iterable[KPI]) -> Iterator[Note]:
    asked = {row.candidate.kpi_id for row in results.rows}
    unasked = [
        kpi.code for kpi in kpis if kpi.pk not in asked and kpi.status == KPI.Status.CANDIDATE
    ]
    if unasked:
        yield {"kind": "unasked", "codes": unasked}


def _of_what_is_left(kpis: Iterable[KPI], changes: Sequence["StatusChange"]) -> Iterator[Note]:
    """Of each perspective that changes: nothing, or more than experts compare well."""
    after = {change.kpi.pk: change.status for change in changes}
    touched = {change.kpi.objective.perspective_id for change in changes}
    names: dict[int, str] = {}
    left: Counter[int] = Counter()
    for kpi in kpis:
        perspective = kpi.objective.perspective
        names[perspective.pk] = perspective.name
        left[perspective.pk] += after.get(kpi.pk, kpi.status) == KPI.Status.ADOPTED
    for pk, name in names.items():
        if pk in touched and not left[pk]:
            yield {"kind": "empty", "name": name}
        elif pk in touched and left[pk] > MOST_ELEMENTS:
            yield {"kind": "many", "name": name, "kpis": left[pk]}


def note_lines(notes: Iterable[Note], names: Names) -> tuple[SaidLine, ...]:
    """The notes as sentences; ``names`` of experts by code, where they may be read.

    None: only how many experts they are.
    """
    return tuple(
        SaidLine(SENTENCES[note["kind"]](note, names), is_warning=True)
        for note in notes
        if note.get("kind") in SENTENCES
    )


def _open(note: Note, names: Names) -> str:
    counts = {"sent": note["sent"], "expected": note["expected"]}
    counts["names"] = experts_named(note["waiting"], names)
    if not note["waiting"]:
        return _("The questionnaire is still open. Ratings that come later don't count in this.")
    if note["is_open"]:
        return (
            _(
                "The questionnaire is still open, and ratings that come later don't count in "
                "this: %(sent)s of %(expected)s have sent, not yet: %(names)s."
            )
            % counts
        )
    return _("%(sent)s of %(expected)s experts have sent, not: %(names)s.") % counts


def _chance(note: Note, names: Names) -> str:
    return ngettext(
        "With %(n)s expert, any Aiken's V may be chance.",
        "With %(n)s experts, any Aiken's V may be chance.",
        note["experts"],
    ) % {"n": note["experts"]}


def _partly(note: Note, names: Names) -> str:
    rows = [f"{each['code']} ({each['raters']})" for each in note["candidates"]]
    return _("Not rated by all %(sent)s who sent, but by fewer (how many): %(names)s.") % {
        "sent": note["sent"],
        "names": named(rows),
    }


def _unasked(note: Note, names: Names) -> str:
    return ngettext(
        "%(n)s candidate KPI is not rated and stays a candidate: %(names)s.",
        "%(n)s candidate KPIs are not rated and stay candidates: %(names)s.",
        len(note["codes"]),
    ) % {"n": len(note["codes"]), "names": named(note["codes"])}


def _empty(note: Note, names: Names) -> str:
    return _("%(name)s is left without an adopted KPI, and so without weight.") % note


def _many(note: Note, names: Names) -> str:
    return (
        _(
            "%(name)s has %(kpis)s adopted KPIs afterwards: more than ten are too many to "
            "compare well."
        )
        % note
    )


SENTENCES: dict[str, Callable[[Note, Names], str]] = {
    "open": _open,
    "chance": _chance,
    "partly": _partly,
    "unasked": _unasked,
    "empty": _empty,
    "many": _many,
    **dict.fromkeys(OF_ANSWERS, marks_said),
}
