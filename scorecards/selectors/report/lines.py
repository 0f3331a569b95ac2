"""A report's printed arithmetic, with the digits that make it true for whoever computes it again.

A result that the next line starts from has the digits that the next line needs, so that the
same number never looks like two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from organizations import figures
from organizations.arithmetic import Line, Shown, confirmed, line
from scorecards.selectors.report.explanation import Step, explain_level
from scorecards.selectors.report.model import KPIRow, PerspectiveRow, Settings

LEVEL_DECIMALS = 3
WEIGHT_DECIMALS = 3
VALUE_DECIMALS = 2
MOST_DECIMALS = 9
PRODUCT = "{level} × {weight}"


@dataclass(frozen=True)
class KPILines:
    """``value``: level × weight; ``share``: that times the perspective's weight."""

    value: Line
    share: Line


def kpi_lines(row: KPIRow, perspective: PerspectiveRow) -> KPILines | None:
    """From the level to the KPI's part of the index; None without a level."""
    if row.level is None:
        return None
    share = line(
        "{value} × {weight}",
        {
            "value": Shown(row.value, LEVEL_DECIMALS),
            "weight": Shown(perspective.effective_weight, WEIGHT_DECIMALS),
        },
        Shown(row.index_share, LEVEL_DECIMALS),
    )
    value = line(
        PRODUCT,
        {
            "level": Shown(row.level, row.level_decimals),
            "weight": Shown(row.effective_weight, WEIGHT_DECIMALS),
        },
        Shown(row.value, share["value"].decimals),
    )
    return KPILines(value, share)


def level_line(row: KPIRow, settings: Settings, decimals: int = LEVEL_DECIMALS) -> Line | None:
    """``3 + 7 × (12 − 10) ÷ (25 − 10) = 3,933``; None where nothing is computed."""
    explanation = explain_level(row, settings)
    if explanation.kind != "between" or explanation.step is None:
        return None
    step = explanation.step
    numbers = {"measured": row.measured, "low": step.low, "high": step.high}
    return line(
        level_pattern(step),
        {name: Shown(number, _whole(number, row.decimals)) for name, number in numbers.items()},
        Shown(row.level, max(LEVEL_DECIMALS, row.level_decimals, decimals)),
    )


def level_pattern(step: Step) -> str:
    start = f"{step.low_level} + " if step.low_level else ""
    rise = f"{step.rise} × " if step.rise != 1 else ""
    return f"{start}{rise}({{measured}} − {{low}}) ÷ ({{high}} − {{low}})"


def _whole(number: Decimal | float | None, decimals: int) -> int:
    """Those of the KPI and all that were entered; the decimals of a rung may have no end."""
    needed = figures.count_decimals(figures.as_decimal(number) or Decimal(0))
    return max(needed, decimals) if needed <= figures.MOST_DECIMALS else decimals


class Weighed(Protocol):
    """A KPI in a table of levels, weights and values."""

    @property
    def level(self) -> float | None: ...
    @property
    def effective_weight(self) -> float: ...
    @property
    def value(self) -> float | None: ...


def weighed_lines(
    kpis: Sequence[Weighed],
    score: Shown | None,
    *,
    level_decimals: Sequence[int],
    in_percent: bool = True,
) -> tuple[Line | None, ...]:
    """The rows of a table: level × weight = value, and the values add up to the score.

    All values have the same number of decimals, the least with which both are true.
    """
    least = [
        {
            "level": Shown(kpi.level, decimals),
            "weight": Shown(kpi.effective_weight, WEIGHT_DECIMALS, is_percent=in_percent),
        }
        for kpi, decimals in zip(kpis, level_decimals, strict=True)
    ]
    for decimals in range(VALUE_DECIMALS, MOST_DECIMALS + 1):
        values = [None if kpi.value is None else Shown(kpi.value, decimals) for kpi in kpis]
        if score is not None and not _adds_up(filter(None, values), score):
            continue
        lines = tuple(
            confirmed(PRODUCT, numbers, value) if value else None
            for numbers, value in zip(least, values, strict=True)
        )
        if all(found or not value for found, value in zip(lines, values, strict=True)):
            return lines
    return tuple(
        line(PRODUCT, numbers, Shown(kpi.value, VALUE_DECIMALS)) if kpi.value is not None else None
        for numbers, kpi in zip(least, kpis, strict=True)
    )


def _adds_up(values: Iterable[Shown], score: Shown) -> bool:
    total = sum((value.printed for value in values), Decimal(0))
    return figures.rounded(total, score.decimals) == score.printed


def perspective_lines(perspective: PerspectiveRow) -> tuple[tuple[KPIRow, Line | None], ...]:
    """Each KPI of a perspective with its row of the table."""
    rows = perspective.kpis
    score = None
    if perspective.score is not None:
        score = Shown(perspective.score, perspective.score_decimals)
    lines = weighed_lines(rows, score, level_decimals=[row.level_decimals for row in rows])
    return tuple(zip(rows, lines, strict=True))


def index_line(
    parts: Iterable[tuple[float | None, float, int]],
    index: float,
    decimals: int,
    *,
    weight_decimals: int = WEIGHT_DECIMALS,
) -> Line:
    """The index from each perspective's score, its weight and the score's decimals."""
    numbers: dict[str, Shown] = {}
    terms = []
    for place, (score, weight, least) in enumerate(parts):
        if score is None:
            continue
        numbers[f"score{place}"] = Shown(score, least)
        numbers[f"weight{place}"] = Shown(weight, weight_decimals)
        terms.append(f"{{score{place}}} × {{weight{place}}}")
    return line(" + ".join(terms), numbers, Shown(index, decimals))
