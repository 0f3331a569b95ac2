"""S* and W stand beside what random answers would reach: on pages, in files, with weights."""

import pytest
from django.urls import reverse
from django.utils import translation

from scorecards.selectors.report.origin import ExpertRow, MatrixRow
from scorecards.selectors.report.words import experts_over_text
from surveys.methods.chance import agreement_by_chance, concordance_p
from surveys.selectors.beside_chance import BesideChance, panel_agreement
from surveys.selectors.particulars import particulars
from surveys.selectors.research_data import research_data
from surveys.selectors.results import survey_results
from surveys.studies.reconstruction import reconstruction_parts
from surveys.study_data import study_data
from tests.surveys import result_worlds as worlds
from tests.surveys.result_worlds import CALM, CIRCLE, NEAR, NOW

pytestmark = pytest.mark.django_db
APART = ["1/2", "1/4", "1/2"]


@pytest.fixture
def survey(org):
    return worlds.survey(org)


def page_of(client, survey, name, *more):
    args = [survey.scorecard.organization.slug, survey.pk, *more]
    return client.get(reverse(f"surveys:{name}", args=args)).content.decode()


def test_each_part_has_both_measures_beside_chance(survey):
    worlds.answer(survey, CALM, NEAR, APART)
    result = survey_results(survey).matrices[-1]
    found, chance = result.beside_chance, agreement_by_chance(3, 3, result.method)
    assert (found.experts, result.agreement) == (3, found.consensus.value)
    assert result.concordance == found.concordance.value
    assert (found.consensus.mean, found.consensus.high) == (
        chance.consensus.mean,
        chance.consensus.high,
    )
    assert found.concordance.mean == 1 / 3
    weights = [expert.weights for expert in result.experts]
    assert found.concordance.p == concordance_p(weights, result.method)
    # Two of three experts rank alike and the third the other way round: that may be chance.
    assert not found.concordance.is_more


def test_the_page_says_what_a_random_panel_reaches(client_for, bob, survey):
    worlds.answer(survey, CALM, NEAR, CALM)
    page = page_of(client_for(bob), survey, "matrix-result", survey.matrices.last().pk)
    chance = agreement_by_chance(3, 3).consensus
    assert f"Panel acak sebesar ini: {round(100 * chance.mean)}%" in page
    assert "skala Goepel 2018" in page
    assert "Panel acak sebesar ini: 0,33; 95 dari 100 panel acak mencapai maksimal" in page
    # Three of three rank alike: 6 of 216 ways.
    assert "p = 0,028" in page
    assert "lebih dari kebetulan" in page


def test_where_agreement_may_be_chance_the_page_says_so(client_for, bob, survey):
    worlds.answer(survey, CALM, APART)
    page = page_of(client_for(bob), survey, "matrix-result", survey.matrices.last().pk)
    assert page.count("bisa jadi kebetulan") == 2
    assert "lebih dari kebetulan" not in page


def test_the_overview_has_chance_in_brackets_and_for_the_global_ranking(client_for, rita, survey):
    worlds.answer(survey, CALM, NEAR, CIRCLE)
    page = page_of(client_for(rita), survey, "results")
    mean = agreement_by_chance(3, 3).consensus.mean
    assert f'<span class="soft">({round(100 * mean)}%)</span>' in page
    found = survey_results(survey).beside_chance
    assert found.mean < found.high <= 1
    assert "Peringkat semua KPI" in page or "Kendall" in page
    with translation.override("id"):
        assert f"p = {found.p_text}" in page


def test_who_counts_decides_what_chance_gives(survey):
    """Of somebody who weighs nothing nothing counts, here either."""
    experts = worlds.answer(survey, CALM, NEAR, APART)
    without = {experts[2].pk: 0.0}
    result = survey_results(survey, expert_weights=without).matrices[-1]
    assert result.beside_chance.experts == 2
    assert result.beside_chance.concordance.mean == 1 / 2


def test_one_expert_and_ranks_that_are_all_tied():
    assert panel_agreement([[0.6, 0.4]], "eigenvector") is None
    tied = panel_agreement([[0.5, 0.5], [0.5, 0.5]], "eigenvector")
    assert (tied.consensus.value, tied.concordance) == (1.0, None)


def test_all_tied_is_said_in_words(client_for, bob, survey):
    worlds.answer(survey, ["1", "1", "1"], ["1", "1", "1"])
    page = page_of(client_for(bob), survey, "matrix-result", survey.matrices.last().pk)
    assert "semua pakar menganggap semua elemen sama" in page


def test_weights_that_are_taken_over_keep_what_chance_gave(survey):
    worlds.answer(survey, CALM, NEAR, APART)
    results = survey_results(survey)
    kept = particulars(results, NOW)
    beside = results.matrices[-1].beside_chance.consensus
    assert kept["matrices"][-1]["agreement_by_chance"] == {
        "mean": beside.mean,
        "high": beside.high,
        "p": beside.p,
    }
    assert kept["concordance_by_chance"]["mean"] == results.beside_chance.mean


def test_files_and_page_have_the_same_chance(survey):
    worlds.answer(survey, CALM, NEAR, APART)
    of_page = [result.beside_chance for result in survey_results(survey).matrices]
    of_file = [figures.beside_chance for figures in research_data(survey, names=False).figures]
    assert len(of_file) == len(of_page) == 3
    for page, file in zip(of_page, of_file, strict=True):
        for measure in ("consensus", "concordance"):
            one, other = getattr(page, measure), getattr(file, measure)
            assert one == other or one.value == pytest.approx(other.value, abs=1e-12)
            assert one is None or (one.mean, one.high) == (other.mean, other.high)


def test_words_follow_the_scale_that_is_named():
    with translation.override("id"):
        words = [str(BesideChance(each, 0, 0, 1).word) for each in (0.5, 0.64, 0.74, 0.84, 0.9)]
    assert words == ["sangat rendah", "rendah", "sedang", "tinggi", "sangat tinggi"]


def test_the_study_has_chance_beside_and_codes_for_experts():
    blocks = reconstruction_parts(study_data("batik-lasem"))[1].blocks
    assert blocks[0].other_headings == ("P1", "P2", "P3", "P4", "P5")
    names = [str(row.code) for row in blocks[-1].rows]
    assert any("P4" in name for name in names)
    with translation.override("en"):
        assert "Kendall's W, a random panel" in [str(row.code) for row in blocks[-1].rows]
    [mean] = [row.computed for row in blocks[-1].rows if row.computed == pytest.approx(0.2)]
    assert mean == 1 / 5


def test_a_report_names_experts_by_code_first():
    over = ExpertRow(code="P4", name="Sri Wahyuni, S.E.", cr=0.3, within=False, complete=True)
    fine = ExpertRow(code="P1", name="Budi", cr=0.01, within=True, complete=True)
    unnamed = ExpertRow(code="P2", name=None, cr=0.3, within=False, complete=True)
    row = MatrixRow("C", "Pelanggan", 6, 0.04, 0.1, True, experts=(fine, unnamed, over))
    with translation.override("id"):
        assert experts_over_text(row) == "2 dari 3: P2; P4 Sri Wahyuni, S.E."
