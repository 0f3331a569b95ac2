import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods.ahp import global_weights
from scorecards.methods.errors import MethodError
from scorecards.methods.lights import Light
from scorecards.methods.omax import Ladder
from scorecards.methods.scoring import (
    LIKERT_SCALE,
    OMAX_SCALE,
    KPIInput,
    PerspectiveInput,
    Scale,
    score_period,
)
from tests.studies import study


def kpis(*levels, weights=None, prefix="K"):
    weights = weights or [None] * len(levels)
    return tuple(
        KPIInput(f"{prefix}-{i}", level, weight)
        for i, (level, weight) in enumerate(zip(levels, weights, strict=True), 1)
    )


def one(*levels, weights=None):
    return [PerspectiveInput("A", kpis(*levels, weights=weights))]


@st.composite
def periods(draw):
    level = st.none() | st.floats(0, 10)
    return [
        PerspectiveInput(
            f"P{place}",
            tuple(
                KPIInput(
                    f"P{place}-{i}", draw(level), draw(st.floats(0.01, 1)), draw(st.booleans())
                )
                for i in range(draw(st.integers(0, 4)))
            ),
            draw(st.floats(0.01, 1)),
        )
        for place in range(draw(st.integers(0, 4)))
    ]


# Published source


def test_values_lasem_performance_of_the_organization():
    """Lasem, OMAX of PO: level x weight, PO-1 6.5 x 0.65 = 4.23 (4.225)."""
    table = study("batik-lasem")["perspectives"][0]["kpis"]
    levels = [Ladder(k["worst"], k["standard"], k["goal"]).level(k["actual"]) for k in table]
    weights = [k["published_weight"] for k in table]
    [scored] = score_period(one(*levels, weights=weights)).perspectives
    assert scored.kpis[0].value == pytest.approx(table[0]["published_value"], abs=0.0051)
    assert scored.score == pytest.approx(6.5 * 0.65 + 4.4 * 0.35)


def test_index_lasem_is_the_mean_of_its_perspectives():
    """Lasem publishes no weights of perspectives: they count equally."""
    data = study("batik-lasem")
    perspectives = []
    for perspective in data["perspectives"]:
        weights = data["aggregated_matrices"][perspective["code"]]["published_weights"]
        levels = [
            Ladder(k["worst"], k["standard"], k["goal"]).level(k["actual"])
            for k in perspective["kpis"]
        ]
        perspectives.append(PerspectiveInput(perspective["code"], kpis(*levels, weights=weights)))
    period = score_period(perspectives)
    assert period.index == pytest.approx(sum(p.score for p in period.perspectives) / 4)
    assert period.coverage == pytest.approx(1)
    assert not period.provisional
    assert period.light is Light.AMBER


# Properties


@given(perspectives=periods())
def test_values_add_up_and_the_index_stays_on_the_scale(perspectives):
    period = score_period(perspectives)
    for scored in period.perspectives:
        values = [kpi.value for kpi in scored.kpis if kpi.value is not None]
        if scored.score is None:
            assert not values
        else:
            assert sum(values) == pytest.approx(scored.score)
    if period.index is None:
        assert period.gains == ()
        assert period.light is Light.NONE
    else:
        values = [p.value for p in period.perspectives if p.value is not None]
        assert sum(values) == pytest.approx(period.index)
        assert -1e-9 <= period.index <= 10 + 1e-9
        weights = [kpi.global_weight for p in period.perspectives for kpi in p.kpis]
        assert sum(weights) == pytest.approx(1)


@given(perspectives=periods())
def test_every_gain_keeps_its_promise(perspectives):
    before = score_period(perspectives)
    for gain in before.gains:
        lifted = [
            PerspectiveInput(
                p.key,
                tuple(KPIInput(k.key, 10.0, k.weight) if k.key == gain.key else k for k in p.kpis),
                p.weight,
            )
            for p in perspectives
        ]
        after = score_period(lifted)
        assert after.index - before.index == pytest.approx(gain.to_goal, abs=1e-9)


@given(perspectives=periods())
def test_coverage_is_a_share(perspectives):
    period = score_period(perspectives)
    for coverage in [period.coverage, *(p.coverage for p in period.perspectives)]:
        assert coverage is None or -1e-12 <= coverage <= 1 + 1e-12


@given(perspectives=periods())
def test_global_weights_are_those_of_the_hierarchy_when_all_is_there(perspectives):
    complete = [
        PerspectiveInput(p.key, tuple(KPIInput(k.key, 5.0, k.weight) for k in p.kpis), p.weight)
        for p in perspectives
        if p.kpis
    ]
    scored = score_period(complete).perspectives
    expected = global_weights(
        [p.weight for p in scored], [[k.weight for k in p.kpis] for p in scored]
    )
    for perspective, row in zip(scored, expected, strict=True):
        assert [k.global_weight for k in perspective.kpis] == pytest.approx(row)


# Missing and not applicable


def test_a_missing_value_is_not_zero():
    [scored] = score_period(one(6.0, None, weights=[0.6, 0.4])).perspectives
    assert scored.score == 6.0
    assert scored.coverage == pytest.approx(0.6)
    assert scored.provisional
    assert [k.effective_weight for k in scored.kpis] == [1.0, 0.0]
    assert [k.weight for k in scored.kpis] == pytest.approx([0.6, 0.4])
    assert scored.kpis[1].value is None
    assert scored.kpis[1].light is Light.NONE


def test_what_is_not_applicable_is_left_out_without_being_provisional():
    perspective = PerspectiveInput(
        "A", (KPIInput("a", 6.0, 0.6), KPIInput("b", 9.0, 0.4, not_applicable=True))
    )
    [scored] = score_period([perspective]).perspectives
    assert (scored.score, scored.coverage, scored.provisional) == (6.0, 1.0, False)
    assert scored.kpis[1].level is None
    assert scored.kpis[1].not_applicable


def test_coverage_on_its_limit_is_enough():
    enough = score_period(one(6.0, None, weights=[0.8, 0.2]))
    assert enough.coverage == pytest.approx(0.8)
    assert not enough.provisional
    short = score_period(one(6.0, None, weights=[0.79, 0.21]))
    assert short.provisional


def test_the_smallest_coverage_is_a_setting():
    period = score_period(one(6.0, None, weights=[0.5, 0.5]), Scale(minimum_coverage=0.5))
    assert not period.provisional


def test_a_perspective_without_data_leaves_its_weight_to_the_others():
    period = score_period(
        [PerspectiveInput("A", kpis(8.0), 0.5), PerspectiveInput("B", kpis(None, prefix="L"), 0.5)]
    )
    assert period.index == 8.0
    assert period.coverage == pytest.approx(0.5)
    assert period.provisional
    assert period.perspectives[1].score is None
    assert period.perspectives[1].effective_weight == 0


def test_a_perspective_in_which_nothing_applies_does_not_lower_the_coverage():
    nothing = PerspectiveInput("B", (KPIInput("b", None, not_applicable=True),), 0.5)
    period = score_period([PerspectiveInput("A", kpis(8.0), 0.5), nothing])
    assert (period.index, period.coverage, period.provisional) == (8.0, 1.0, False)
    assert period.perspectives[1].coverage is None


@pytest.mark.parametrize(
    "perspectives", [[], [PerspectiveInput("A", ())], [PerspectiveInput("A", kpis(None))]]
)
def test_without_any_value_there_is_no_index(perspectives):
    period = score_period(perspectives, previous_index=5.0)
    assert period.index is None
    assert period.light is Light.NONE
    assert period.against_standard is None
    assert period.against_previous is None
    assert period.gains == ()


def test_a_value_of_no_weight_gives_no_index():
    period = score_period(
        [
            PerspectiveInput("A", kpis(8.0), 0.0),
            PerspectiveInput("B", kpis(None, prefix="L"), 1.0),
        ]
    )
    assert period.index is None
    assert period.coverage == 0
    [scored] = score_period(one(8.0, None, weights=[0, 1])).perspectives
    assert scored.score is None


def test_no_weights_count_equally_and_given_ones_are_normalised():
    assert score_period(one(2.0, 4.0, 9.0)).index == pytest.approx(5)
    assert score_period(one(2.0, 4.0, weights=[3, 1])).index == pytest.approx(2.5)


# Productivity and gains


def test_productivity_against_target_and_against_the_previous_period():
    period = score_period(one(6.0), previous_index=5.0)
    assert period.against_standard == pytest.approx((6 - 3) / 3)
    assert period.against_previous == pytest.approx(0.2)


@pytest.mark.parametrize("previous", [None, 0.0])
def test_productivity_is_undefined_without_a_divisor(previous):
    assert score_period(one(6.0), previous_index=previous).against_previous is None


def test_the_likert_scale_has_no_target_level():
    period = score_period(one(4.0, 2.0), LIKERT_SCALE)
    assert period.index == 3.0
    assert period.light is Light.AMBER
    assert period.against_standard is None
    assert period.gains[0].to_standard is None
    assert period.gains[0].to_goal == pytest.approx(1.5)


def test_gains_are_sorted_by_what_is_possible():
    gains = score_period(one(9.0, 2.0, 5.0, weights=[0.5, 0.3, 0.2])).gains
    assert [gain.key for gain in gains] == ["K-2", "K-3", "K-1"]
    assert gains[0].to_next_light == pytest.approx(0.3)
    assert gains[0].to_standard == pytest.approx(0.3)
    assert gains[0].to_goal == pytest.approx(2.4)
    assert gains[1].to_next_light == pytest.approx(0.6)
    assert gains[1].to_standard == 0
    assert gains[2].to_next_light is None


@pytest.mark.parametrize(
    ("code", "perspectives"),
    [
        ("weights-incomplete", one(1.0, 2.0, weights=[0.5, None])),
        ("weights-negative", one(1.0, 2.0, weights=[0.5, -0.5])),
        ("weights-negative", one(1.0, 2.0, weights=[0.5, math.nan])),
        ("weights-negative", one(1.0, 2.0, weights=[0.5, math.inf])),
        ("weights-zero", one(1.0, 2.0, weights=[0.0, 0.0])),
        ("level-outside-scale", one(10.1)),
        ("level-outside-scale", one(-0.1)),
        ("level-outside-scale", one(math.nan)),
    ],
)
def test_what_cannot_be_scored_is_refused(code, perspectives):
    with pytest.raises(MethodError) as caught:
        score_period(perspectives, OMAX_SCALE)
    assert caught.value.code == code
