"""Choosing a KPI's formula, frequency and merge rule."""

from decimal import Decimal

import pytest
from django.utils.translation import gettext, override

from scorecards.models import KPI, Objective, Scorecard
from scorecards.services.measurements import record_measurement
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org, frequency="quarterly")


@pytest.fixture
def objective(scorecard) -> Objective:
    return factories.objective(factories.perspective(scorecard))


def valid(objective: Objective, **changes: object) -> dict[str, object]:
    return {
        "objective": objective.pk,
        "name": "Keluhan per pesanan",
        "decimals": "1",
        "status": "adopted",
    } | changes


@pytest.fixture
def save(objective, scorecard, edi, client_for):
    def post(**changes: object):
        return client_for(edi).post(page("kpi-create", scorecard), valid(objective, **changes))

    return post


def test_formula_with_the_names_of_its_numbers(save):
    response = save(
        formula="ratio",
        name_ratio_amount="Keluhan",
        name_ratio_base="",
        rule_ratio="last",
        frequency="yearly",
        basis="Lasem 2017",
    )
    kpi = KPI.objects.get()
    assert response.status_code == 302
    assert (kpi.formula, kpi.input_names, kpi.merge_rule) == (
        "ratio",
        {"amount": "Keluhan"},
        "last",
    )
    assert (kpi.frequency, kpi.basis) == ("yearly", "Lasem 2017")


def test_fields_of_other_formulas_do_not_count(save):
    save(formula="growth", name_ratio_amount="Keluhan", rule_ratio="last")
    kpi = KPI.objects.get()
    assert (kpi.input_names, kpi.merge_rule) == ({}, "")


@pytest.mark.parametrize(("formula", "unit"), [("ratio", "%"), ("clv", "rupiah"), ("", "")])
def test_unit_is_proposed_by_the_formula(save, formula, unit):
    save(formula=formula)
    assert KPI.objects.get().unit == unit


def test_unit_of_the_formula_may_be_written_otherwise(save):
    save(formula="ratio", unit="persen")
    assert KPI.objects.get().unit == "persen"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"formula": "ratio", "unit": "orang"}, "unit", "unit"),
        ({"formula": "magic"}, "formula", "invalid_choice"),
        ({"frequency": "monthly"}, "frequency", "invalid_choice"),
        ({"formula": "ratio", "rule_ratio": "sum"}, "rule_ratio", "invalid_choice"),
        ({"unit": "%", "rule_direct-value": "sum"}, "rule_direct-value", "percentages"),
        (
            {"formula": "ratio", "name_ratio_amount": "Nota", "name_ratio_base": "nota"},
            "name_ratio_base",
            "name-twice",
        ),
        ({"formula": "ratio", "name_ratio_base": "a" * 81}, "name_ratio_base", "max_length"),
    ],
)
def test_refused_at_the_field(save, changes, field, code):
    response = save(**changes)
    assert response.status_code == 422
    assert response.context["form"].has_error(field, code)
    assert response.context["form"].opens_more or field == "unit"
    assert not KPI.objects.exists()


def test_only_what_the_formula_allows_is_offered(objective, scorecard, edi, client_for):
    form = client_for(edi).get(page("kpi-create", scorecard)).context["form"]
    offered = {
        option.formula.key: [value for value, _ in option.rule.field.choices]
        for group in form.groups
        for option in group.options
        if option.rule
    }
    assert offered["direct-value"] == ["", "sum", "last"]
    assert offered["ratio"] == ["ratio_of_sums", "last"]
    assert "growth" not in offered
    assert [value for value, _ in form.fields["frequency"].choices] == [
        "",
        "half_yearly",
        "yearly",
    ]


def test_edit_shows_what_was_chosen(objective, scorecard, edi, client_for):
    kpi = factories.kpi(
        objective, formula="ratio", unit="%", merge_rule="last", input_names={"base": "Pesanan"}
    )
    form = client_for(edi).get(page("kpi-edit", scorecard, kpi.pk)).context["form"]
    assert form["name_ratio_base"].value() == "Pesanan"
    assert (form["rule_ratio"].value(), form["formula"].value()) == ("last", "ratio")
    assert form.opens_more


def test_usual_fields_come_first_and_the_rest_is_folded(objective, scorecard, edi, client_for):
    response = client_for(edi).get(page("kpi-create", scorecard))
    assert not response.context["form"].opens_more
    assert response.text.index('name="person_in_charge"') < response.text.index('name="formula"')


def test_new_formula_leaves_stored_values_and_says_so(objective, scorecard, edi, client_for):
    kpi = factories.kpi(objective, formula="ratio", unit="%", code="K")
    inputs = {"amount": Decimal(1), "base": Decimal(10)}
    measurement = record_measurement(
        kpi=kpi, period=factories.period(scorecard), inputs=inputs, by=edi
    )
    client = client_for(edi)
    assert client.get(page("kpi-edit", scorecard, kpi.pk)).context["form"].is_measured
    sent = valid(objective, code="K", version=kpi.version, formula="profit-margin", unit="%")
    response = client.post(page("kpi-edit", scorecard, kpi.pk), sent, follow=True)
    measurement.refresh_from_db()
    assert (measurement.value, measurement.formula) == (10, "ratio")
    assert measurement.inputs == {"amount": "1", "base": "10"}
    [message] = response.context["messages"]
    with override("id"):
        assert gettext("Values that were entered before stay as they are.") in str(message)


def test_conflict_names_both_formulas(objective, scorecard, edi, alice, client_for):
    kpi = factories.kpi(objective, code="K", unit="%", formula="ratio")
    sent = valid(objective, code="K", version=kpi.version, unit="%")
    url = page("kpi-edit", scorecard, kpi.pk)
    names = {"formula": "ratio", "name_ratio_base": "Pesanan"}
    client_for(edi).post(url, sent | names)
    response = client_for(alice).post(url, sent | {"formula": "growth"})
    assert response.status_code == 409
    assert "Pesanan" in response.text
    assert kpi.get_formula_display() in response.text
    assert "{&#x27;" not in response.text


def test_page_names_formula_and_frequency(objective, scorecard, edi, client_for):
    kpi = factories.kpi(
        objective,
        formula="ratio",
        input_names={"amount": "Keluhan", "base": "Pesanan"},
        frequency="yearly",
    )
    text = client_for(edi).get(page("kpi", scorecard, kpi.pk)).text
    assert "Keluhan / Pesanan × 100" in text
    assert kpi.get_frequency_display() in text
