"""The part of a KPI's form that chooses its formula, names its numbers and merges its periods.

Each formula brings fields of its own. All of them are on the page, so that it works without
JavaScript; the style sheet shows those of the formula that is chosen, and only they are read.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _

from scorecards.methods.formulas import (
    CUSTOMER_BASE,
    FINANCE,
    FORMULAS,
    GENERAL,
    GROWTH,
    Formula,
    Input,
    MergeRule,
)
from scorecards.numbers import UnitKind, unit_kind_of
from scorecards.selectors.kpi_formula import DIRECT

if TYPE_CHECKING:
    from scorecards.forms.kpis import KPIForm

LONGEST_NAME = 80


@dataclass(frozen=True)
class FormulaOption:
    """A formula with its radio button, its sentence and the fields that only it has."""

    formula: Formula
    radio: BoundWidget
    title: str
    explanation: str
    sentence: str
    unit: str
    rule: forms.BoundField | None
    names: tuple[forms.BoundField, ...]


@dataclass(frozen=True)
class FormulaGroup:
    title: str
    options: tuple[FormulaOption, ...]


def rule_field(formula: Formula) -> str:
    return f"rule_{formula.key}"


def name_field(formula: Formula, one: Input) -> str:
    return f"name_{formula.key}_{one.key}"


def add_formula_fields(form: "KPIForm") -> None:
    kpi = form.instance
    form.fields["formula"] = forms.ChoiceField(
        label=_("How the value is found"),
        choices=[("" if key == DIRECT else key, _(one.title)) for key, one in FORMULAS.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    for formula in FORMULAS.values():
        is_chosen = (kpi.formula or DIRECT) == formula.key
        if len(formula.merge_rules) > 1:
            field = _rule_field(formula)
            field.initial = kpi.merge_rule if is_chosen else ""
            form.fields[rule_field(formula)] = field
        for one in formula.inputs if formula.key != DIRECT else ():
            form.fields[name_field(formula, one)] = forms.CharField(
                label=_(one.title),
                max_length=LONGEST_NAME,
                required=False,
                initial=kpi.input_names.get(one.key, "") if is_chosen else "",
            )


def _rule_field(formula: Formula) -> forms.ChoiceField:
    """A value that is entered as it is isn't put together until somebody says how."""
    rules = [(rule.value, _(rule.words)) for rule in formula.merge_rules]
    if formula.key == DIRECT:
        rules.insert(0, ("", _("Each period stands for itself.")))
    return forms.ChoiceField(label=_("Several periods together"), choices=rules, required=False)


def formula_groups(form: "KPIForm") -> list[FormulaGroup]:
    """The formulas as the page lists them."""
    radios = {radio.data["value"] or DIRECT: radio for radio in form["formula"].subwidgets}
    groups = (
        (_("In general"), GENERAL),
        (_("Growth"), GROWTH),
        (_("Customers"), CUSTOMER_BASE),
        (_("Money"), FINANCE),
    )
    return [
        FormulaGroup(title, tuple(_option(form, one, radios[one.key]) for one in formulas))
        for title, formulas in groups
    ]


def _option(form: "KPIForm", formula: Formula, radio: BoundWidget) -> FormulaOption:
    names = [name_field(formula, one) for one in formula.inputs]
    is_direct = formula.key == DIRECT
    return FormulaOption(
        formula=formula,
        radio=radio,
        title=_(formula.title),
        explanation=_(formula.explanation),
        sentence="" if is_direct else formula.sentence({}).render(_),
        unit=_(formula.unit) if formula.unit else "",
        rule=form[rule_field(formula)] if rule_field(formula) in form.fields else None,
        names=tuple(form[name] for name in names if name in form.fields),
    )


def read_formula(form: "KPIForm", cleaned: dict[str, Any]) -> None:
    """Take over what was said about the chosen formula; other formulas' fields don't count."""
    if "formula" not in cleaned:
        return
    formula = FORMULAS[cleaned["formula"] or DIRECT]
    names = {one.key: cleaned.get(name_field(formula, one), "") for one in formula.inputs}
    form.instance.input_names = {key: name for key, name in names.items() if name}
    rule = cleaned.get(rule_field(formula), "")
    form.instance.merge_rule = rule
    _check_names(form, formula, names)
    _check_unit(form, formula, cleaned)
    is_percentage = unit_kind_of(cleaned.get("unit", "")) is UnitKind.PERCENT
    if rule == MergeRule.SUM and is_percentage:
        text = _("Percentages can't be added up. Choose another way, or a formula.")
        form.add_error(rule_field(formula), ValidationError(text, "percentages"))


def _check_names(form: "KPIForm", formula: Formula, names: dict[str, str]) -> None:
    """Two numbers with one name could not be told apart."""
    taken: set[str] = set()
    for one in formula.inputs:
        name = names[one.key].casefold()
        if name and name in taken:
            text = _("Another number of this KPI has this name. Choose a different one.")
            form.add_error(name_field(formula, one), ValidationError(text, "name-twice"))
        taken.add(name)


def _check_unit(form: "KPIForm", formula: Formula, cleaned: dict[str, Any]) -> None:
    """The formula's unit, unless the same is written another way."""
    if not formula.unit or "unit" not in cleaned:
        return
    unit = _(formula.unit)
    if not cleaned["unit"]:
        cleaned["unit"] = unit
    elif unit_kind_of(cleaned["unit"]) is not unit_kind_of(formula.unit):
        text = _("This formula gives %(unit)s. Write that, or leave it empty.")
        form.add_error("unit", ValidationError(text, "unit", {"unit": unit}))
