"""The tables of a pairwise comparison."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from surveys.exports import research_words as words
from surveys.exports.research_columns import (
    answer_row,
    answer_variables,
    part_row,
    part_variables,
)
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
from surveys.models import Exemption
from surveys.selectors.research_data import ResearchData
from surveys.selectors.research_figures import ExpertFigures
from surveys.selectors.research_rows import Expert, Part


def pair_name(part: Part, row: int, column: int) -> str:
    """The variable of one pair, by part and places from 1: m1_2_5."""
    return f"m{part.number}_{row + 1}_{column + 1}"


def counts_name(part: Part) -> str:
    """The variable that says whether the group's matrix of a part holds an expert's answers."""
    return f"m{part.number}_counts"


def long_table(data: ResearchData) -> Table:
    def rows() -> Iterator[Row]:
        for each in data.answers:
            row, column = each.part.elements[each.row], each.part.elements[each.column]
            yield (
                *(each.expert.code, *part_row(each.part), each.place),
                *(pair_name(each.part, each.row, each.column), row.code, row.label),
                *(column.code, column.label, each.preferred, abs(each.signed), each.signed),
                *(each.ratio, each.seq, each.round, each.swapped, *answer_row(each)),
            )

    return Table(
        "answers_long",
        _("Answers, long"),
        (
            text("expert", _("expert's code")),
            *part_variables(),
            whole("place", _("place in this expert's order of the part, from 1")),
            text("pair", _("the pair's variable in the wide table")),
            text("row_code", _("first element: code")),
            text("row", _("first element")),
            text("column_code", _("second element: code")),
            text("column", _("second element")),
            text("preferred", _("which one is more important"), words.preferences()),
            whole("strength", _("how much, 1 to 9"), Measure.ORDINAL),
            _signed("judgement", _("judgement: above 1 for the first element, below 0 against it")),
            number("ratio", _("how many times as important the first element is")),
            whole("seq", _("sequence number of the answer; of a pair, the highest is the newest")),
            whole("round", _("1, or the round in which the expert was asked again")),
            flag("swapped", _("the second element stood first on the screen")),
            *answer_variables(words.standings()),
        ),
        rows,
        _("One row for each answer that was ever given, changed ones too."),
    )


def wide_table(data: ResearchData) -> Table:
    def rows() -> Iterator[Row]:
        found = {
            (each.expert.code, figures.part.number): each
            for figures in data.figures
            for each in figures.experts
        }
        for expert in data.experts:
            yield (
                *expert_row(data, expert),
                *(answer for part in data.parts for answer in _answers(data, expert, part)),
                *(
                    value
                    for part in data.parts
                    for value in _own(part, found.get((expert.code, part.number)), data)
                ),
            )

    return Table(
        "answers_wide",
        _("Answers, wide"),
        (
            *expert_variables(data),
            *(_pair(part, *pair) for part in data.parts for pair in part.pairs),
            *(variable for part in data.parts for variable in _own_variables(part)),
        ),
        rows,
        _("One row for each expert, one column for each pair: the answers in force."),
    )


def _answers(data: ResearchData, expert: Expert, part: Part) -> Iterator[int]:
    judged, missing = data.judged(expert, part), _missing(data, expert, part)
    return (judged.get(pair, missing) for pair in part.pairs)


def _own(part: Part, found: ExpertFigures | None, data: ResearchData) -> Row:
    """Whether an expert's answers count, his CR and weights: of those who sent their answers."""
    if found is None or found.measured.weights is None:
        return (found is not None and found.counts, *(None,) * (part.size + 1))
    return (found.counts, found.measured.cr, *found.measured.weights[data.rules.method])


def _own_variables(part: Part) -> Iterator[Variable]:
    about = {"part": words.part_title(part)}
    yield flag(counts_name(part), _("%(part)s: counts in the group's weights") % about)
    yield number(f"m{part.number}_cr", _("%(part)s: consistency ratio CR") % about)
    for place, element in enumerate(part.elements, start=1):
        about["element"] = f"{element.code} {element.label}"
        yield number(f"m{part.number}_w{place}", _("%(part)s: weight of %(element)s") % about)


def _pair(part: Part, row: int, column: int) -> Variable:
    first, second = part.elements[row], part.elements[column]
    label = _("%(part)s: %(first)s against %(second)s") % {
        "part": words.part_title(part),
        "first": f"{first.code} {first.label}",
        "second": f"{second.code} {second.label}",
    }
    return _signed(pair_name(part, row, column), label, has_missing=True)


def _signed(name: str, label: str, *, has_missing: bool = False) -> Variable:
    values = words.signed_judgements()
    return Variable(name, label, Kind.WHOLE, Measure.ORDINAL, values, has_missing)


def _missing(data: ResearchData, expert: Expert, part: Part) -> Missing:
    why = data.exempt.get((expert.code, part.number))
    if why is None:
        return Missing.NOT_ANSWERED
    return Missing.NOT_ASKED if why == Exemption.Origin.OFFICER else Missing.HANDED_BACK


def decision_table(data: ResearchData) -> Table:
    def rows() -> Iterator[Row]:
        for each in data.decisions:
            row, column = each.part.elements[each.row], each.part.elements[each.column]
            yield (
                *(each.expert.code, *part_row(each.part)),
                *(pair_name(each.part, each.row, each.column), row.code, column.code),
                *(each.judged, each.proposed, each.cr_before, each.cr_after),
                *(each.decision, each.round, each.decided_at),
            )

    return Table(
        "proposals",
        _("Proposals"),
        (
            text("expert", _("expert's code")),
            *part_variables(),
            text("pair", _("the pair's variable in the wide table")),
            text("row_code", _("first element: code")),
            text("column_code", _("second element: code")),
            number("judged", _("ratio that the expert had judged")),
            number("proposed", _("ratio that was proposed")),
            number("cr_before", _("CR before")),
            number("cr_after", _("CR that the proposal leads to")),
            text("decision", _("what the expert decided"), words.proposal_decisions()),
            whole("round", _("1, or the round in which the expert was asked again")),
            moment("decided_at", _("decided at")),
        ),
        rows,
        _("Changes that were proposed to lower an inconsistency, and what the expert decided."),
    )


def asking_table(data: ResearchData) -> Table:
    def rows() -> Iterator[Row]:
        for each in data.not_judged:
            yield (
                *(each.expert.code, *part_row(each.part), f"exempt_{each.origin}", None),
                *(each.reason, None, None, None),
            )
        for each in data.rounds:
            yield (
                *(each.expert.code, *part_row(each.part), "asked_again", each.number),
                *(each.message, each.asked_at, each.submitted_at, each.withdrawn_at),
            )

    what = {f"exempt_{origin}": label for origin, label in words.exemption_origins().items()}
    return Table(
        "asking",
        _("Who judged what"),
        (
            text("expert", _("expert's code")),
            *part_variables(),
            text("what", _("what happened"), {**what, "asked_again": _("asked again")}),
            whole("round", _("round")),
            text("words", _("reason, or the message to the expert")),
            moment("asked_at", _("asked at")),
            moment("submitted_at", _("sent at")),
            moment("withdrawn_at", _("taken back at")),
        ),
        rows,
        _("Parts that an expert doesn't judge, and parts that an expert was asked for again."),
    )
