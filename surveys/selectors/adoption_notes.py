"""What an officer should know before a questionnaire's weights are taken over, as plain data.

The notes are kept with the weights (`particulars["said"]`), experts by code alone;
`scorecards.selectors.weights_said` says them in words.
"""

from collections.abc import Iterator, Sequence
from math import isnan
from typing import Any

from scorecards.models import WeightSet
from surveys.models import Survey
from surveys.selectors.adoption import Adoption, is_weighed, replaced_groups
from surveys.selectors.answer_marks import answer_marks, mark_notes, marked_experts
from surveys.selectors.matrix_results import MatrixResult
from surveys.selectors.results import SurveyResults

# With fewer, no interval says how sure the weights are.
FEWEST_EXPERTS = 3

Note = dict[str, Any]


def adoption_notes(
    results: SurveyResults, adoption: Adoption, current: WeightSet | None
) -> list[Note]:
    """The most important first; five queries."""
    return [
        *_of_sending(results),
        *_of_equals(results),
        *_of_differences(results.survey, adoption, current),
        *(note for result in results.matrices for note in _of_part(result)),
        *_of_answers(results),
        *_of_weightless(results),
    ]


def _of_sending(results: SurveyResults) -> Iterator[Note]:
    sent = {expert.pk for expert in results.experts}
    waiting = [
        each.code
        for each in results.invitations
        if each.pk not in sent and each.revoked_at is None and each.declined_at is None
    ]
    yield from note_of_sending(results.survey, results.sent, results.expected, waiting)


def note_of_sending(
    survey: Survey, sent: int, expected: int, waiting: Sequence[str]
) -> Iterator[Note]:
    """Who may still send, or never did; nothing where a closed questionnaire has all answers."""
    is_open = survey.status == Survey.Status.OPEN
    if is_open or waiting:
        yield {
            "kind": "open",
            "is_open": is_open,
            "sent": sent,
            "expected": expected,
            "waiting": list(waiting),
        }


def _of_equals(results: SurveyResults) -> Iterator[Note]:
    groups = results.answers.groups
    compared = {result.matrix.perspective_id for result in results.matrices}
    for perspective, kpis in groups:
        if len(kpis) > 1 and perspective.pk not in compared and is_weighed(results, perspective):
            yield {"kind": "equal", "name": perspective.name, "kpis": len(kpis)}
    has_top = any(result.matrix.compares_perspectives for result in results.matrices)
    if not has_top and len(groups) > 1:
        yield {"kind": "perspectives-equal", "perspectives": len(groups)}


def _of_differences(
    survey: Survey, adoption: Adoption, current: WeightSet | None
) -> Iterator[Note]:
    lost = replaced_groups(survey, current)
    for kind, names in (("late", adoption.uncompared), ("gone", adoption.gone), ("lost", lost)):
        if names:
            yield {"kind": kind, "names": list(names)}


def _of_part(result: MatrixResult) -> Iterator[Note]:
    """Of a part that has weights; why it has none is said by its ``reason``."""
    if result.group is None:
        return
    part = {"part": result.matrix.title}
    measured = part | {"random_index": result.rules.random_index}
    if result.printed:
        joined = result.printed
        yield {"kind": "printed", **part, "experts": joined.experts, "source": joined.source}
    if result.group.experts < FEWEST_EXPERTS:
        yield {"kind": "few", **part, "experts": result.group.experts}
    if result.group.within_limit is False:
        yield {"kind": "group-over", **measured, "cr": result.group.cr, "limit": result.limit}
    yield from _of_experts_over(result, measured)
    missing = sum(isnan(value) for row in result.group.judgements for value in row) // 2
    if missing:
        yield {"kind": "missing", **part, "pairs": missing}
    skipped = [each.invitation.code for each in result.experts if each.exemption]
    if skipped:
        yield {"kind": "skipped", **part, "codes": skipped}
    incomplete = [
        each.invitation.code
        for each in result.experts
        if each.exemption is None and not each.is_complete
    ]
    if incomplete:
        yield {"kind": "incomplete", **part, "codes": incomplete}


def _of_experts_over(result: MatrixResult, part: Note) -> Iterator[Note]:
    over = [each for each in result.experts if each.within_limit is False]
    for counts in (True, False):
        experts = [
            {"code": each.invitation.code, "cr": each.cr}
            for each in over
            if each.counts == counts and each.expert_weight
        ]
        if experts:
            yield {
                "kind": "experts-over",
                **part,
                "limit": result.limit,
                "counts": counts,
                "experts": experts,
            }


def _of_answers(results: SurveyResults) -> Iterator[Note]:
    """What in the answers of those who weigh something is worth asking about."""
    marked = marked_experts(results.answers, answer_marks(results.answers, results.round))
    yield from mark_notes(
        (each.code, each.marks) for each in marked if results.expert_weights[each.pk]
    )


def _of_weightless(results: SurveyResults) -> Iterator[Note]:
    codes = [each.code for each in results.experts if not results.expert_weights[each.pk]]
    if codes:
        yield {"kind": "weightless", "codes": codes}
