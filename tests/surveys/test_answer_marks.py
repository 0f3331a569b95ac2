"""Answers that are worth asking about: on pages, in files, before adopting, and to whom."""

import csv
import io
import json
import time
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation

from surveys.consent import consent_facts
from surveys.models import Exemption, Invitation, Judgement, Origin, Rating, Response, Survey
from surveys.selectors.adoption_review import adoption_review
from surveys.selectors.answer_marks import Kind, answer_marks
from surveys.selectors.results import survey_results
from surveys.selectors.screening_results import screening_results
from surveys.services.adoption import adopt_weights
from surveys.services.questionnaires import close_survey, create_survey, open_survey
from tests.surveys import builders, screenings
from tests.surveys.designs import scorecard_with_kpis
from tests.surveys.sent import ask_again, judge, send

SAME, NINES = [3] * 6, [9, 1 / 9, 9, 9, 1 / 9, 9]
CALM, OTHER = [2, 3, 5, 2, 4, 2], [1 / 3, 2, 4, 3, 7, 2]


@pytest.fixture
def survey(org) -> Survey:
    """Four elements, and three."""
    return builders.survey(org, sizes=(4, 3))


def pace(response: Response, gap: float, part: int = 0) -> Response:
    """As if every answer to a part came ``gap`` seconds after the one before."""
    matrix = response.invitation.survey.matrices.order_by("order")[part]
    for number, judgement in enumerate(response.judgements.filter(matrix=matrix).order_by("pk")):
        judgement.given_after = 60_000 + round(number * gap * 1000)
        judgement.save()
    return response


def marks(survey: Survey, round: int | None = None) -> dict[str, list[tuple]]:
    """What is marked of whom, by code: kind, part, how many."""
    results = survey_results(survey, round=round)
    codes = {each.pk: each.code for each in results.experts}
    return {
        codes[pk]: [(m.kind, m.matrix and m.matrix.title, m.answers) for m in found]
        for pk, found in answer_marks(results.answers, results.round).items()
    }


def texts(survey: Survey, code: str = "P1") -> list[str]:
    results = survey_results(survey)
    [pk] = [each.pk for each in results.experts if each.code == code]
    with translation.override("en"):
        return [mark.text for mark in answer_marks(results.answers).get(pk, ())]


def page(client, name, org, *args):
    answer = client.get(reverse(f"surveys:{name}", args=[org.slug, *args]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_ordinary_answers_have_no_marks(survey):
    pace(send(survey, CALM, [2, 4, 2]), 8)
    send(survey, OTHER, [3, 5, 2])
    assert marks(survey) == {}


def test_the_same_answer_throughout(survey):
    send(survey, SAME, [3] * 3)
    assert marks(survey) == {"P1": [(Kind.SAME, None, 9)]}
    assert texts(survey) == ["in all 9 comparisons the first is 3 times as important"]


def test_the_same_answer_in_one_part(survey):
    send(survey, [1 / 3] * 6, [2, 4, 2])
    assert marks(survey) == {"P1": [(Kind.SAME, "Bagian 1", 6)]}
    assert texts(survey) == ["Bagian 1: in all 6 comparisons the second is 3 times as important"]


def test_three_alike_in_a_part_of_three_elements_are_not_marked(survey):
    send(survey, CALM, [1, 1, 1])
    send(survey, OTHER, [3, 3, 3])
    assert marks(survey) == {}


def test_equally_important_is_marked_only_throughout_and_from_ten_on(org, survey):
    send(survey, [1] * 6, [1] * 3)
    send(survey, [1] * 6, [2, 4, 2])
    assert marks(survey) == {}
    larger = builders.survey(org, sizes=(4, 4))
    send(larger, [1] * 6, [1] * 6)
    assert marks(larger) == {"P1": [(Kind.SAME, None, 12)]}
    assert texts(larger) == ["all 12 comparisons “equally important”"]


def test_what_counts_is_the_side_that_was_shown(survey):
    """Always the left one, while sides are exchanged, prefers now the row, now the column."""
    response = send(survey, [3, 1 / 3, 3, 1 / 3, 3, 3], [2, 4, 2])
    assert marks(survey) == {}
    response.judgements.filter(strength=3, preferred=F("column")).update(swapped=True)
    assert marks(survey) == {"P1": [(Kind.SAME, "Bagian 1", 6)]}
    # And always the same element is no habit of the hand.
    response.judgements.update(swapped=False)
    response.judgements.filter(seq=1, preferred=F("row")).update(swapped=True)
    assert marks(survey) == {"P1": [(Kind.SAME, "Bagian 1", 6)]}


def test_nines_whichever_way_they_point(survey):
    send(survey, NINES, [2, 4, 2])
    send(survey, NINES, [9, 9, 1 / 9])
    assert marks(survey) == {
        "P1": [(Kind.NINES, "Bagian 1", 6)],
        "P2": [(Kind.NINES, None, 9)],
    }
    assert texts(survey) == ["Bagian 1: all 6 comparisons are 9, the end of the scale"]


def test_a_part_in_impossibly_short_time(survey):
    pace(send(survey, CALM, [2, 4, 2]), 1.5)
    pace(send(survey, OTHER, [2, 4, 2]), 2)
    assert marks(survey) == {"P1": [(Kind.FAST, "Bagian 1", 6)]}
    assert texts(survey) == ["Bagian 1: 6 comparisons within 8 seconds"]


def test_three_comparisons_are_too_few_to_speak_of_haste(survey):
    pace(send(survey, CALM, [2, 4, 2]), 0.5, part=1)
    assert marks(survey) == {}


@pytest.mark.parametrize("origin", [Origin.PAPER, Origin.IMPORTED, Origin.ANSWER])
def test_answers_whose_moments_nobody_knows_are_never_hasty(survey, origin):
    """From paper, from files, sent by one press, or kept on a phone: all stored at one moment."""
    response = send(survey, CALM, [2, 4, 2])
    response.judgements.update(origin=origin)
    assert set(response.judgements.values_list("given_after", flat=True)) == {None}
    assert marks(survey) == {}


def test_an_answer_that_was_changed_is_no_sign_of_haste(survey):
    response = pace(send(survey, CALM, [2, 4, 2]), 1)
    matrix = survey.matrices.first()
    judge(response, matrix, [None, None, None, None, 5, 3], seq=2)
    assert marks(survey) == {}


def test_who_judged_again_is_measured_by_what_counts_now(survey):
    response = pace(send(survey, SAME, [2, 4, 2]), 1)
    assert [kind for kind, *_rest in marks(survey)["P1"]] == [Kind.SAME, Kind.FAST]
    matrix = survey.matrices.first()
    ask_again(response, matrix, submitted_at=timezone.now())
    judge(response, matrix, CALM, seq=2, round=2)
    assert marks(survey) == {}
    assert [kind for kind, *_rest in marks(survey, round=1)["P1"]] == [Kind.SAME, Kind.FAST]


def test_the_same_answers_as_another_expert(survey):
    send(survey, CALM, [2, 4, 2])
    send(survey, OTHER, [2, 4, 2])
    send(survey, CALM, [2, 4, 2])
    assert marks(survey) == {"P1": [(Kind.ALIKE, None, 9)], "P3": [(Kind.ALIKE, None, 9)]}
    assert texts(survey, "P3") == ["all 9 comparisons as those of P1"]


def test_answers_alike_in_all_but_one_are_two_experts(survey):
    send(survey, CALM, [2, 4, 2])
    send(survey, CALM, [2, 4, 3])
    send(survey, CALM, [2, 4, None])
    assert marks(survey) == {}


def test_who_sent_nothing_or_lost_the_link_has_no_marks(survey):
    send(survey, SAME, [3] * 3, sent=False)
    send(survey, SAME, [3] * 3, revoked_at=timezone.now())
    assert marks(survey) == {}


def test_a_part_that_isnt_his_to_judge_is_not_looked_at(survey):
    response = send(survey, SAME, [2, 4, 2])
    Exemption.objects.create(
        invitation=response.invitation,
        matrix=survey.matrices.first(),
        origin=Exemption.Origin.EXPERT,
    )
    assert marks(survey) == {}


def test_a_trial_is_looked_at_as_the_questionnaire_is(survey):
    send(survey, SAME, [3] * 3)
    Survey.objects.filter(pk=survey.pk).update(provenance=Survey.Provenance.IMPORTED)
    assert marks(survey)


# Pages


@pytest.mark.parametrize(
    ("language", "said", "why", "heading"),
    [
        (
            "id",
            "pada semua 9 perbandingan, yang pertama 3 kali lebih penting",
            "Memang begitu pendapatnya, atau kebiasaan.",
            "Jawaban yang perlu ditanyakan",
        ),
        (
            "en",
            "in all 9 comparisons the first is 3 times as important",
            "Meant so, or out of habit.",
            "Answers to ask about",
        ),
    ],
)
def test_marks_stand_on_the_pages_of_results(
    client_for, org, bob, survey, language, said, why, heading
):
    response = send(survey, SAME, [3] * 3)
    send(survey, CALM, [2, 4, 2])
    client = client_for(bob)
    client.cookies["django_language"] = language
    matrix = survey.matrices.first()
    for name, args in (
        ("results", [survey.pk]),
        ("matrix-result", [survey.pk, matrix.pk]),
        ("expert-result", [survey.pk, response.invitation_id]),
    ):
        shown = page(client, name, org, *args)
        for words in (said, why, heading):
            assert words in shown, name
    other = Invitation.objects.get(code="P2")
    assert heading not in page(client, "expert-result", org, survey.pk, other.pk)


def test_a_mark_of_another_part_is_not_on_the_page_of_this_one(client_for, org, bob, survey):
    send(survey, NINES, [2, 4, 2])
    first, second = survey.matrices.order_by("order")
    client = client_for(bob)
    assert "ujung skala" in page(client, "matrix-result", org, survey.pk, first.pk)
    assert "ujung skala" not in page(client, "matrix-result", org, survey.pk, second.pk)


def test_without_marks_nothing_is_said(client_for, org, bob, survey):
    send(survey, CALM, [2, 4, 2])
    shown = page(client_for(bob), "results", org, survey.pk)
    assert "perlu ditanyakan" not in shown


def test_an_anonymous_questionnaire_marks_codes(client_for, org, bob, survey):
    send(survey, SAME, [3] * 3, name="Raden Ajeng Kartini")
    Survey.objects.update(anonymous=True)
    shown = page(client_for(bob), "results", org, survey.pk)
    assert "perlu ditanyakan" in shown
    assert "Kartini" not in shown


def test_a_reader_learns_nothing_of_single_experts(client_for, org, bob, rita, survey):
    send(survey, SAME, [3] * 3)
    send(survey, CALM, [2, 4, 2])
    assert "perlu ditanyakan" in page(client_for(bob), "results", org, survey.pk)
    shown = page(client_for(rita), "results", org, survey.pk)
    assert "perlu ditanyakan" not in shown
    assert "yang pertama 3 kali" not in shown


def test_an_officer_reads_how_to_ask_again_and_a_researcher_does_not(
    client_for, org, bob, edi, survey
):
    send(survey, SAME, [3] * 3)
    assert "“Minta menilai ulang”" in page(client_for(edi), "results", org, survey.pk)
    assert "“Minta menilai ulang”" not in page(client_for(bob), "results", org, survey.pk)


def test_more_than_ten_are_folded_away_and_all_there(client_for, org, bob, survey):
    for _expert in range(12):
        send(survey, NINES, [2, 4, 2])
    shown = page(client_for(bob), "results", org, survey.pk)
    assert "Semua 12" in shown
    # Each is all nines, and as all the others.
    assert shown.count("ujung skala") == 12


@pytest.mark.parametrize("name", ["results", "matrix-result", "expert-result"])
def test_pages_ask_as_often_for_many_marked_experts_as_for_one(
    client_for, org, bob, survey, flat_queries, name
):
    response = pace(send(survey, SAME, [3] * 3), 1)
    args = {
        "results": [survey.pk],
        "matrix-result": [survey.pk, survey.matrices.first().pk],
        "expert-result": [survey.pk, response.invitation_id],
    }[name]
    client = client_for(bob)
    flat_queries(
        lambda: page(client, name, org, *args),
        lambda: [pace(send(survey, NINES, [2, 4, 2]), 1) for _expert in range(6)],
    )


def test_two_hundred_experts_of_a_hundred_comparisons_are_marked_at_once(org):
    survey = builders.survey(org, sizes=(7, 7, 7, 7, 6))
    for number in range(200):
        # Nine ways of answering, each given by 22 or 23 experts.
        send(survey, *[[1 + (number + place) % 9 for place in range(21)]] * 4, [2] * 15)
    results = survey_results(survey)
    began = time.perf_counter()
    found = answer_marks(results.answers)
    assert time.perf_counter() - began < 1
    assert len(found) == 200
    assert len(next(iter(found.values()))[-1].codes) == 22


# Before adopting


@pytest.fixture
def comparison(org, alice) -> Survey:
    """Closed: two perspectives of four KPIs each, and the perspectives."""
    draft = create_survey(
        scorecard=scorecard_with_kpis(org, kpis=4), name="P", consent_text="S", by=alice
    )
    return open_survey(survey=draft, by=alice, now=timezone.now())


def said(survey: Survey) -> list[str]:
    return [line.text for line in adoption_review(survey_results(survey)).lines]


def answer_notes(survey: Survey) -> list[dict]:
    notes = adoption_review(survey_results(survey)).notes
    return [note for note in notes if note["kind"] in list(Kind)]


def test_adopting_says_whose_answers_are_worth_asking_about(client_for, org, edi, comparison):
    pace(send(comparison, [2], SAME, SAME, name="Bu Ratna"), 1, part=1)
    send(comparison, [2], CALM, OTHER)
    send(comparison, [2], CALM, OTHER)
    assert [note["kind"] for note in answer_notes(comparison)] == [Kind.SAME, Kind.FAST, Kind.ALIKE]
    shown = page(client_for(edi), "adopt", org, comparison.pk)
    first = "pada semua 6 perbandingan, yang pertama 3 kali lebih penting"
    assert f"P1 Bu Ratna (Perspektif 1: {first}; Perspektif 2: {first})" in shown
    assert "P1 Bu Ratna (Perspektif 1: 6 perbandingan dalam 5 detik)" in shown
    assert "P2 Pakar P2 (semua 13 perbandingan sama dengan jawaban P3)" in shown
    assert "Tidak ada yang dikeluarkan karena ini." in shown
    assert "Tetap pakai bobot ini</button>" in shown


def test_marks_change_no_weight_and_drop_nobody(comparison):
    send(comparison, [2], NINES, NINES)
    result = survey_results(comparison)
    assert [each.counts for each in result.matrices[1].experts] == [True]
    assert result.can_be_adopted


def test_who_weighs_nothing_is_not_said(comparison):
    response = send(comparison, [2], SAME, SAME)
    send(comparison, [2], CALM, OTHER)
    Invitation.objects.filter(pk=response.invitation_id).update(weight=0)
    assert answer_notes(comparison) == []


def test_what_was_said_is_kept_and_a_reader_learns_how_many(
    client_for, org, alice, bob, rita, comparison
):
    send(comparison, [2], SAME, SAME, name="Bu Ratna")
    kept = adopt_weights(survey=comparison, by=alice, now=timezone.now())
    assert answer_notes(comparison)[0] in kept.particulars["said"]
    assert "Ratna" not in json.dumps(kept.particulars["said"])
    url = reverse("scorecards:weights", args=[org.slug, comparison.scorecard_id])
    whole = client_for(bob).get(url).content.decode()
    assert "Bu Ratna (Perspektif 1: pada semua 6 perbandingan" in whole
    together = client_for(rita).get(url).content.decode()
    assert "Ratna" not in together
    assert "semua 6 perbandingan" not in together
    assert "Jawaban yang sama terus, memang begitu pendapatnya atau kebiasaan: 1 pakar." in together


def test_another_hasty_expert_meanwhile_asks_again(comparison):
    send(comparison, [2], CALM, OTHER)
    before = adoption_review(survey_results(comparison)).seen
    pace(Response.objects.get(), 1, part=1)
    assert adoption_review(survey_results(comparison)).seen != before


# Screenings


@pytest.fixture
def screening(org) -> Survey:
    """Twelve candidates."""
    return builders.screening(org, sizes=(6, 6), cut_by="mean", cut_off=4)


RATED = [5, 4, 3, 5, 4, 2, 5, 5, 4, 3, 4, 5]


def rating_facts(survey: Survey) -> dict[str, list[str]]:
    with translation.override("en"):
        found = screening_results(survey).marked
        return {expert.code: [mark.text for mark in expert.marks] for expert in found}


def test_ratings_have_the_same_marks(screening):
    screenings.send_all(screening, [4] * 12, RATED, [5] * 11 + [4], RATED)
    assert rating_facts(screening) == {
        "P1": ["all 12 ratings are 4"],
        "P2": ["all 12 ratings as those of P4"],
        "P4": ["all 12 ratings as those of P2"],
    }


def test_a_short_list_of_good_candidates_is_all_fives(org):
    short = builders.screening(org, sizes=(6, 3))
    screenings.send_all(short, [5] * 9, RATED[:9], RATED[:9])
    assert rating_facts(short) == {}


def test_ratings_in_impossibly_short_time(screening):
    response = screenings.send(screening, RATED)
    for number, rating in enumerate(response.ratings.order_by("pk")):
        rating.given_after = 1000 * number
        rating.save()
    assert rating_facts(screening) == {"P1": ["12 ratings within 11 seconds"]}
    Rating.objects.update(given_after=None)
    assert rating_facts(screening) == {}


def test_marked_ratings_stand_on_their_page_and_before_applying(
    client_for, org, bob, edi, rita, screening
):
    screenings.send(screening, [4] * 12)
    close_survey(survey=screening, by=edi)
    shown = page(client_for(bob), "screening-results", org, screening.pk)
    assert "Bu P1: semua 12 skor sama, yaitu 4." in shown
    assert "perlu ditanyakan" not in page(client_for(rita), "screening-results", org, screening.pk)
    before = page(client_for(edi), "screening-apply", org, screening.pk)
    assert "P1 Bu P1 (semua 12 skor sama, yaitu 4)" in before
    assert "Tetap terapkan</button>" in before
    outcome = screenings.apply(Survey.objects.get(pk=screening.pk), edi)
    kept = page(client_for(bob), "screening-outcome", org, screening.pk, outcome.pk)
    assert "P1 (semua 12 skor sama, yaitu 4)" in kept
    together = page(client_for(rita), "screening-outcome", org, screening.pk, outcome.pk)
    assert "P1" not in together.split('class="said"')[1].split("</ul>")[0]
    assert "kebiasaan: 1 pakar." in together


def test_a_screening_asks_as_often_for_many_marked_experts(
    client_for, org, bob, screening, flat_queries
):
    screenings.send(screening, [4] * 12)
    client = client_for(bob)
    flat_queries(
        lambda: page(client, "screening-results", org, screening.pk),
        lambda: screenings.send_all(screening, *[[4] * 12] * 5),
    )


# Files


def test_files_have_a_column_for_each_kind(client_for, org, bob, comparison):
    pace(send(comparison, [2], NINES, [9] * 6), 1, part=1)
    send(comparison, [2], CALM, OTHER)
    send(comparison, [2], CALM, OTHER)
    send(comparison, [2], SAME, SAME, sent=False)
    client = client_for(bob)
    url = reverse("surveys:research-file", args=[org.slug, comparison.pk, "answers-wide.csv"])
    rows = {
        row["expert"]: [row[key] for key in ("same_answer", "all_nines", "fast_answers", "same_as")]
        for row in csv.DictReader(io.StringIO(b"".join(client.get(url)).decode()))
    }
    assert rows == {
        "P1": ["1", "1", "1", ""],
        "P2": ["0", "0", "0", "P3"],
        "P3": ["0", "0", "0", "P2"],
        "P4": ["", "", "", ""],
    }
    url = reverse("surveys:research-file", args=[org.slug, comparison.pk, "data.json"])
    document = json.loads(b"".join(client.get(url)))
    experts = {row["expert"]: row for row in document["tables"]["experts"]}
    assert experts["P1"]["all_nines"] is True
    assert experts["P3"]["same_as"] == "P2"
    assert "Perspektif 1: 6 perbandingan dalam 5 detik" in experts["P1"]["answers_note"]
    names = [variable["name"] for variable in document["codebook"]["experts"]]
    assert {"same_answer", "all_nines", "fast_answers", "same_as"} <= set(names)
    given = [row for row in document["tables"]["answers_long"] if row["given_at"]]
    assert len(given) == 6
    started = Response.objects.get(invitation__code="P1").started_at
    first = (started + timedelta(seconds=60)).replace(microsecond=0)
    assert given[0]["given_at"] == first.strftime("%Y-%m-%dT%H:%M:%SZ")


# When an answer was given


def test_consent_says_that_the_moment_is_kept_and_on_paper_it_is_not(survey):
    with translation.override("id"):
        said = "Waktu setiap jawaban juga disimpan."
        assert said in consent_facts(survey)[0].text
        assert said not in consent_facts(survey, on_paper=True)[0].text


@pytest.fixture
def begun(survey) -> Response:
    response = builders.response(builders.invitation(survey))
    Response.objects.update(started_at=timezone.now() - timedelta(minutes=5))
    response.refresh_from_db()
    return response


def save(response: Response, pair, path: str = "judgements", **content):
    item = f"{pair[0].pk}-{pair[1].pk}"
    body = {"item": item, "preferred": "row", "strength": 3, "seq": 1} | content
    return builders.expert(response.invitation).post(
        f"/answer/{response.submission_id}/{path}/", body, content_type="application/json"
    )


def test_an_answer_that_waited_on_the_phone_keeps_its_own_moment(survey, begun):
    pair = builders.pairs(survey)[0]
    assert save(begun, pair, waited=180_000).status_code == 200
    stored = Judgement.objects.get()
    assert (timezone.now() - stored.answered_at).total_seconds() < 60
    assert stored.given_after == pytest.approx(120_000, abs=30_000)


@pytest.mark.parametrize("waited", [3_600_000, 2**53 - 1])
def test_a_wait_from_before_the_start_is_no_moment_and_loses_no_answer(survey, begun, waited):
    assert save(begun, builders.pairs(survey)[0], waited=waited).status_code == 200
    assert Judgement.objects.get().given_after is None


def test_a_page_of_before_that_says_nothing_of_waiting_is_read(survey, begun):
    assert save(begun, builders.pairs(survey)[0]).status_code == 200
    assert Judgement.objects.get().given_after is None


@pytest.mark.parametrize("waited", [-1, 1.5, "1", True, None, 2**53, [1], {}])
def test_a_wait_that_is_no_number_of_milliseconds_is_refused(survey, begun, waited):
    assert save(begun, builders.pairs(survey)[0], waited=waited).status_code == 400
    assert not Judgement.objects.exists()


def test_a_form_is_sent_when_it_is_answered_and_a_page_of_forms_is_not(survey, begun):
    browser = builders.expert(begun.invitation)
    pairs = builders.pairs(survey)
    one = {"preferred": "row", "strength": "3", "seq": "1"}
    url = f"/answer/{begun.submission_id}/parts/1/"
    assert browser.post(f"{url}1/", one).status_code == 302
    assert Judgement.objects.get().given_after == pytest.approx(300_000, abs=30_000)
    together = {
        f"{row.pk}-{column.pk}-{key}": value
        for row, column in pairs[1:]
        for key, value in one.items()
    }
    first = f"{pairs[0][0].pk}-{pairs[0][1].pk}"
    together |= {f"{first}-{key}": value for key, value in one.items()}
    assert browser.post(url, together).status_code == 302
    assert Judgement.objects.count() == 6
    assert Judgement.objects.filter(given_after=None).count() == 5


def test_a_rating_that_waited_keeps_its_own_moment(screening):
    response = builders.response(builders.invitation(screening))
    Response.objects.update(started_at=timezone.now() - timedelta(minutes=5))
    candidate = screening.candidates.first()
    body = {"item": str(candidate.pk), "points": 4, "remark": "", "seq": 1, "waited": 60_000}
    url = f"/answer/{response.submission_id}/ratings/"
    browser = builders.expert(response.invitation)
    assert browser.post(url, body, content_type="application/json").status_code == 200
    assert Rating.objects.get().given_after == pytest.approx(240_000, abs=30_000)
    for number, waited in enumerate((-1, "x", None), start=2):
        reply = browser.post(
            url, body | {"seq": number, "waited": waited}, content_type="application/json"
        )
        assert reply.status_code == 400
