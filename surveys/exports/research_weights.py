"""What the answers of a pairwise comparison amount to, as tables: weights and consistency."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from scorecards.methods import ahp
from surveys.exports import research_words as words
from surveys.exports.research_columns import part_row, part_variables
from surveys.exports.research_table import Measure, Row, Table, flag, number, text, whole
from surveys.selectors.beside_chance import PanelAgreement
from surveys.selectors.research_data import ResearchData
from surveys.selectors.research_figures import Measured, PartFigures
from surveys.selectors.research_rows import Part


def weight_table(data: ResearchData) -> Table:
    def rows() -> Iterator[Row]:
        for figures in data.figures:
            yield from _weight_rows(figures, "group", "", figures.measured)
            if figures.priorities:
                yield from _weights(
                    figures.part, "group_aip", "", data.rules.method, figures.priorities
                )
            for each in figures.experts:
                yield from _weight_rows(figures, "expert", each.expert.code, each.measured)

    whose = {
        "group": _("the group's matrix (AIJ)"),
        "group_aip": _("the experts' weights joined (AIP)"),
        "expert": _("one expert"),
    }
    return Table(
        "weights",
        _("Weights"),
        (
            *part_variables(),
            text("whose", _("whose weight"), whose),
            text("expert", _("expert's code")),
            text("method", _("method"), words.methods()),
            text("element_code", _("element: code")),
            text("element", _("element")),
            number("weight", _("weight within its part")),
        ),
        rows,
        _("Every weight by all three methods, of those who sent their answers."),
    )


def _weight_rows(
    figures: PartFigures, whose: str, expert: str, measured: Measured | None
) -> Iterator[Row]:
    for method, weights in ((measured and measured.weights) or {}).items():
        yield from _weights(figures.part, whose, expert, method, weights)


def _weights(
    part: Part, whose: str, expert: str, method: str, weights: tuple[float, ...]
) -> Iterator[Row]:
    for element, weight in zip(part.elements, weights, strict=True):
        yield (*part_row(part), whose, expert, method, element.code, element.label, weight)


def global_table(data: ResearchData) -> Table:
    def rows() -> Iterator[Row]:
        for rank, each in enumerate(data.hierarchy, start=1):
            yield (
                *(rank, each.perspective, each.code, each.label, each.is_compared),
                *(each.local, each.overall, each.by_priorities),
            )

    return Table(
        "global_weights",
        _("Global weights"),
        (
            whole("rank", _("place, 1 is the largest weight"), Measure.ORDINAL),
            text("perspective", _("perspective")),
            text("kpi_code", _("KPI: code")),
            text("kpi", _("KPI")),
            flag("compared", _("the experts compared it; else it counts as the others there")),
            number("local_weight", _("weight within its perspective")),
            number("global_weight", _("weight of the whole, from the group's matrices (AIJ)")),
            number("global_weight_aip", _("the same from the experts' weights (AIP)")),
        ),
        rows,
        _("The KPIs by their weight of the whole, by the scorecard's method."),
    )


def interval_table(data: ResearchData) -> Table:
    parts = {part.number: part for part in data.parts}

    def rows() -> Iterator[Row]:
        for each in data.intervals:
            place = (None, "") if each.part is None else part_row(parts[each.part])
            yield (
                *(*place, each.code, each.label, each.weight),
                *(each.low, each.high, each.experts, each.why_not),
            )

    return Table(
        "intervals",
        _("Intervals"),
        (
            whole("part", _("number of the part; empty of global weights"), Measure.NOMINAL),
            text("part_title", _("part")),
            text("element_code", _("element: code")),
            text("element", _("element")),
            number("weight", _("weight of the group, by the scorecard's method")),
            number("low", _("lower end of the interval (jackknife-t, confidence 0.90)")),
            number("high", _("upper end of the interval (jackknife-t, confidence 0.90)")),
            whole("experts", _("how many experts the interval rests on")),
            text("why_none", _("why there is no interval"), words.why_no_interval()),
        ),
        rows,
        _("Where the weights lie that all experts of this kind would give."),
    )


def consistency_table(data: ResearchData) -> Table:
    def ri(part: Part) -> float | None:
        return ahp.random_index_of(part.size, data.rules.random_index)

    def rows() -> Iterator[Row]:
        for figures in data.figures:
            part = figures.part
            if figures.measured:
                yield (
                    *(*part_row(part), "group", "", figures.counted, part.size, figures.answered),
                    *(
                        *_measured(figures.measured, part, ri(part)),
                        part.limit,
                        figures.within_limit,
                    ),
                    *(None, None, None, *_agreement(figures.beside_chance)),
                )
            for each in figures.experts:
                yield (
                    *(*part_row(part), "expert", each.expert.code, None, part.size, each.answered),
                    *(*_measured(each.measured, part, ri(part)), part.limit, each.within_limit),
                    *(each.distance, each.counts, each.expert.weight, *_agreement(None)),
                )

    return Table(
        "consistency",
        _("Consistency"),
        (
            *part_variables(),
            text("whose", _("whose matrix"), {"group": _("the group"), "expert": _("one expert")}),
            text("expert", _("expert's code")),
            whole("experts", _("how many experts count")),
            whole("elements", _("number of elements")),
            whole("answered", _("answered pairs")),
            number("lambda_max", _("lambda max: mean of (A w)_i / w_i at the weights in use")),
            number("ci", _("consistency index CI = (lambda max - n) / (n - 1)")),
            number("ri", _("random index RI for this number of elements")),
            number("cr", _("consistency ratio CR = CI / RI, at the weights in use")),
            number("gci", _("geometric consistency index GCI, at the row geometric means")),
            number("gci_limit", _("GCI that answers to a CR of 0.10")),
            whole("triads", _("circular triads")),
            number("cr_limit", _("largest CR that is accepted for this size")),
            flag("within_limit", _("CR within the limit")),
            number("distance", _("distance to the group: 1 agrees, 2 is twice or half of it")),
            flag("counts", _("counts in the group's weights")),
            number("expert_weight", _("expert weight")),
            number("consensus", _("consensus S* among those who count")),
            number("consensus_chance", _("S* of a random panel of this size, on average")),
            number("consensus_chance_95", _("S* that 95 of 100 random panels don't exceed")),
            number("consensus_p", _("how often random panels reach this S*")),
            number("kendall_w", _("Kendall's W among those who count")),
            number("kendall_w_chance", _("W of a random panel of this size, on average")),
            number("kendall_w_chance_95", _("W that 95 of 100 random panels don't exceed")),
            number("kendall_w_p", _("how likely unrelated rankings reach this W")),
        ),
        rows,
        _("One row for the group and for each expert in every part."),
    )


def _agreement(found: PanelAgreement | None) -> Row:
    measures = (found.consensus, found.concordance) if found else (None, None)
    columns = (
        (each.value, each.mean, each.high, each.p) if each else (None,) * 4 for each in measures
    )
    return tuple(chain.from_iterable(columns))


def _measured(measured: Measured, part: Part, ri: float | None) -> Row:
    return (
        *(measured.lambda_max, measured.ci, ri, measured.cr),
        *(measured.gci, ahp.gci_limit(part.size), measured.triads),
    )


def joined_table(data: ResearchData) -> Table:
    def rows() -> Iterator[Row]:
        for part in data.parts:
            if part.joined is None:
                continue
            for (i, j), value in zip(part.pairs, part.joined.ratios, strict=True):
                row, column = part.elements[i], part.elements[j]
                yield (
                    *(*part_row(part), row.code, row.label, column.code, column.label, value),
                    *(part.joined.experts, part.joined.source, part.joined.file_name),
                )

    return Table(
        "group_matrices",
        _("Group matrices from files"),
        (
            *part_variables(),
            text("row_code", _("first element: code")),
            text("row", _("first element")),
            text("column_code", _("second element: code")),
            text("column", _("second element")),
            number("ratio", _("how many times as important the first element is")),
            whole("experts", _("how many experts the matrix joins")),
            text("source", _("where it is printed")),
            text("file", _("file")),
        ),
        rows,
        _("Judgements that came joined by geometric mean: nobody's own answers are known."),
    )
