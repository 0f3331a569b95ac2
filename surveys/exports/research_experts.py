"""The experts' own columns, the same in every table that has a row for each of them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from surveys.exports import research_words as words
from surveys.exports.research_table import (
    Measure,
    Row,
    Table,
    Variable,
    flag,
    moment,
    number,
    text,
    whole,
)
from surveys.selectors.answer_marks import Kind
from surveys.selectors.research_data import ResearchData
from surveys.selectors.research_rows import Expert


def expert_variables(data: ResearchData) -> tuple[Variable, ...]:
    """Code, names where they were asked for, and how far the expert got."""
    names = (
        text("name", _("name")),
        text("position", _("position")),
        text("institution", _("institution")),
    )
    return (
        text("expert", _("expert's code")),
        *(names if data.has_names else ()),
        number("expert_weight", _("expert weight")),
        text("state", _("how far the expert is"), words.states()),
        text("origin", _("how the answers came in"), words.origins()),
        flag("counts", _("the expert sent the answers, and the link holds")),
        moment("started_at", _("begun at")),
        moment("submitted_at", _("sent at")),
        *mark_variables(),
    )


def expert_row(data: ResearchData, expert: Expert) -> Row:
    names = (expert.name, expert.position, expert.institution) if data.has_names else ()
    return (
        *(expert.code, *names, expert.weight, expert.state, expert.origin, expert.counts),
        *(expert.started_at, expert.submitted_at, *mark_row(data, expert)),
    )


def mark_variables() -> tuple[Variable, ...]:
    """What in the answers is worth asking about, a column for each kind."""
    return (
        flag("same_answer", _("the same answer throughout, in all parts or in one of them")),
        flag("all_nines", _("only 9, the end of the scale, in all parts or in one of them")),
        flag(
            "fast_answers",
            _("a part took under two seconds a question; 0 also where nobody knows when"),
        ),
        text("same_as", _("codes of other experts with the very same answers")),
    )


def mark_row(data: ResearchData, expert: Expert) -> Row:
    """Empty of answers that don't count: nobody has looked at them."""
    if not expert.counts:
        return (None, None, None, "")
    kinds = {mark.kind for mark in expert.marks}
    nines = None if data.is_screening else any(mark.is_extreme for mark in expert.marks)
    others = " ".join(code for mark in expert.marks for code in mark.codes)
    return (Kind.SAME in kinds, nines, Kind.FAST in kinds, others)


def expert_table(data: ResearchData) -> Table:
    def rows() -> Iterator[Row]:
        for each in data.experts:
            yield (
                *expert_row(data, each),
                *(each.invited_at, each.opened_at, each.consent, each.consented_at),
                *(each.declined_at, each.decline_reason, each.revoked_at),
                "; ".join(mark.text for mark in each.marks),
            )

    return Table(
        "experts",
        _("Experts"),
        (
            *expert_variables(data),
            moment("invited_at", _("invited at")),
            moment("opened_at", _("opened at")),
            whole("consent", _("number of the consent text, see the first sheet"), Measure.NOMINAL),
            moment("consented_at", _("agreed at")),
            moment("declined_at", _("declined at")),
            text("decline_reason", _("reason for declining")),
            moment("revoked_at", _("revoked at")),
            text("answers_note", _("what in the answers is worth asking about, in words")),
        ),
        rows,
        _("One row for each invited expert."),
    )
