"""Published studies beside what is computed from their tables: which figures agree, by source."""

import re

import numpy as np
import pytest
from django.urls import reverse
from django.utils import translation

from scorecards.methods.omax import Ladder
from scorecards.models import Scorecard
from scorecards.selectors.report import period_report
from surveys.demo.load import load_demo
from surveys.studies.bayat import global_priorities
from surveys.studies.catalog import all_studies, find_study
from surveys.studies.comparison import Comparison, Grade, given
from surveys.studies.lasem import period_score
from surveys.studies.lasem_scoring import ahp_weights
from surveys.studies.reasons import EXPLANATIONS, Reason
from surveys.studies.rounding import level_bounds, ratio_bounds
from tests.studies import study as tables

STUDY_IDS = ("batik-lasem", "batik-bayat", "toko-loocs")


def part(study_id, key):
    study = find_study(study_id)
    return next(each for each in (*study.parts, *study.checks) if each.key == key)


def comparisons(study_id, key, place):
    """The comparisons of one block of a part, by code."""
    return {row.code: row for row in part(study_id, key).blocks[place].comparisons}


def differing(study_id):
    """Codes of what differs, by reason."""
    with translation.override("en"):
        return {
            difference.reason: [str(found.comparison.code) for found in difference.found]
            for difference in find_study(study_id).differences
        }


# How a comparison is graded


def test_a_figure_agrees_when_it_rounds_half_up_to_the_printed_one():
    assert Comparison("x", 0.13, 0.125, 2).grade is Grade.AGREES
    assert Comparison("x", 0.12, 0.125, 2).grade is Grade.DIFFERS


def test_a_figure_is_within_rounding_when_its_bounds_reach_what_is_printed_so():
    assert Comparison("x", 0.12, 0.125, 2, bounds=(0.1249, 0.13)).grade is Grade.WITHIN
    assert Comparison("x", 0.12, 0.135, 2, bounds=(0.126, 0.14)).grade is Grade.DIFFERS


def test_inputs_and_unprinted_figures_are_not_compared():
    assert given("x", 1.22, 2).grade is Grade.GIVEN
    assert Comparison("x", None, 4.7, 2).grade is Grade.UNPRINTED
    assert Comparison("x", 0.0, None, 2).grade is Grade.DIFFERS


def test_words_agree_when_they_are_the_same():
    assert Comparison("x", "Tidak Baik", "Tidak Baik").grade is Grade.AGREES
    assert Comparison("x", "Tidak Baik", "Cukup").grade is Grade.DIFFERS


def test_the_computed_figure_shows_two_more_decimals_than_the_printed_one():
    with translation.override("id"):
        row = Comparison("x", 5.5, 16 / 3, 2)
        assert (row.printed_text, row.computed_text) == ("5,50", "5,3333")


def test_bounds_of_a_ratio_hold_the_ratio_itself():
    matrix = part_matrix("P")
    low, high = ratio_bounds(matrix)
    assert low < 0.00466 < high


def part_matrix(code):
    return np.array(tables("batik-lasem")["aggregated_matrices"][code]["matrix"])


def test_a_level_on_a_rung_is_not_read_between_two():
    assert level_bounds(Ladder(0, 2, 5), 2, 2) is None
    low, high = level_bounds(Ladder(0.10, 0.15, 0.25), 0.17, 2)
    assert (round(low, 2), round(high, 2)) == (4.25, 4.75)


# Lasem (Mahmudi and Ngadenan 2017)


def test_lasem_counts():
    counts = find_study("batik-lasem").counts
    assert (counts.agree, counts.within, counts.differ) == (340, 36, 27)


def test_lasem_what_differs_and_why():
    weights = [f"C-{n}" for n in range(1, 7)] + [f"P-{n}" for n in range(1, 4)]
    assert differing("batik-lasem") == {
        Reason.OTHER_WEIGHTS: weights + [f"I-{n}" for n in range(1, 8)],
        Reason.UNEXPLAINED_LEVEL: ["C-2", "C-3", "C-4", "I-1", "I-7"],
        Reason.CUT_OFF: ["P-3"],
        Reason.NOT_RECIPROCAL: ["I-4 : I-1", "I-7 : I-6"],
        Reason.LOWEST_RUNG: ["C-6: 0"],
        Reason.WORKED_EXAMPLE: ["PO-1: 1"],
        Reason.SIX_RED: ["KPIs on red"],
    }


@pytest.mark.parametrize(
    ("key", "agree", "within", "differ"),
    [
        ("figure-1", 13, 0, 0),
        ("figure-2", 53, 17, 0),
        ("figure-3", 21, 2, 0),
        ("figure-4", 79, 12, 2),
        ("table-5", 4, 0, 0),
        ("worked-example", 7, 0, 1),
        ("scoring-po", 13, 1, 0),
        ("scoring-c", 54, 3, 10),
        ("scoring-p", 29, 0, 4),
        ("scoring-i", 67, 1, 9),
        ("red", 0, 0, 1),
        ("index", 0, 0, 0),
    ],
)
def test_lasem_figure_by_figure(key, agree, within, differ):
    counts = part("batik-lasem", key).counts
    assert (counts.agree, counts.within, counts.differ) == (agree, within, differ)


def test_lasem_figures_1_to_4_weights_hold_to_a_thousandth():
    seen = 0
    for number in range(1, 5):
        for code, row in comparisons("batik-lasem", f"figure-{number}", 2).items():
            assert row.grade in {Grade.AGREES, Grade.WITHIN}, code
            assert row.computed == pytest.approx(row.printed, abs=0.001)
            seen += 1
    assert seen == 18 + 4  # the sums as well


@pytest.mark.parametrize(("number", "cr"), [(3, 0.0047), (4, 0.0088)])
def test_lasem_figures_3_and_4_consistency(number, cr):
    row = comparisons("batik-lasem", f"figure-{number}", 3)["CR"]
    assert row.computed == pytest.approx(cr, abs=0.00005)
    assert row.grade is Grade.WITHIN


def test_lasem_figure_1_two_elements_have_no_ratio():
    row = comparisons("batik-lasem", "figure-1", 3)["CI"]
    assert (row.printed, row.grade) == (0.0, Grade.AGREES)


def test_lasem_figures_5_to_7_levels():
    levels = {}
    for code in ("po", "c", "p", "i"):
        rows = comparisons("batik-lasem", f"scoring-{code}", 1)
        levels |= {code: round(row.computed, 3) for code, row in rows.items()}
    assert levels == {
        **{"PO-1": 6.5, "PO-2": 4.4},
        **{"C-1": 5.333, "C-2": 4.96, "C-3": 1.2, "C-4": 2.2, "C-5": 2.16, "C-6": 7.9},
        **{"P-1": 3.933, "P-2": 6.5, "P-3": 7.667},
        **{"I-1": 0.75, "I-2": 3.0, "I-3": 3.933, "I-4": 6.15, "I-5": 6.5, "I-6": 5.0},
        "I-7": 1.333,
    }


@pytest.mark.parametrize(
    ("part_key", "code", "rung_level"),
    [("po", "PO-2", 4.5), ("c", "C-1", 5.5), ("c", "C-5", 2.157), ("i", "I-4", 6.143)],
)
def test_lasem_levels_that_rounded_rungs_give(part_key, code, rung_level):
    row = comparisons("batik-lasem", f"scoring-{part_key}", 1)[code]
    assert row.grade is Grade.WITHIN
    assert row.reason is Reason.ROUNDED_RUNGS
    assert row.others[0].value == pytest.approx(rung_level, abs=0.001)


def test_lasem_every_printed_value_is_printed_level_times_printed_weight():
    rows = [
        row
        for code in ("po", "c", "p", "i")
        for row in comparisons("batik-lasem", f"scoring-{code}", 3).values()
    ]
    assert [row.grade for row in rows] == [Grade.AGREES] * 18


def test_lasem_printed_weights_of_the_scoring_figures_do_not_add_up():
    with translation.override("en"):
        names = [
            str(comparisons("batik-lasem", f"scoring-{code}", 2)["Σ"].name)
            for code in ("po", "c", "p", "i")
        ]
    sums = [re.search(r"up to ([\d.]+)\.$", name)[1] for name in names]
    assert sums == ["1.00", "1.085", "0.625", "1.000"]


def test_lasem_anchors_are_inputs_and_not_counted():
    rungs = comparisons("batik-lasem", "scoring-p", 0)
    grades = [rungs[f"P-1: {level}"].grade for level in range(10, -1, -1)]
    assert grades.count(Grade.GIVEN) == 3
    assert grades.count(Grade.AGREES) == 8


def test_lasem_six_are_red_where_the_conclusion_names_three():
    [row] = comparisons("batik-lasem", "red", 0).values()
    assert row.printed == "C-3, I-1, I-2"
    assert row.computed == "C-3, C-4, C-5, I-1, I-2, I-7"


def test_lasem_index_with_equal_perspectives_has_no_printed_counterpart():
    score = period_score(tables("batik-lasem"))
    rows = comparisons("batik-lasem", "index", 0)
    assert {row.grade for row in rows.values()} == {Grade.UNPRINTED}
    assert score.index == pytest.approx(4.70, abs=0.005)
    assert [round(each.score, 2) for each in score.perspectives] == [5.77, 3.63, 5.74, 3.67]


def test_lasem_weights_add_up_within_each_perspective():
    weights = ahp_weights(tables("batik-lasem"))
    for code in ("PO", "C", "P", "I"):
        total = sum(weight for kpi, weight in weights.items() if kpi.startswith(f"{code}-"))
        assert total == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize(("code", "pairs"), [("po", 1), ("c", 15), ("p", 3), ("i", 21)])
def test_lasem_reconstructed_judgements_have_the_published_geometric_mean(code, pairs):
    rows = comparisons("batik-lasem", f"experts-{code}", 0).values()
    assert [row.grade for row in rows] == [Grade.AGREES] * pairs
    assert all(len(row.others) == 5 for row in rows)


@pytest.mark.parametrize("code", ["po", "c", "p"])
def test_lasem_reconstructed_judgements_have_the_published_weights(code):
    rows = comparisons("batik-lasem", f"experts-{code}", 1)
    assert {row.grade for row in rows.values()} == {Grade.AGREES}


def test_lasem_says_how_far_the_weights_of_figure_4_are_from_the_reconstructed_ones():
    """Its cells 0.66 and 0.74 are no reciprocals of 1.57 and 1.21; judgements give none such."""
    rows = comparisons("batik-lasem", "experts-i", 1)
    apart = {code: row for code, row in rows.items() if row.grade is Grade.DIFFERS}
    assert list(apart) == ["I-4", "I-5", "I-7"]
    most = max(abs(row.computed - row.printed) for row in apart.values())
    assert most == pytest.approx(0.0013, abs=0.00005)
    with translation.override("en"):
        note = str(part("batik-lasem", "experts-i").blocks[1].note)
    assert note.startswith("3 of 7 are another number in the third decimal, by 0.0013 at most")


@pytest.mark.django_db
def test_lasem_shows_the_index_of_the_demos_report_beside_its_own(page):
    load_demo()
    scorecard = Scorecard.objects.get(organization__slug="batik-lasem")
    report = period_report(scorecard.periods.get())
    rows = list(comparisons("batik-lasem", "index", 0).values())
    assert rows[-1].computed == pytest.approx(report.index, abs=1e-12)
    apart = abs(rows[-2].computed - rows[-1].computed)
    html = page("surveys:study", "batik-lasem", language="en")
    assert f"its index is {apart:.4f} away." in html


# Bayat (Mauidzoh 2018)


def test_bayat_counts():
    counts = find_study("batik-bayat").counts
    assert (counts.agree, counts.within, counts.differ) == (21, 0, 1)


def test_bayat_table_1_has_one_wrong_total():
    assert differing("batik-bayat") == {Reason.WRONG_TOTAL: ["3.1"]}
    row = comparisons("batik-bayat", "table-1", 0)["3.1"]
    assert (row.printed, row.computed, row.computed_text) == (24, 23.0, "23")


def test_bayat_figure_1_weights_by_eigenvector():
    rows = comparisons("batik-bayat", "figure-1", 0)
    assert {code: round(row.computed, 3) for code, row in rows.items()} == {
        "Customer Knowledge": 0.052,
        "Customer Value": 0.132,
        "Customer Interaction": 0.389,
        "Customer Satisfaction": 0.427,
    }
    assert {row.grade for row in rows.values()} == {Grade.AGREES}
    assert all(len(row.others) == 2 for row in rows.values())  # the two other methods


def test_bayat_inconsistency():
    row = comparisons("batik-bayat", "figure-1", 1)["CR"]
    assert row.computed == pytest.approx(0.0486, abs=0.00005)
    assert row.grade is Grade.AGREES


def test_bayat_figure_2_highest_and_lowest_global_priority():
    rows = part("batik-bayat", "figure-2").blocks[0].comparisons
    assert [row.computed for row in rows] == [
        "Rata-rata waktu menangani komplain",
        "Jumlah pelanggan",
    ]
    assert {row.grade for row in rows} == {Grade.AGREES}
    assert sum(global_priorities(tables("batik-bayat")).values()) == pytest.approx(1.0)


def test_bayat_customer_value_is_over_the_limit_for_three():
    block = part("batik-bayat", "table-5").blocks[1]
    assert block.rows[0].computed == pytest.approx(0.081, abs=0.0005)
    with translation.override("en"):
        assert str(block.note).startswith("Over the limit of 0.05 for 3 elements")
        within = part("batik-bayat", "table-3").blocks[1]
        assert str(within.note).startswith("Within the limit of 0.05")
        assert "undefined" in str(part("batik-bayat", "table-4").blocks[1].note)


# Toko Loocs


def test_loocs_mean_and_class():
    counts = find_study("toko-loocs").counts
    assert (counts.agree, counts.within, counts.differ) == (2, 0, 0)
    mean, category = part("toko-loocs", "result").blocks[1].rows
    assert mean.computed == pytest.approx(2.45)
    assert category.computed == "Tidak Baik"


def test_loocs_five_intervals():
    rows = part("toko-loocs", "classes").blocks[0].rows
    edges = [(round(row.others[0].value, 2), round(row.others[1].value, 2)) for row in rows]
    assert edges == [(1.0, 1.8), (1.8, 2.6), (2.6, 3.4), (3.4, 4.2), (4.2, 5.0)]


# All of them


@pytest.mark.parametrize("study_id", STUDY_IDS)
def test_everything_that_does_not_agree_is_explained(study_id):
    study = find_study(study_id)
    explained = [
        found for difference in (*study.differences, *study.roundings) for found in difference.found
    ]
    assert len(explained) == study.counts.within + study.counts.differ
    assert len({found.comparison.reason for found in explained}) <= len(EXPLANATIONS)


def test_every_explanation_is_used():
    used = {
        difference.reason
        for study in all_studies()
        for difference in (*study.differences, *study.roundings)
    }
    assert used == set(EXPLANATIONS) == set(Reason)


# The pages, without any row in the database


@pytest.fixture
def page(client, django_assert_num_queries):
    """A page's HTML for a visitor without an account, asking the database nothing."""

    def fetch(name, *args, language):
        client.cookies["django_language"] = language
        with django_assert_num_queries(0):
            response = client.get(reverse(name, args=args), headers={"accept-language": language})
        assert response.status_code == 200
        return response.content.decode()

    return fetch


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_list_shows_all_three_with_their_counts(page, language):
    html = page("surveys:study-list", language=language)
    for name, counts in [
        ("Koperasi Batik Tulis Lasem", (340, 403)),
        ("UKM Batik Pewarna Alam Bayat", (21, 22)),
        ("Toko Loocs", (2, 2)),
    ]:
        assert name in html
        assert re.search(rf"<strong>{counts[0]} \w+ {counts[1]}</strong>", html)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("study_id", STUDY_IDS)
def test_study_shows_every_part_and_every_explanation(page, study_id, language):
    html = page("surveys:study", study_id, language=language)
    study = find_study(study_id)
    assert html.count("<h1>") == 1
    for each in (*study.parts, *study.checks):
        assert f'id="{each.key}"' in html
    assert html.count("study-difference") >= len(study.differences)
    assert f'lang="{language}"' in html


@pytest.mark.django_db
def test_figures_are_printed_in_the_readers_language(page):
    assert "0,0486" in page("surveys:study", "batik-bayat", language="id")
    assert "0.0486" in page("surveys:study", "batik-bayat", language="en")


@pytest.mark.django_db
def test_reconstructed_answers_are_marked_as_such(page):
    html = page("surveys:study", "batik-lasem", language="en")
    assert html.index("Reconstructed, not the experts") < html.index('id="experts-po"')


@pytest.mark.django_db
def test_unknown_study_is_not_found(client):
    assert client.get("/studies/nowhere/").status_code == 404


@pytest.mark.django_db
def test_studies_are_only_read(client):
    assert client.post(reverse("surveys:study-list")).status_code == 405
