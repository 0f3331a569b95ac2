"""The cut-off of a new screening: Aiken's limit for as many experts as rate, until one is typed."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from surveys.exports.research_json import research_as_json
from surveys.methods.screening import MOST_RATERS, aiken_limit
from surveys.models import ScreeningOutcome, Survey
from surveys.selectors.research_data import research_data
from surveys.selectors.screening_outcomes import outcome_view
from surveys.selectors.screening_results import screening_results
from surveys.selectors.screening_verdicts import Cut, Figures, Verdict, cut_text, rule_verdict
from tests.surveys import builders
from tests.surveys.screenings import apply, rows, send, send_all

pytestmark = pytest.mark.django_db
KEPT, DROPPED, OPEN = Verdict.KEPT, Verdict.DROPPED, Verdict.OPEN


@pytest.fixture
def survey(org) -> Survey:
    """Its cut-off follows; two candidates."""
    return builders.screening(org, sizes=(2,), cut_off=None)


@pytest.fixture
def results_url(org, survey):
    return reverse("surveys:screening-results", args=[org.slug, survey.pk])


@pytest.mark.parametrize(
    ("raters", "limit"), [(3, 0.92), (4, 0.88), (5, 0.80), (7, 0.75), (9, 0.72), (10, 0.70)]
)
def test_aiken1985_limits_of_five_categories(raters, limit):
    """Aiken (1985), table 1, 5 %: what the cut-off follows."""
    assert round(Cut("validity", None).for_raters(raters), 2) == limit


def test_a_figure_exactly_at_the_limit_is_kept_whatever_the_panel():
    """V and its limit are the same quotient of whole numbers, so neither rounds past the other."""
    for raters in range(2, 80):
        limit = aiken_limit(raters)
        above = round(limit.v * raters * 4)
        figures = Figures(raters, above + raters, None, above / (raters * 4), limit.p)
        assert rule_verdict(figures, Cut("validity", None)) is KEPT
        below = Figures(raters, above + raters - 1, None, (above - 1) / (raters * 4), None)
        assert rule_verdict(below, Cut("validity", None)) is DROPPED


def test_the_limit_moves_as_experts_send(survey):
    """V 0.83 of three experts is under their 0.92; with two more alike, 0.85 is over 0.80."""
    send_all(survey, [5, 5], [4, 5], [4, 5])
    assert [row.verdict for row in rows(survey)] == [DROPPED, KEPT]
    send_all(survey, [5, 5], [4, 5])
    found = screening_results(survey)
    assert [row.verdict for row in found.rows] == [KEPT, KEPT]
    assert round(found.chance_limit, 2) == 0.80


def test_each_candidate_has_the_limit_of_its_own_raters(survey):
    """Three of five rated the second: V 0.83 is below their 0.92, and above the five's 0.80."""
    send_all(survey, [5, 5], [4, 4], [4, 4], [5, None], [4, None])
    first, second = rows(survey)
    assert (first.verdict, second.verdict) == (KEPT, DROPPED)
    assert second.figures.p > 0.05 > first.figures.p
    with translation.override("id"):
        assert second.reason == "V Aiken 0,83 di bawah batas untuk 3 penilai, 0,92."
        assert first.reason == "V Aiken 0,85 mencapai batas untuk 5 penilai, 0,80."


def test_before_anybody_has_sent_the_page_says_what_is_followed(
    client_for, bob, survey, results_url
):
    page = client_for(bob).get(results_url).content.decode()
    assert "Batas ini mengikuti banyaknya pakar yang menilainya: 3 pakar 0,92" in page


def test_one_rater_alone_decides_nothing(survey, client_for, bob, edi, results_url):
    send(survey, [5, 1])
    # Only who may change the cut-off is told to.
    assert "isi nilai batas sendiri" in client_for(edi).get(results_url).content.decode()
    assert "isi nilai batas sendiri" not in client_for(bob).get(results_url).content.decode()
    assert [row.verdict for row in rows(survey)] == [OPEN, OPEN]
    page = client_for(bob).get(results_url).content.decode()
    assert "Satu pakar saja belum menunjukkan apa pun" in page
    assert "Satu penilai saja belum menunjukkan apa pun" in page


def test_what_one_rater_left_undecided_is_not_called_unrated(survey, client_for, edi, org):
    send(survey, [5, 1])
    url = reverse("surveys:screening-apply", args=[org.slug, survey.pk])
    page = client_for(edi).get(url).content.decode()
    assert "belum memutuskan satu KPI pun" in page
    assert page.count("Satu penilai saja belum menunjukkan apa pun") == 2
    assert "Belum ada yang menilai" not in page
    assert "sesuai hasil penyaringan" not in page


def test_of_a_crowd_the_limit_of_the_most_is_taken():
    assert Cut("validity", None).for_raters(MOST_RATERS + 1) == aiken_limit(MOST_RATERS).v


def test_the_page_says_which_limit_for_how_many_and_the_interval(
    client_for, rita, survey, results_url
):
    send_all(survey, [5, 4], [4, 4], [4, 4], [5, 4], [4, 4])
    page = client_for(rita).get(results_url).content.decode()
    assert "Batas untuk 5 pakar: V 0,80." in page
    assert "Aiken 1985" in page
    assert "masih berubah sampai pakar terakhir mengirim" in page
    # V 0.85 of five raters: 0.640 to 0.948.
    assert "0,64&nbsp;–&nbsp;0,95" in page
    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.CLOSED)
    page = client_for(rita).get(results_url).content.decode()
    assert "Nilai batas mengikuti batas ini." in page


def test_a_typed_cut_off_stays_and_the_page_says_that_it_is_lower(client_for, bob, org):
    """As screenings of before have it: 0.80, whatever the panel."""
    survey = builders.screening(org, sizes=(2,), cut_off=0.8)
    send_all(survey, [5, 5], [4, 5], [4, 5])
    assert [row.verdict for row in rows(survey)] == [KEPT, KEPT]
    url = reverse("surveys:screening-results", args=[org.slug, survey.pk])
    page = client_for(bob).get(url).content.decode()
    assert "Batas untuk 3 pakar: V 0,92." in page
    assert "Nilai batas lebih rendah: calon yang lolos bisa saja karena kebetulan." in page


def test_one_may_type_a_number_and_empty_it_again(client_for, edi, survey, results_url):
    send_all(survey, [5, 5], [4, 5], [4, 5])
    client = client_for(edi)
    tried = client.get(results_url, {"cut_by": "validity", "cut_off": "0,75"})
    assert tried.context["is_tried"]
    client.post(results_url, {"cut_by": "validity", "cut_off": "0,75", "version": "1"})
    survey.refresh_from_db()
    assert survey.cut_off == 0.75
    back = client.get(results_url, {"cut_by": "validity", "cut_off": ""})
    assert back.context["is_tried"]
    assert '<input type="hidden" name="cut_off" value="">' in back.content.decode()
    client.post(results_url, {"cut_by": "validity", "cut_off": "", "version": "2"})
    survey.refresh_from_db()
    assert survey.cut_off is None


def test_an_address_without_a_cut_off_follows_too(client_for, bob, survey, results_url):
    send_all(survey, [5, 5], [4, 5])
    page = client_for(bob).get(results_url, {"cut_by": "validity"})
    assert (page.status_code, page.context["results"].cut.off) == (200, None)
    assert 'value="None"' not in page.content.decode()


@pytest.mark.parametrize("cut_by", ["mean", "total"])
def test_the_other_rules_need_a_number(client_for, edi, survey, results_url, cut_by):
    reply = client_for(edi).post(results_url, {"cut_by": cut_by, "cut_off": "", "version": "1"})
    assert reply.status_code == 422
    assert len(reply.context["form"].errors["cut_off"]) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(cut_by=cut_by, cut_off=None)


@pytest.mark.parametrize("status", [Survey.Status.DRAFT, Survey.Status.OPEN])
def test_the_form_leaves_it_empty_and_tells_the_limits(client_for, edi, org, status):
    survey = builders.screening(org, sizes=(2,), cut_off=None, status=status)
    url = reverse("surveys:survey-edit", args=[org.slug, survey.pk])
    page = client_for(edi).get(url)
    assert page.context["form"]["cut_off"].value() == ""
    text = page.content.decode()
    assert "3 pakar 0,92, 4 pakar 0,88, 5 pakar 0,80, 7 pakar 0,75, 10 pakar 0,70" in text
    fields = {"name": "Saring", "consent_text": "Setuju?", "takes_proposals": "on"}
    rule = {"cut_by": "mean", "cut_off": "", "version": survey.version}
    refused = client_for(edi).post(url, fields | rule)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["cut_off"]


def test_what_is_asked_says_the_rule(client_for, edi, org, survey):
    page = client_for(edi).get(reverse("surveys:survey", args=[org.slug, survey.pk]))
    assert "Batas ini mengikuti banyaknya pakar yang menilainya: 3 pakar 0,92" in (
        page.content.decode()
    )


def test_what_was_applied_keeps_the_limit_that_decided(survey, edi):
    send_all(survey, [5, 4], [5, 4], [5, 4])
    outcome = ScreeningOutcome.objects.get(pk=apply(survey, edi).pk)
    assert outcome.figures["rule"] == {"by": "validity", "cut_off": None, "raters": 3}
    first, second = outcome.figures["candidates"]
    assert first["limit"] == second["limit"] == pytest.approx(11 / 12)
    assert first["v_interval"] == [pytest.approx(0.757, abs=0.001), 1.0]
    with translation.override("id"):
        said = outcome_view(outcome).rule
    assert said == "V Aiken minimal batas menurut banyaknya penilai (3: 0,92)"


def test_an_outcome_of_before_is_read_as_it_was(survey, edi):
    send_all(survey, [5, 4], [5, 4], [5, 4])
    outcome = apply(survey, edi)
    outcome.figures["rule"] = {"by": "validity", "cut_off": 0.8}
    with translation.override("id"):
        assert outcome_view(outcome).rule == cut_text(Cut("validity", 0.8))


def test_files_have_interval_and_limit(survey):
    send_all(survey, [5, 4], [5, 4], [5, 4], [4, None])
    with translation.override("en"):
        found = json.loads("".join(research_as_json(research_data(survey))))
    assert found["about"]["cut_off"] is None
    first, second = found["tables"]["candidates"]
    assert (first["validity_limit"], second["validity_limit"]) == (0.875, pytest.approx(11 / 12))
    assert first["validity_low"] < first["validity"] < first["validity_high"]
    assert second["reason"] == "Aiken's V 0.75 is below the limit for 3 raters, 0.92."


def test_the_same_pages_with_as_many_queries_as_before(survey, flat_queries, client_for, bob):
    send_all(survey, [5, 4], [5, 4])
    url = reverse("surveys:screening-results", args=[survey.scorecard.organization.slug, survey.pk])
    client = client_for(bob)
    flat_queries(lambda: client.get(url), lambda: send_all(survey, *[[4, 5]] * 8))
