"""What the answers of a pairwise comparison amount to, as tables: weights and consistency."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from surveys.exports import research_words as words
from surveys.exports.research_columns import part_row, part_variables
from surveys.exports.research_table import Measure, Row, Table, flag, number, text, whole
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


def consistency_table(data: ResearchData) -> Table:
    def rows() -> Iterator[Row]:
        for figures in data.figures:
            part = figures.part
            if figures.measured:
                yield (
                    *(*part_row(part), "group", "", figures.counted, part.size, figures.answered),
                    *(*_measured(figures.measured), part.limit, figures.within_limit),
                    *(None, None, None, figures.agreement, figures.concordance),
                )
            for each in figures.experts:
                yield (
                    *(*part_row(part), "expert", each.expert.code, None, part.size, each.answered),
                    *(*_measured(each.measured), part.limit, each.within_limit),
                    *(each.distance, each.counts, each.expert.weight, None, None),
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
            number("lambda_max", _("largest eigenvalue")),
            number("ci", _("consistency index CI")),
            number("cr", _("consistency ratio CR")),
            number("gci", _("geometric consistency index GCI")),
            whole("triads", _("circular triads")),
            number("cr_limit", _("largest CR that is accepted for this size")),
            flag("within_limit", _("CR within the limit")),
            number("distance", _("distance to the group: 1 agrees, 2 is twice or half of it")),
            flag("counts", _("counts in the group's weights")),
            number("expert_weight", _("expert weight")),
            number("consensus", _("consensus S* among those who count")),
            number("kendall_w", _("Kendall's W among those who count")),
        ),
        rows,
        _("One row for the group and for each expert in every part."),
    )


def _measured(measured: Measured) -> Row:
    return (measured.lambda_max, measured.ci, measured.cr, measured.gci, measured.triads)
