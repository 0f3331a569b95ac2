"""A KPI's formula, with the names that the KPI has for its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from organizations import figures
from scorecards.methods.errors import MethodError, Words
from scorecards.methods.formulas import FORMULAS, Formula, Input, Taking
from scorecards.models import KPI, Measurement
from scorecards.numbers import LARGEST, MOST_DECIMALS
from scorecards.units import counted_part, unit_of

DIRECT = "direct-value"
COMPUTED_DECIMALS = 2

# Numbers that an organization has one of: they mean the same wherever a formula asks for them.
# What an effort cost, or how many answered a questionnaire, is another number for each KPI.
OF_THE_ORGANIZATION = frozenset(
    {"opening", "closing", "gained", "lost", "prospects"}
    | {"profit", "sales", "assets", "own", "market"}
)


def asks_inputs(kpi: KPI) -> bool:
    """Whether the KPI's value is computed from other numbers."""
    return kpi.formula in FORMULAS and kpi.formula != DIRECT


def formula_of(kpi: KPI) -> Formula:
    """The KPI's formula; a value as entered where it has none."""
    key = kpi.formula if asks_inputs(kpi) else DIRECT
    return FORMULAS[key].named(kpi.input_names)


def compute_value(kpi: KPI, inputs: Mapping[str, Decimal]) -> Decimal | None:
    """The value as it is stored; None while an input is missing. Raises MethodError."""
    formula = formula_of(kpi)
    if any(inputs.get(one.key) is None for one in formula.inputs):
        return None
    result = figures.as_decimal(formula.compute(inputs))
    value = figures.rounded(result, MOST_DECIMALS) if result is not None else None
    if value is None or abs(value) > LARGEST:
        raise MethodError(
            "result-not-finite",
            "The result is too large to be shown. Check: %(inputs)s.",
            inputs=Words(one.title for one in formula.inputs),
        )
    return value


def input_unit(kpi: KPI, one: Input) -> str:
    """The hint beside an input, to be translated; only a mean or an amount has the KPI's own."""
    formula = formula_of(kpi)
    if one.unit or formula.unit or one.key != formula.inputs[0].key:
        return one.unit
    if one.taking is Taking.MEAN:
        return kpi.unit
    # The total behind "rupiah per anggota" is in rupiah.
    return counted_part(kpi.unit) if unit_of(kpi.unit).takes_currency else ""


def shared_name(kpi: KPI, one: Input) -> tuple[str, str, str] | None:
    """What an input is known by in the whole scorecard; None for a number of this KPI alone.

    Two KPIs ask for the same number if both call it the same, or if their formulas ask for the
    same thing of the organization.
    """
    is_named = bool(kpi.input_names.get(one.key))
    if not is_named and not (one.unit and one.key in OF_THE_ORGANIZATION):
        return None
    return " ".join(one.title.casefold().split()), one.unit, one.taking.value


def stored_inputs(measurement: Measurement | None) -> dict[str, Decimal]:
    """The numbers that a measurement was computed from."""
    if measurement is None:
        return {}
    return {key: Decimal(text) for key, text in measurement.inputs.items()}


def shown_value(value: Decimal | None, decimals: int, *, is_computed: bool) -> Decimal | None:
    """A computed value with no more decimals than say something; a typed one as it was typed."""
    if value is None or not is_computed:
        return value
    return figures.rounded(value, max(decimals, COMPUTED_DECIMALS))


@dataclass(frozen=True)
class FormulaView:
    """A KPI's formula in words, with the names that the KPI has for its numbers."""

    title: str
    explanation: str
    sentence: str


def formula_view(kpi: KPI) -> FormulaView | None:
    """None for a value that is entered as it is."""
    if not asks_inputs(kpi):
        return None
    formula = formula_of(kpi)
    sentence = formula.sentence({}).render(_)
    return FormulaView(_(formula.title), _(formula.explanation), sentence)
