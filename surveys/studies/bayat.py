"""Mauidzoh (2018): candidates, screening and weights for the natural-dye batik of Bayat."""

from fractions import Fraction
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organizations import arithmetic
from organizations.arithmetic import Line
from scorecards.methods import ahp
from scorecards.methods.matrices import FloatArray
from surveys.methods.screening import aiken_v
from surveys.studies.comparison import MORE_DECIMALS, Comparison, Shown
from surveys.studies.reasons import Reason
from surveys.studies.study import Part, Study, Table
from surveys.studies.words import Words, figure_lazy, figure_number, table_number
from surveys.study_data import study_data

WEIGHT_DECIMALS = 3
VALIDITY_DECIMALS = 2
# The order of the perspectives' own matrix (Table 2), and the table of each one's KPIs.
PERSPECTIVES = (
    ("CK", "Customer Knowledge", 3),
    ("CV", "Customer Value", 5),
    ("CI", "Customer Interaction", 4),
    ("CS", "Customer Satisfaction", 6),
)
METHOD_HEADINGS: tuple[Words, ...] = (_("Geometric mean of rows"), _("Column means"))


def bayat() -> Study:
    data = study_data("batik-bayat")
    return Study(
        id=data["id"],
        name=data["organization"]["name"],
        place=_("Bayat, Klaten regency, Central Java"),
        did=_(
            "Five respondents rate 26 candidates, 11 are kept and weighed in four perspectives "
            "by pairwise comparison with Expert Choice."
        ),
        citation=(
            f"Uyuunul Mauidzoh (2018). {data['title']['id']}. SENATIK 2018, Vol. IV, PeM-288–294."
        ),
        parts=(_screening(data), _perspectives(data), _global(data), *_local_parts(data)),
        remarks=(
            _(
                "Table 1 lists only the 11 candidates that were kept, and the paper names no "
                "cut-off."
            ),
            _(
                "The conclusion lists “Return on asset” where the tables have “Persentase "
                "kenaikan profit per tahun”."
            ),
            _("The conclusion repeats the weights of the perspectives; they are counted once."),
            _("The weights of the single KPIs stand in a picture that the text does not repeat."),
        ),
    )


def matrix_of(data: dict[str, Any], code: str) -> FloatArray:
    return ahp.from_upper([float(Fraction(value)) for value in data["pairwise"][code]["upper"]])


def _screening(data: dict[str, Any]) -> Part:
    rows = tuple(
        Comparison(
            number,
            total,
            float(sum(ratings)),
            name=name,
            reason=Reason.WRONG_TOTAL,
            others=(
                Shown(_sum(ratings)),
                Shown(aiken_v(ratings).v, VALIDITY_DECIMALS),
            ),
            more_decimals=0,
        )
        for number, name, ratings, total in data["screening"]["rows"]
    )
    return Part(
        key="table-1",
        source=table_number(1),
        title=_("Screening of the candidates"),
        blocks=(
            Table(title=_("Total score"), rows=rows, other_headings=(_("Ratings"), _("Aiken's V"))),
        ),
    )


def _sum(ratings: list[int]) -> Line:
    numbers = {f"rating{place}": arithmetic.Shown(one, 0) for place, one in enumerate(ratings)}
    return arithmetic.line(" + ".join(f"{{{name}}}" for name in numbers), numbers, 0)


def _perspectives(data: dict[str, Any]) -> Part:
    published = data["published"]
    matrix = matrix_of(data, "perspectives")
    labels = data["pairwise"]["perspectives"]["labels"]
    printed = [published["perspective_weights"][label] for label in labels]
    ratio = Comparison(
        "CR",
        published["inconsistency"],
        float(ahp.consistency(matrix).cr),
        published["decimals"]["inconsistency"],
    )
    return Part(
        key="figure-1",
        source=figure_number(1),
        title=_("Weights of the perspectives"),
        blocks=(
            _weights(labels, printed, matrix),
            Table(title=_("Consistency"), rows=(ratio,), note=_limit_note(matrix)),
        ),
    )


def _weights(labels: list[str], printed: list[float | None], matrix: FloatArray) -> Table:
    by_method = {method: ahp.priorities(matrix, method).tolist() for method in ahp.METHODS}
    rows = tuple(
        Comparison(
            label,
            printed[place],
            by_method["eigenvector"][place],
            WEIGHT_DECIMALS,
            others=(
                Shown(by_method["row_geometric_mean"][place], WEIGHT_DECIMALS),
                Shown(by_method["column_mean"][place], WEIGHT_DECIMALS),
            ),
        )
        for place, label in enumerate(labels)
    )
    return Table(
        title=_("Weights"),
        rows=rows,
        computed_heading=_("Eigenvector"),
        other_headings=METHOD_HEADINGS,
    )


def _limit_note(matrix: FloatArray) -> Words:
    limit = ahp.limit(len(matrix))
    if limit is None:
        return _("Two elements cannot contradict each other, so CR is undefined.")
    words = (
        _("Within the limit of {limit} for {size} elements. Random index: Saaty (1980).")
        if ahp.is_within_limit(float(ahp.consistency(matrix).cr), len(matrix))
        else _(
            "Over the limit of {limit} for {size} elements, which the Lasem paper uses; Saaty's "
            "own 0.10 would let it pass. Random index: Saaty (1980)."
        )
    )
    return format_lazy(words, limit=figure_lazy(limit, 2), size=len(matrix))


def global_priorities(data: dict[str, Any]) -> dict[str, float]:
    """Local weight times weight of the perspective, by KPI."""
    local = [ahp.priorities(matrix_of(data, code)).tolist() for code, _name, _table in PERSPECTIVES]
    parents = ahp.priorities(matrix_of(data, "perspectives")).tolist()
    labels = [data["pairwise"][code]["labels"] for code, _name, _table in PERSPECTIVES]
    return {
        label: weight
        for names, weights in zip(labels, ahp.global_weights(parents, local), strict=True)
        for label, weight in zip(names, weights, strict=True)
    }


def _global(data: dict[str, Any]) -> Part:
    priorities = global_priorities(data)
    falling = sorted(priorities, key=lambda label: -priorities[label])
    extremes = (
        Comparison(_("Highest"), data["published"]["global_highest"], falling[0]),
        Comparison(_("Lowest"), data["published"]["global_lowest"], falling[-1]),
    )
    lines = _global_lines(data)
    rows = tuple(
        Comparison(label, None, priorities[label], WEIGHT_DECIMALS, line=lines[label])
        for label in falling
    )
    return Part(
        key="figure-2",
        source=figure_number(2),
        title=_("Global priorities of the KPIs"),
        blocks=(
            Table(title=_("Highest and lowest"), rows=extremes),
            Table(title=_("Local weight × weight of the perspective"), rows=rows),
        ),
    )


def _global_lines(data: dict[str, Any]) -> dict[str, Line]:
    """How each KPI's global priority is computed."""
    parents = ahp.priorities(matrix_of(data, "perspectives")).tolist()
    return {
        label: arithmetic.line(
            "{local} × {above}",
            {
                "local": arithmetic.Shown(local, WEIGHT_DECIMALS),
                "above": arithmetic.Shown(above, WEIGHT_DECIMALS),
            },
            WEIGHT_DECIMALS + MORE_DECIMALS,
        )
        for above, (code, _name, _table) in zip(parents, PERSPECTIVES, strict=True)
        for label, local in zip(
            data["pairwise"][code]["labels"],
            ahp.priorities(matrix_of(data, code)).tolist(),
            strict=True,
        )
    }


def _local_parts(data: dict[str, Any]) -> tuple[Part, ...]:
    """Tables 3 to 6 print judgements only: their weights and CRs go beyond the paper."""
    parts = []
    for code, name, number in sorted(PERSPECTIVES, key=lambda row: row[2]):
        matrix, labels = matrix_of(data, code), data["pairwise"][code]["labels"]
        ratio = Comparison("CR", None, float(ahp.consistency(matrix).cr), 3)
        parts.append(
            Part(
                key=f"table-{number}",
                source=table_number(number),
                title=format_lazy(_("{perspective}: weights"), perspective=name),
                blocks=(
                    _weights(labels, [None] * len(labels), matrix),
                    Table(title=_("Consistency"), rows=(ratio,), note=_limit_note(matrix)),
                ),
            )
        )
    return tuple(parts)
