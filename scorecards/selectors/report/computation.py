"""How a measured value came about: the numbers that it was computed from, and in words."""

from django.utils.translation import gettext as _

from organizations import figures
from scorecards.methods.formula_sentences import Sentence
from scorecards.methods.formulas import FORMULAS
from scorecards.models import KPI, Measurement
from scorecards.selectors.kpi_formula import formula_of, input_unit, stored_inputs
from scorecards.selectors.report.model import InputRow, KPIRow


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
    return f"{said} = {figures.measure(row.shown, row.unit, row.decimals)}"


def input_title(title: str) -> str:
    """A formula's own name for a number, or unit, is translated; a KPI's is as it was typed."""
    return _(title) if title else ""
