"""The tables of a screening."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from surveys.exports import research_words as words
from surveys.exports.research_columns import answer_row, answer_variables
from surveys.exports.research_experts import expert_row, expert_variables
from surveys.exports.research_table import (
    Kind,
    Measure,
    Missing,
    Row,
    Table,
    Variable,
    flag,
    moment,
    number,
    text,
    whole,
)
from surveys.selectors.research_data import ResearchData
from surveys.selectors.research_screening import RatedCandidate, ScreeningData


def rating_name(candidate: RatedCandidate) -> str:
    """The variable of one candidate, by its number: c07."""
    return f"c{candidate.number:02d}"


def long_table(data: ResearchData, screening: ScreeningData) -> Table:
    def rows() -> Iterator[Row]:
        for each in screening.ratings:
            yield (
                *(each.expert.code, *_candidate_row(each.candidate)),
                *(each.points, each.remark, each.seq, *answer_row(each)),
            )

    return Table(
        "answers_long",
        _("Answers, long"),
        (
            text("expert", _("expert's code")),
            *_candidate_variables(),
            _rating("points", _("rating, 1 to 5")),
            text("remark", _("remark")),
            whole("seq", _("sequence number; of a candidate, the highest is the newest")),
            *answer_variables(words.rating_standings()),
        ),
        rows,
        _("One row for each rating that was ever given, changed ones too."),
    )


def wide_table(data: ResearchData, screening: ScreeningData) -> Table:
    def rows() -> Iterator[Row]:
        for expert in data.experts:
            given = [screening.in_force.get((expert.code, c.number)) for c in screening.candidates]
            yield (
                *expert_row(data, expert),
                *(each.points if each else Missing.NOT_ANSWERED for each in given),
                *(each.remark if each else "" for each in given),
            )

    return Table(
        "answers_wide",
        _("Answers, wide"),
        (
            *expert_variables(data),
            *(_rating(rating_name(c), _titled(c), has_missing=True) for c in screening.candidates),
            *(
                text(
                    f"{rating_name(c)}_remark",
                    _("Remark: %(candidate)s") % {"candidate": _titled(c)},
                )
                for c in screening.candidates
            ),
        ),
        rows,
        _("One row for each expert, one column for each candidate: the ratings in force."),
    )


def _titled(candidate: RatedCandidate) -> str:
    return f"{candidate.code} {candidate.label}"


def _rating(name: str, label: str, *, has_missing: bool = False) -> Variable:
    return Variable(name, label, Kind.WHOLE, Measure.ORDINAL, words.points(), has_missing)


def _candidate_variables() -> tuple[Variable, ...]:
    return (
        text("variable", _("the candidate's variable in the wide table")),
        text("candidate_code", _("candidate: code")),
        text("candidate", _("candidate")),
        text("perspective", _("perspective")),
        flag("is_perspective", _("the candidate is a perspective")),
    )


def _candidate_row(candidate: RatedCandidate) -> Row:
    return (
        *(rating_name(candidate), candidate.code, candidate.label),
        *(candidate.perspective, candidate.is_perspective),
    )


def candidate_table(screening: ScreeningData) -> Table:
    def rows() -> Iterator[Row]:
        for candidate, result in zip(screening.candidates, screening.results, strict=True):
            figures, interval = result.figures, result.figures.interval
            yield (
                *_candidate_row(candidate),
                *(figures.raters, figures.total, figures.mean, figures.validity),
                *(interval.low if interval else None, interval.high if interval else None),
                *(figures.p, figures.limit),
                *(str(result.verdict), str(result.ground), result.reason),
            )

    return Table(
        "candidates",
        _("Candidates"),
        (
            *_candidate_variables(),
            whole("raters", _("how many experts rated it")),
            whole("total", _("sum of the ratings")),
            number("mean", _("mean of the ratings")),
            number("validity", _("Aiken's V")),
            number("validity_low", _("lower end of the score interval of V (confidence 0.95)")),
            number("validity_high", _("upper end of the score interval of V (confidence 0.95)")),
            number("p", _("exact one-sided p of Aiken's V")),
            number("validity_limit", _("V that so many raters reach by chance in at most 5%")),
            text("verdict", _("kept or dropped"), words.verdicts()),
            text("ground", _("what the verdict rests on"), words.grounds()),
            text("reason", _("why")),
        ),
        rows,
        _("One row for each candidate, from the ratings that were sent."),
    )


def proposal_table(screening: ScreeningData) -> Table:
    def rows() -> Iterator[Row]:
        for each in screening.proposals:
            yield (
                *(each.expert.code, each.perspective, each.name, each.reason),
                *(each.outcome, each.created_at),
            )

    return Table(
        "proposed_kpis",
        _("Proposed KPIs"),
        (
            text("expert", _("expert's code")),
            text("perspective", _("perspective")),
            text("name", _("proposed KPI")),
            text("reason", _("why it is needed")),
            text("outcome", _("what came of it"), words.outcomes()),
            moment("created_at", _("proposed at")),
        ),
        rows,
        _("KPIs that experts missed among the candidates."),
    )
