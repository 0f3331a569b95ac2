"""Columns that several tables share, each group of them beside what fills it."""

from django.utils.translation import gettext as _

from surveys.exports import research_words as words
from surveys.exports.research_table import Measure, Row, Variable, flag, moment, text, whole
from surveys.selectors.research_rows import Answer, Part
from surveys.selectors.research_screening import GivenRating


def part_variables() -> tuple[Variable, ...]:
    return (
        whole("part", _("number of the part"), Measure.NOMINAL),
        text("part_title", _("part")),
    )


def part_row(part: Part) -> Row:
    return (part.number, words.part_title(part))


def answer_variables(standings: words.Words) -> tuple[Variable, ...]:
    """How an answer came in, and what became of it."""
    return (
        text("origin", _("how the answer came in"), words.origins()),
        text("standing", _("what became of the answer"), standings),
        flag("counts", _("the expert sent the answers, and the link holds")),
        moment("answered_at", _("stored at")),
        moment("given_at", _("given at, by the expert's own device; empty where nobody knows")),
    )


def answer_row(answer: Answer | GivenRating) -> Row:
    return (
        answer.origin,
        answer.standing,
        answer.expert.counts,
        answer.answered_at,
        answer.given_at,
    )
