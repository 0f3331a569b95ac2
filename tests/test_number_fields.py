"""Whatever takes a number that somebody types reads it with the one parser."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import FieldDoesNotExist

from scorecards.fields import NumberField
from scorecards.forms.targets import PASTED, TargetForm
from scorecards.models import Scorecard, Target
from scorecards.target_scale import COLUMNS
from tests import factories
from tests.source import APPS, python_files, shown, templates, tree

OTHER_FIELDS = (forms.IntegerField, forms.DecimalField, forms.FloatField)
# Chosen from a list, or written by the site itself.
NOT_TYPED = (forms.Select, forms.RadioSelect, forms.HiddenInput)
# A year is the name of a time: it has no thousands, no words and no currency.
YEARS = {"start_year", "end_year"}
# What a form's model brings and its __init__ replaces, once it knows the KPI's unit.
REPLACED = set(COLUMNS)
# Where such a field is made, and why: hidden ids and versions, and the years.
MADE_IN = {
    "organizations/forms/strategy.py": "years",
    "organizations/versioned_forms.py": "version",
    "scorecards/forms/design.py": "version",
    "scorecards/forms/entry.py": "version",
    "scorecards/forms/periods.py": "version",
    "scorecards/forms/weights.py": "the set that was seen",
    "surveys/forms/answering.py": "number of the answer",
    "surveys/forms/paper.py": "number of the answer",
    "surveys/forms/rating.py": "number of the answer",
}
# Boxes that a template draws itself; the form that reads them is tested by its name.
DRAWN = {
    "scorecards/_entry_number.html": "EntryForm",
    "scorecards/_entry_row.html": "EntryForm",
    "scorecards/target_form.html": "TryForm",
    "scorecards/target_plan_form.html": "number_field",
}


def _form_classes() -> list[type[forms.BaseForm]]:
    for app in APPS:
        package = importlib.import_module(app)
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            importlib.import_module(found.name)
    return [
        each
        for each in _below(forms.BaseForm)
        if each.__module__.split(".")[0] in APPS and hasattr(each, "base_fields")
    ]


def _below(parent: type) -> Iterator[type]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)


def test_every_number_of_every_form_is_read_by_the_one_parser():
    classes = _form_classes()
    assert len(classes) > 60
    fields = [
        (f"{each.__module__}.{each.__name__}.{name}", name, field)
        for each in classes
        for name, field in each.base_fields.items()
    ]
    assert any(isinstance(field, NumberField) for _, _, field in fields)
    wrong = {
        place
        for place, name, field in fields
        if isinstance(field, OTHER_FIELDS)
        and not isinstance(field.widget, NOT_TYPED)
        and name not in {*YEARS, "version", *REPLACED}
    }
    assert wrong == set()


@pytest.mark.django_db
@pytest.mark.parametrize("scoring", Scorecard.Scoring.values)
def test_every_value_of_a_target_is_read_by_the_one_parser(org, scoring):
    scorecard = factories.scorecard(org, scoring=scoring)
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)), unit="rupiah")
    fields = TargetForm(instance=Target(kpi=kpi)).fields
    others = {"version", "valid_from", "kind", PASTED}
    numbers = {name: field for name, field in fields.items() if name not in others}
    assert len(numbers) >= 4
    assert {type(field) for field in numbers.values()} == {NumberField}
    assert {field.unit for field in numbers.values()} == {"rupiah"}


def test_a_number_of_a_model_has_the_parser_in_its_form():
    """Where a form takes a text for a number, the model would read it in a way of its own."""
    wrong = [
        f"{each.__name__}.{name}"
        for each in _form_classes()
        if issubclass(each, forms.BaseModelForm) and each._meta.model
        for name, field in each.base_fields.items()
        if _is_number(each._meta.model, name) and type(field) is forms.CharField
    ]
    assert wrong == []


def _is_number(model: type, name: str) -> bool:
    try:
        made = model._meta.get_field(name).formfield()
    except (FieldDoesNotExist, AttributeError):
        return False
    return isinstance(made, OTHER_FIELDS)


def test_fields_made_while_running_are_no_others_either():
    """A field that a form's __init__ adds isn't among its class's."""
    names = {each.__name__ for each in OTHER_FIELDS}
    found = {
        shown(path)
        for app in APPS
        for path in python_files(app)
        if "/models/" not in str(path) and "/migrations/" not in str(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _called(node) in names and _owner(node) == "forms"
    }
    assert found == set(MADE_IN)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _owner(node: ast.Call) -> str:
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    return owner.id if isinstance(owner, ast.Name) else ""


def test_no_box_lets_the_browser_read_numbers():
    """type=number throws away what it can't read, and shows 1,5 or 1.5 as the phone likes it."""
    assert templates()
    assert [name for name, text in templates().items() if re.search(r"type=.?number", text)] == []
    drawn = {name for name, text in templates().items() if re.search(r"inputmode=.?deci", text)}
    assert drawn == set(DRAWN)


def test_forms_compute_no_number_from_a_text_themselves():
    """A form's int() and Decimal() are of ids, of versions and of numbers that were read."""
    wrong = [
        f"{shown(path)}:{node.lineno}"
        for app in APPS
        for path in python_files(f"{app}/forms") + python_files(f"{app}/views")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"int", "float", "Decimal"}
        and re.search(r"(POST|GET|data\b(?!\[))", ast.unparse(node))
        and "cleaned_data" not in ast.unparse(node)
    ]
    assert wrong == []


def test_a_unit_that_is_read_back_stays_text():
    """Help texts are printed as markup, and a unit is what somebody typed."""

    class Typed(forms.Form):
        value = NumberField(unit='"><img src=x>', help_text="Catatan <kecil>")

    [said] = re.findall(r"(?s)<div[^>]*helptext.*?</div>", str(Typed({"value": "1,5 juta"})))
    assert "<img" not in said
    assert "&lt;img src=x&gt;" in said
