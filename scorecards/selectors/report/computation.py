"""How a measured value came about: the numbers that it was computed from, and in words."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from organizations import figures
from organizations.arithmetic import ABOUT, EQUALS, evaluate
from scorecards.methods.errors import MethodError
from scorecards.methods.formula_sentences import Sentence
from scorecards.methods.formulas import FORMULAS, Formula
from scorecards.models import KPI, Measurement
from scorecards.numbers import UnitKind, unit_kind_of
from scorecards.selectors.kpi_formula import formula_of, input_unit, stored_inputs
from scorecards.selectors.report.model import InputRow, KPIRow

SEN = 2  # decimals of rupiah


def input_rows(kpi: KPI, measurement: Measurement) -> tuple[InputRow, ...]:
    """All that the formula asks for, if some of it was entered.

    The formula is the one that the numbers were entered for, and the KPI's names are those of
    its present one.
    """
    if not measurement.inputs or measurement.formula not in FORMULAS:
        return ()
    names_fit = measurement.formula == kpi.formula
    formula = formula_of(kpi) if names_fit else FORMULAS[measurement.formula]
    given = stored_inputs(measurement)
    return tuple(
        InputRow(
            key=one.key,
            title=one.title,
            unit=input_unit(kpi, one) if names_fit else one.unit,
            value=given.get(one.key),
        )
        for one in formula.inputs
    )


def value_formula(row: KPIRow) -> str:
    """``(52 − 10) ÷ 50 × 100 = 84 %``; without a value the names of what is missing stand there.

    Empty where nothing was computed, or by a formula that is no longer known.
    """
    if not row.inputs or row.formula not in FORMULAS:
        return ""
    titles = {each.key: each.title for each in row.inputs}
    numbers = {each.key: each.value for each in row.inputs}
    written = FORMULAS[row.formula].named(titles).sentence(numbers)
    said = Sentence(written.pieces, None, "").render(_, figures.trimmed)
    if row.shown is None:
        return said
    shown, sign = _confirmed(row, numbers)
    return f"{said} {sign} {figures.measure(shown, row.unit, row.decimals)}"


def _confirmed(row: KPIRow, numbers: dict[str, Decimal | None]) -> tuple[Decimal, str]:
    """The value with the decimals that are shown elsewhere, or with more if it was rounded twice:
    from 8.3349997 to 8.335, as it is stored, and from there to 8.34."""
    computed = _computed(FORMULAS[row.formula], numbers)
    if computed is not None and unit_kind_of(row.unit) is UnitKind.MONEY:
        # Smaller than a sen is never shown.
        return figures.rounded(computed, SEN), EQUALS
    stored, least = row.measured or Decimal(0), figures.count_decimals(row.shown or Decimal(0))
    for decimals in range(max(least, row.decimals), figures.MOST_DECIMALS + 1):
        value = figures.rounded(stored, decimals)
        if computed is not None and figures.rounded(computed, decimals) == value:
            return value, EQUALS
    return row.shown or stored, ABOUT


def _computed(formula: Formula, numbers: Mapping[str, Decimal | None]) -> Decimal | None:
    """What a calculator gives: to more digits than a float has, where the pattern is arithmetic."""
    given = {key: number for key, number in numbers.items() if number is not None}
    if len(given) < len(numbers):
        return None
    try:
        return evaluate(formula.pattern, given)
    except ValueError:  # a mean of so many answers, a sum over the years
        pass
    try:
        return figures.as_decimal(formula.compute(given))
    except MethodError:
        return None


def input_title(title: str) -> str:
    """A formula's own name for a number, or unit, is translated; a KPI's is as it was typed."""
    return _(title) if title else ""
