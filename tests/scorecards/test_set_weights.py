"""Weights: decided once, kept for ever."""

import pytest
from django.core.exceptions import ValidationError

from scorecards.fields import NumberField
from scorecards.forms.weights import WeightsForm, rounded_percentages
from scorecards.models import KPI, Perspective, Scorecard, WeightSet
from scorecards.selectors.weights import (
    current_weights,
    lay_weights,
    load_groups,
    weights_page,
)
from scorecards.services.weights import WeightsSavedMeanwhile, set_equal_weights, set_weights
from tests import factories
from tests.scorecards.pages import in_english, page
from tests.scorecards.percentages import PERCENTAGES


@pytest.fixture
def scorecard(org) -> Scorecard:
    """C with K1 and K2, P with K3 alone, and an empty E."""
    scorecard = factories.scorecard(org)
    for code, kpis in (("C", ["K1", "K2"]), ("P", ["K3"]), ("E", [])):
        objective = factories.objective(factories.perspective(scorecard, code=code, name=code))
        for kpi in kpis:
            factories.kpi(objective, code=kpi)
    return scorecard


@pytest.fixture
def parts(scorecard) -> dict[str, Perspective | KPI]:
    found = [*scorecard.perspectives.all(), *scorecard.kpis.all()]
    return {part.code: part for part in found}


def decide(scorecard, parts, by, perspectives=None, kpis=None, **kwargs) -> WeightSet:
    return set_weights(
        scorecard=scorecard,
        perspectives={parts[code]: value for code, value in (perspectives or {}).items()},
        kpis={parts[code]: value for code, value in (kpis or {}).items()},
        origin=WeightSet.Origin.MANUAL,
        by=by,
        **kwargs,
    )


# -- The service.


def test_a_new_decision_keeps_the_earlier_one(scorecard, parts, alice, edi) -> None:
    first = decide(scorecard, parts, alice, {"C": 0.7, "P": 0.3}, {"K1": 0.25, "K2": 0.75})
    second = decide(scorecard, parts, edi, {"C": 0.5, "P": 0.5}, particulars={"survey": "Pakar"})

    assert current_weights(scorecard) == second
    assert (second.created_by, second.particulars) == (edi, {"survey": "Pakar"})
    assert {weight.value for weight in first.weights.all()} == {0.7, 0.3, 0.25, 0.75}
    assert list(scorecard.weight_sets.all()) == [second, first]


@pytest.mark.parametrize(
    ("perspectives", "kpis", "code"),
    [
        ({"C": 0.7, "P": 0.4}, {}, "sum"),
        ({}, {"K1": 0.5, "K2": 0.4}, "sum"),
        ({}, {"K1": 0.5, "K3": 0.5}, "sum"),
        ({"C": 0.0, "P": 0.0}, {}, "sum"),
        ({"C": -0.5, "P": 1.5}, {}, "not-a-weight"),
        ({}, {"K1": float("nan"), "K2": 1.0}, "not-a-weight"),
        ({}, {"K1": float("inf"), "K2": 1.0}, "not-a-weight"),
    ],
)
def test_weights_that_do_not_add_up_are_refused(
    scorecard, parts, alice, perspectives, kpis, code
) -> None:
    with pytest.raises(ValidationError) as refused:
        decide(scorecard, parts, alice, perspectives, kpis)

    assert refused.value.code == code
    assert not WeightSet.objects.exists()


def test_rounding_in_the_last_digits_is_no_mistake(scorecard, parts, alice) -> None:
    weight_set = decide(scorecard, parts, alice, {"C": 1 + 4e-10}, {"K1": 1 / 3, "K2": 2 / 3})

    assert weight_set.weights.get(perspective=parts["C"]).value == 1.0


def test_parts_of_another_scorecard_are_refused(org, scorecard, parts, alice) -> None:
    parts["F"] = factories.perspective(factories.scorecard(org))

    with pytest.raises(ValidationError) as refused:
        decide(scorecard, parts, alice, {"C": 0.5, "F": 0.5})

    assert refused.value.code == "foreign"


def test_somebody_decided_meanwhile(scorecard, parts, alice, edi) -> None:
    theirs = decide(scorecard, parts, edi, {"C": 0.5, "P": 0.5}, seen=0)

    with pytest.raises(WeightsSavedMeanwhile) as refused:
        decide(scorecard, parts, alice, {"C": 0.6, "P": 0.4}, seen=0)

    assert refused.value.current == theirs
    assert decide(scorecard, parts, alice, {"C": 0.6, "P": 0.4}, seen=theirs.pk) != theirs


def test_equal_weights_leave_empty_perspectives_out(scorecard, parts, alice) -> None:
    factories.kpi(parts["K3"].objective, code="K4", status="candidate")

    weights = set_equal_weights(scorecard=scorecard, by=alice).weights

    assert {str(each.perspective or each.kpi).split()[0]: each.value for each in weights.all()} == {
        "C": 0.5,
        "P": 0.5,
        "K1": 0.5,
        "K2": 0.5,
        "K3": 1.0,
    }


def test_nothing_to_weigh(org, alice) -> None:
    with pytest.raises(ValidationError) as refused:
        set_equal_weights(scorecard=factories.scorecard(org), by=alice)

    assert refused.value.code == "empty"


# -- The page.


def test_page_multiplies_through_to_the_whole(scorecard, parts, alice) -> None:
    decide(scorecard, parts, alice, {"C": 0.7, "P": 0.3}, {"K1": 0.25, "K2": 0.75})

    found = weights_page(scorecard)

    overall = {row.kpi.code: round(row.overall, 6) for group in found.groups for row in group.rows}
    assert overall == {"K1": 0.175, "K2": 0.525, "K3": 0.3}
    assert (found.unweighted, found.perspectives_equal, found.is_current) == ((), False, True)


def test_page_without_a_decision_counts_equally(scorecard, bob, client_for) -> None:
    found = client_for(bob).get(page("weights", scorecard)).context["page"]

    assert found.shown is None
    assert [group.weight for group in found.groups] == [0.5, 0.5]
    assert [row.local for row in found.groups[0].rows] == [0.5, 0.5]


def test_kpi_that_came_later_is_named(scorecard, parts, alice, bob, client_for) -> None:
    set_equal_weights(scorecard=scorecard, by=alice)
    factories.kpi(parts["K1"].objective, code="BARU")

    response = client_for(bob).get(page("weights", scorecard))

    assert response.context["page"].unweighted == ("BARU",)
    assert "BARU" in response.content.decode()


def test_kpi_that_moved_leaves_weights_that_add_up(scorecard, parts, alice, bob, client_for):
    decide(scorecard, parts, alice, {"C": 0.7, "P": 0.3}, {"K1": 0.25, "K2": 0.75, "K3": 1.0})
    KPI.objects.filter(code="K1").update(objective=parts["K3"].objective)

    response = in_english(client_for(bob)).get(page("weights", scorecard))

    rows = {row.kpi.code: row for group in response.context["page"].groups for row in group.rows}
    assert [rows[code].local for code in ("K2", "K3", "K1")] == [1.0, 0.8, 0.2]
    assert sum(row.overall for row in rows.values()) == pytest.approx(1)
    assert "P: the KPIs are no longer those that were weighed together" in response.text


def test_earlier_sets_can_be_looked_at(scorecard, parts, alice, bob, client_for) -> None:
    first = decide(scorecard, parts, alice, {"C": 0.9, "P": 0.1})
    set_equal_weights(scorecard=scorecard, by=alice)

    found = client_for(bob).get(page("weights", scorecard), {"set": first.pk}).context["page"]

    assert (found.shown, found.is_current) == (first, False)
    assert [round(group.weight, 6) for group in found.groups] == [0.9, 0.1]


@pytest.mark.parametrize("value", ["0", "abc", ""])
def test_set_that_is_not_there_shows_the_current_one(
    scorecard, alice, bob, client_for, value
) -> None:
    current = set_equal_weights(scorecard=scorecard, by=alice)

    found = client_for(bob).get(page("weights", scorecard), {"set": value}).context["page"]

    assert found.shown == current


def test_questionnaire_is_shown_with_its_consistency(scorecard, alice, bob, client_for) -> None:
    particulars = {
        "survey": "Pembobotan pakar 2026",
        "method": "eigenvector",
        "random_index": "saaty",
        "experts": 5,
        "matrices": [
            {
                "code": "C",
                "title": "Pelanggan",
                "size": 3,
                "cr": 0.0812,
                "limit": 0.05,
                "within": False,
                "experts": [],
            }
        ],
    }
    set_weights(
        scorecard=scorecard,
        perspectives={},
        kpis={},
        origin=WeightSet.Origin.QUESTIONNAIRE,
        by=alice,
        particulars=particulars,
    )

    content = client_for(bob).get(page("weights", scorecard)).content.decode()

    assert "Pembobotan pakar 2026" in content
    assert "0,0812" in content


def test_scorecard_without_kpis_has_nothing_to_weigh(org, edi, client_for) -> None:
    scorecard = factories.scorecard(org)

    content = client_for(edi).get(page("weights", scorecard)).content.decode()

    assert page("scorecard", scorecard) in content
    assert page("weights-edit", scorecard) not in content


def test_queries_do_not_grow(scorecard, parts, alice, edi, client_for, flat_queries) -> None:
    client = client_for(edi)
    set_equal_weights(scorecard=scorecard, by=alice)

    def grow() -> None:
        objective = factories.objective(factories.perspective(scorecard))
        for _ in range(4):
            factories.kpi(objective)
        for _ in range(3):
            set_equal_weights(scorecard=scorecard, by=alice)

    flat_queries(lambda: client.get(page("weights", scorecard)), grow)
    flat_queries(lambda: client.get(page("weights-edit", scorecard)), grow)


# -- By hand.


def typed(parts, based_on: int = 0, **percentages: str) -> dict[str, object]:
    """C=60 becomes the box of that perspective or KPI."""
    boxes = {
        f"{parts[code]._meta.model_name}-{parts[code].pk}": text
        for code, text in percentages.items()
    }
    return {"based_on": based_on} | boxes


def stored(scorecard) -> dict[str, float]:
    weights = current_weights(scorecard).weights.all()
    return {(each.perspective or each.kpi).code: round(each.value, 9) for each in weights}


def test_percentages_become_shares(scorecard, parts, edi, client_for) -> None:
    response = client_for(edi).post(
        page("weights-edit", scorecard),
        typed(parts, C="62,5", P="37,5 %", K1="40", K2="60"),
    )

    assert response.url == page("weights", scorecard)
    assert stored(scorecard) == {"C": 0.625, "P": 0.375, "K1": 0.4, "K2": 0.6, "K3": 1.0}
    assert current_weights(scorecard).origin == WeightSet.Origin.MANUAL


def test_rounded_percentages_are_scaled(scorecard, parts, edi, client_for) -> None:
    client_for(edi).post(
        page("weights-edit", scorecard), typed(parts, C="50", P="50", K1="33,3", K2="66,6")
    )

    assert stored(scorecard)["K1"] == round(333 / 999, 9)


def test_group_left_empty_counts_equally(scorecard, parts, edi, client_for) -> None:
    client_for(edi).post(page("weights-edit", scorecard), typed(parts, K1="10", K2="90"))

    assert stored(scorecard) == {"K1": 0.1, "K2": 0.9, "K3": 1.0}


@pytest.mark.parametrize(
    ("boxes", "at", "says"),
    [
        ({"C": "50", "P": "40"}, "C", "10"),
        ({"C": "70", "P": "40"}, "C", "10"),
        ({"C": "50"}, "P", ""),
        ({"K1": "120", "K2": "-20"}, "K1", "100"),
        ({"K1": "separuh", "K2": "50"}, "K1", "separuh"),
    ],
)
def test_mistakes_say_by_how_much_and_keep_what_was_typed(
    scorecard, parts, edi, client_for, boxes, at, says
) -> None:
    sent = typed(parts, **boxes)

    response = client_for(edi).post(page("weights-edit", scorecard), sent)

    form = response.context["form"]
    box = f"{parts[at]._meta.model_name}-{parts[at].pk}"
    assert response.status_code == 422
    assert says in str(form.errors[box])
    assert form[box].value() == sent.get(box, form[box].value())
    assert not WeightSet.objects.exists()


@pytest.mark.parametrize(
    ("shares", "shown"),
    [
        ([1 / 3, 1 / 3, 1 / 3], ["33.34", "33.33", "33.33"]),
        ([0.18756, 0.16186, 0.65058], ["18.76", "16.18", "65.06"]),
        ([1.0, 0.0], ["100.00", "0.00"]),
    ],
)
def test_percentages_in_the_boxes_add_up(shares, shown) -> None:
    found = rounded_percentages(shares)

    assert sum(found) == 100
    assert [str(number) for number in found] == shown


def test_group_that_is_not_touched_keeps_its_last_digit(
    scorecard, parts, alice, edi, client_for
) -> None:
    adopted = decide(scorecard, parts, alice, {"C": 0.5, "P": 0.5}, {"K1": 1 / 3, "K2": 2 / 3})
    form = client_for(edi).get(page("weights-edit", scorecard)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent |= typed(parts, based_on=adopted.pk, C="60", P="40")

    client_for(edi).post(page("weights-edit", scorecard), sent)

    weights = {
        each.kpi.code: each.value
        for each in current_weights(scorecard).weights.filter(kpi__isnull=False)
    }
    assert (weights["K1"], weights["K2"]) == (1 / 3, 2 / 3)


def test_second_of_two_editors_sees_both_and_may_go_on(
    scorecard, parts, alice, edi, client_for
) -> None:
    url = page("weights-edit", scorecard)
    client_for(edi).post(url, typed(parts, C="80", P="20"))
    theirs = current_weights(scorecard)

    response = client_for(alice).post(url, typed(parts, C="30", P="70"))

    content = response.content.decode()
    assert response.status_code == 409
    assert "80,00" in content
    assert "30,00" in content
    assert current_weights(scorecard) == theirs

    again = dict(response.context["resubmit"])
    assert client_for(alice).post(url, again).status_code == 302
    assert stored(scorecard)["C"] == 0.3
    assert scorecard.weight_sets.count() == 2


def test_equal_weights_by_one_press(scorecard, edi, client_for) -> None:
    response = client_for(edi).post(page("weights-equal", scorecard), {"based_on": 0})

    assert response.url == page("weights", scorecard)
    assert current_weights(scorecard).origin == WeightSet.Origin.EQUAL


def test_equal_weights_after_somebody_elses(scorecard, parts, alice, edi, client_for) -> None:
    theirs = decide(scorecard, parts, alice, {"C": 0.9, "P": 0.1})

    response = client_for(edi).post(page("weights-equal", scorecard), {"based_on": 0})

    assert response.status_code == 409
    assert current_weights(scorecard) == theirs


@pytest.mark.parametrize("sent", [{}, {"based_on": "x"}])
def test_equal_weights_without_what_was_seen_changes_nothing(
    scorecard, edi, client_for, sent
) -> None:
    client_for(edi).post(page("weights-equal", scorecard), sent)

    assert not WeightSet.objects.exists()


def test_single_kpi_leaves_nothing_to_decide(org, edi, client_for) -> None:
    scorecard = factories.scorecard(org)
    factories.kpi(factories.objective(factories.perspective(scorecard)))

    response = client_for(edi).get(page("weights-edit", scorecard))

    assert list(response.context["form"].fields) == ["based_on"]
    assert page("scorecard", scorecard) in response.content.decode()


@pytest.mark.parametrize(("text", "number"), PERCENTAGES.items())
def test_a_box_is_read_as_the_pages_script_adds_it_up(text, number, scorecard) -> None:
    groups = load_groups(scorecard)
    form = WeightsForm({}, groups=groups, fitted=lay_weights(groups, None))
    field = next(field for field in form.fields.values() if isinstance(field, NumberField))
    try:
        read = field.clean(text)
    except ValidationError:
        read = None
    assert number in (read, None)
