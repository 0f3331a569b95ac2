"""Numbers as a hurried officer types them, on every page that takes one."""

from decimal import Decimal

import pytest
from django.urls import reverse

from scorecards.models import KPI, Initiative, Measurement, Target
from tests import factories
from tests.scorecards.pages import in_english, page

NBSP = "\u00a0"


@pytest.fixture
def objective(org):
    return factories.objective(factories.perspective(factories.scorecard(org)))


@pytest.fixture
def make(objective):
    def make_kpi(**values) -> KPI:
        kpi = factories.kpi(objective, **values)
        factories.target(kpi, worst=1, standard=2, goal=3)
        return kpi

    return make_kpi


@pytest.fixture
def entering(objective, edi, client_for):
    """The entry page of a period, in Indonesian."""
    period = factories.period(objective.scorecard)
    client = client_for(edi)
    url = reverse(
        "scorecards:entry",
        args=[objective.scorecard.organization.slug, period.scorecard_id, period.start],
    )

    def enter(kpi: KPI, **texts: str):
        prefix = f"kpi-{kpi.pk}"
        typed = {
            f"{prefix}-{name}".replace("input_", "input-"): text for name, text in texts.items()
        }
        sent = {f"{prefix}-version": "0", f"{prefix}-note": "Catatan", **typed}
        return client.post(url, sent, follow=True)

    return enter


@pytest.mark.parametrize(
    ("typed", "value", "said"),
    [
        ("900.000", 900_000, "900.000"),
        ("25.000", 25_000, "25.000"),
        ("Rp 900.000", 900_000, "900.000"),
        ("1,5 juta", 1_500_000, "1.500.000"),
        ("900rb", 900_000, "900.000"),
        ("2,5 M", 2_500_000_000, "2.500.000.000"),
        ("(2.400)", -2_400, "-2.400"),
    ],
)
@pytest.mark.parametrize("decimals", [0, 2])
def test_an_amount_is_read_and_read_back(typed, value, said, decimals, make, entering):
    response = entering(make(unit="rupiah", decimals=decimals), value=typed)
    assert response.status_code == 200
    assert Measurement.objects.get().value == value
    assert f"Terbaca: {said}{NBSP}rupiah" in response.content.decode()
    # What stands in the box is read as the same again.
    assert f'value="{said}"' in response.content.decode()


def test_an_amount_beside_millions_is_converted_and_read_back(make, entering):
    response = entering(make(unit="juta rupiah", decimals=1), value="Rp 1.500.000")
    assert Measurement.objects.get().value == Decimal("1.5")
    assert f"Terbaca: 1,5{NBSP}juta rupiah (Rp1.500.000)" in response.content.decode()


def test_thousands_of_people_need_no_question(make, entering):
    entering(make(unit="pelanggan baru", decimals=1), value="1.500")
    assert Measurement.objects.get().value == 1500


def test_a_percentage_is_asked_about(make, entering):
    response = entering(make(unit="%", decimals=1), value="1.500")
    assert response.status_code == 422
    assert "“1.500” dapat dibaca sebagai 1500 atau 1,5." in response.content.decode()
    assert not Measurement.objects.exists()


def test_the_numbers_of_a_formula_may_be_rupiah(make, entering):
    """Its result is a percentage; nobody is told that its numbers aren't rupiah."""
    response = entering(
        make(unit="%", formula="ratio"), input_amount="Rp 900.000", input_base="1,5 juta"
    )
    assert response.status_code == 200
    assert Measurement.objects.get().inputs == {"amount": "900000", "base": "1500000"}


def test_the_first_of_two_numbers_is_read_back_already(make, entering):
    kpi = make(unit="%", formula="roa")
    first = KPI.objects.get(pk=kpi.pk)
    response = entering(first, input_profit="1,5 juta", input_assets="")
    assert f"1.500.000{NBSP}rupiah" in response.content.decode()


@pytest.mark.parametrize("typed", ["500.000", "Rp 500.000", "500rb", "0,5 juta", "Rp500.000,-"])
def test_a_budget_is_read(typed, objective, edi, client_for):
    sent = {"about": f"objective-{objective.pk}", "name": "Brosur", "status": "planned"}
    sent |= {"progress": "0", "budget": typed}
    client = client_for(edi)
    response = client.post(page("initiative-create", objective.scorecard), sent, follow=True)
    initiative = Initiative.objects.get()
    assert initiative.budget == 500_000
    assert "Rp500.000" in response.content.decode()
    again = client.get(page("initiative-edit", objective.scorecard, initiative.pk))
    assert 'value="500.000"' in again.content.decode()


def test_a_column_of_targets_is_read_with_each_units_kind(objective, make, edi, client_for):
    money, people = make(code="M", unit="Rp"), make(code="O", unit="orang", decimals=1)
    typed = {money: ("900.000", "1,5 juta", "2jt"), people: ("1.000", "1.500", "2rb")}
    sent = {
        f"kpi-{kpi.pk}-{name}": text
        for kpi, texts in typed.items()
        for name, text in zip(("worst", "standard", "goal"), texts, strict=True)
    }
    client_for(edi).post(
        page("target-plan-create", objective.scorecard), sent | {"valid_from": "2027-01-01"}
    )
    made = Target.objects.filter(valid_from__year=2027).order_by("kpi__code")
    assert [(each.worst, each.standard, each.goal) for each in made] == [
        (900_000, 1_500_000, 2_000_000),
        (1_000, 1_500, 2_000),
    ]


def test_a_target_is_drawn_while_it_is_typed_in_words(make, edi, client_for):
    kpi = make(unit="Rp")
    typed = {"kind": "anchors", "worst": "900rb", "standard": "1,2 juta", "goal": "2jt"}
    response = client_for(edi).get(page("target-preview", kpi.scorecard, kpi.pk), typed)
    for shown in ("Rp900.000", "Rp1.200.000", "Rp2.000.000"):
        assert shown in response.content.decode()


def test_no_page_asks_for_a_special_way_of_typing(make, edi, client_for):
    kpi = make(unit="rupiah")
    url = page("target-create", kpi.scorecard, kpi.pk)
    response = in_english(client_for(edi)).post(url, {"kind": "anchors", "worst": "1.50.00"})
    content = response.content.decode()
    assert "such as 1,500,000" in content
    assert "without points" not in content


def test_what_was_read_stands_beside_a_box_that_comes_back(objective, edi, client_for):
    url = page("initiative-create", objective.scorecard)
    response = client_for(edi).post(url, {"budget": "1,5 juta", "status": "planned"})
    assert response.status_code == 422
    content = response.content.decode()
    assert 'value="1,5 juta"' in content
    assert f"Terbaca: 1.500.000{NBSP}rupiah. " in content


def test_what_was_read_stands_in_a_column_that_comes_back(objective, make, edi, client_for):
    kpi = make(unit="Rp")
    sent = {f"kpi-{kpi.pk}-{name}": "2jt" for name in ("worst", "standard")}
    sent |= {f"kpi-{kpi.pk}-goal": "tiga", "valid_from": "2027-01-01"}
    response = client_for(edi).post(page("target-plan-create", objective.scorecard), sent)
    content = response.content.decode()
    assert content.count(f"Terbaca: 2.000.000{NBSP}rupiah") == 2
    assert "“tiga” tidak terbaca" in content


def test_a_plain_number_is_not_read_back_at_its_box(objective, edi, client_for):
    url = page("initiative-create", objective.scorecard)
    response = client_for(edi).post(url, {"budget": "500.000", "status": "planned"})
    assert "Terbaca" not in response.content.decode()
