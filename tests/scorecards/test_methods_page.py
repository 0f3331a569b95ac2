"""The page about the methods: its examples are the published tables, and come out as published."""

import pytest
from django.urls import reverse

from scorecards import worked_examples as examples
from scorecards.ladder_drawing import RUNG_GAP, draw_ladder
from scorecards.methods.lights import Light
from scorecards.methods.omax import Ladder
from scorecards.views.methods import SECTIONS
from tests.studies import study


@pytest.fixture
def shown():
    return examples.worked_examples()


# The inputs


def test_bayat_inputs_are_the_shipped_tables():
    pairwise = study("batik-bayat")["pairwise"]
    for code, upper in examples.BAYAT_UPPER.items():
        assert list(upper) == pairwise[code]["upper"]
        assert list(examples.BAYAT_LABELS[code]) == pairwise[code]["labels"]


def test_lasem_inputs_are_the_shipped_tables():
    data = study("batik-lasem")
    for code, matrix in examples.LASEM_MATRICES.items():
        assert [list(row) for row in matrix] == data["aggregated_matrices"][code]["matrix"]
    kpis = {kpi["code"]: kpi for part in data["perspectives"] for kpi in part["kpis"]}
    for code, numbers in examples.LASEM_KPIS.items():
        printed = [kpis[code][name] for name in ("actual", "worst", "target", "best")]
        assert list(numbers) == printed
    reconstructed = data["reconstructed_judgements"]["matrices"]["PO"]
    assert [[str(value)] for value in examples.LASEM_JUDGEMENTS] == reconstructed


def test_loocs_inputs_are_the_shipped_scores():
    printed = [row["published_score"] for row in study("toko-loocs")["perspectives"]]
    assert list(examples.LOOCS_SCORES) == printed


# What comes out


def test_weights_mauidzoh2018_table_5(shown):
    assert [round(row.eigenvector, 3) for row in shown.weights] == [0.537, 0.099, 0.364]
    assert [row.judgements for row in shown.weights] == [
        ("1", "4", "2"),
        ("1/4", "1", "1/5"),
        ("1/2", "5", "1"),
    ]


def test_consistency_mauidzoh2018_table_5(shown):
    assert round(shown.consistency.cr, 3) == 0.081
    assert shown.consistency.limit == 0.05
    assert shown.consistency.within is False
    assert shown.consistency.proposals
    assert all(each.cr < shown.consistency.cr for each in shown.consistency.proposals)


def test_global_weight_mauidzoh2018_highest(shown):
    assert shown.global_weight.label == study("batik-bayat")["published"]["global_highest"]
    assert round(shown.global_weight.result, 3) == 0.324


def test_group_mean_mahmudi2017_figure_1(shown):
    assert round(shown.group_mean, 2) == 1.89


def test_ladder_mahmudi2017_figure_5(shown):
    assert shown.ladder.level == pytest.approx(6.5)
    assert [round(value, 3) for value in shown.modes.values()] == [5.333, 5.5, 5.0]


def test_on_target_is_red_mahmudi2017_conclusion(shown):
    assert shown.on_target.level == 3.0
    assert shown.on_target.light is Light.RED


def test_likert_loocs_abstract(shown):
    assert shown.likert.mean == pytest.approx(2.45)
    assert shown.likert.found.key == "poor"


def test_a_missing_value_is_left_out_and_lowers_the_coverage(shown):
    process = shown.incomplete.perspectives[1]
    assert process.coverage == pytest.approx(0.762, abs=0.001)
    assert process.provisional
    assert shown.complete.coverage == pytest.approx(1.0)
    assert shown.incomplete.index != pytest.approx(shown.complete.index)


def test_the_largest_gain_stands_on_top(shown):
    gains = [gain.to_best for gain in shown.complete.gains]
    assert gains == sorted(gains, reverse=True)
    assert shown.complete.gains[0].key == "P-1"


def test_ladder_drawing_puts_a_level_between_its_rungs():
    drawing = draw_ladder(Ladder(0.10, 0.15, 0.25), 6.5)
    places = {rung.level: rung.y for rung in drawing.rungs}
    assert len(places) == 11
    assert drawing.marker_y == pytest.approx((places[6] + places[7]) / 2)
    assert places[0] - places[10] == pytest.approx(10 * RUNG_GAP)
    assert {rung.level: rung.light for rung in drawing.rungs}[3] is Light.RED


# The page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "level", "cr"), [("id", "<strong>6,5</strong>", "0,081"), ("en", "6.5", "0.081")]
)
def test_page_computes_its_examples_without_any_row(
    client, django_assert_num_queries, language, level, cr
):
    client.cookies["django_language"] = language
    with django_assert_num_queries(0):
        html = client.get(reverse("scorecards:methods")).content.decode()
    assert html.count("<h1>") == 1
    assert level in html
    assert cr in html
    for section in SECTIONS:
        assert f'<section class="section method" id="{section.anchor}"' in html
        assert f'href="#{section.anchor}"' in html


@pytest.mark.django_db
def test_page_is_only_read(client):
    assert client.post(reverse("scorecards:methods")).status_code == 405
