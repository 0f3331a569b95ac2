"""A screening as its expert goes through it: from the link to the copy, with forms alone."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.links import link_of
from surveys.models import CandidateProposal, Rating, Response, Survey
from surveys.selectors.rating_sheet import current_ratings, rating_sheet
from surveys.services.screening_answers import submit_ratings
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    return builders.screening(org)


@pytest.fixture
def invitation(survey):
    return builders.invitation(survey)


@pytest.fixture
def response(invitation):
    return builders.response(invitation)


@pytest.fixture
def browser(response):
    return builders.expert(response.invitation)


def page(browser, response, path="", **data):
    return browser.get(f"/answer/{response.submission_id}/{path}", **data)


def send(browser, response, path, **data):
    return browser.post(f"/answer/{response.submission_id}/{path}", data)


def text(reply):
    return reply.content.decode()


def test_the_link_says_how_much_it_is_and_changes_nothing(client, invitation):
    reply = client.get(f"/a/{link_of(invitation)}/")
    assert reply.status_code == 200
    assert reply.context["sheet"].total == 5
    assert not Response.objects.exists()


def test_the_way_from_the_link_to_the_first_candidate(client, invitation):
    client.post(f"/a/{link_of(invitation)}/")
    consent = client.get("/answer/", follow=True)
    assert consent.redirect_chain[-1][0] == "/answer/consent/"
    overview = client.post("/answer/consent/", {"consent": "on"}, follow=True)
    response = Response.objects.get()
    first = reverse("surveys:rating", args=[response.submission_id, 1])
    assert overview.context["start_url"] == first
    assert client.get(first).status_code == 200


def test_nothing_is_chosen_beforehand(browser, response):
    reply = page(browser, response, "candidates/1/")
    assert "checked" not in text(reply)
    assert "Kepuasan Pelanggan" in text(reply)
    assert "Pelanggan tetap setia" in text(reply)
    assert "(awal - hilang) / awal" in text(reply)


def test_a_rating_goes_on_to_the_next_candidate(browser, response):
    reply = send(browser, response, "candidates/1/", points="4", remark="Penting.", seq="1")
    assert reply.status_code == 302
    stored = Rating.objects.get()
    assert (stored.points, stored.remark, stored.seq) == (4, "Penting.", 1)
    assert reply.url.startswith(reverse("surveys:rating", args=[response.submission_id, 2]))
    following = browser.get(reply.url)
    assert following.context["saved"].rating == stored


def test_the_last_candidate_leads_to_the_check(browser, response):
    reply = send(browser, response, "candidates/5/", points="2", remark="", seq="1")
    assert reply.url.startswith(reverse("surveys:answer-check", args=[response.submission_id]))


def test_from_the_check_one_comes_back_to_it(browser, response):
    reply = send(browser, response, "candidates/1/?from=check", points="2", remark="", seq="1")
    assert reply.url.startswith(reverse("surveys:answer-check", args=[response.submission_id]))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"points": "6", "seq": "1"},
        {"points": "0", "seq": "1"},
        {"points": "2.5", "seq": "1"},
        {"points": "NaN", "seq": "1"},
        {"points": "4"},
        {"points": "4", "seq": "0"},
        {"points": "4", "seq": "99999999999999999999"},
        {"points": "4", "seq": "1", "remark": "x" * 501},
    ],
    ids=str,
)
def test_what_is_no_rating_is_shown_again_and_not_stored(browser, response, data):
    reply = send(browser, response, "candidates/1/", **data)
    assert reply.status_code == 422
    assert not Rating.objects.exists()


def test_what_was_typed_stays(browser, response):
    reply = send(browser, response, "candidates/1/", remark="Sulit diukur.", seq="1")
    assert reply.status_code == 422
    assert "Sulit diukur." in text(reply)


@pytest.mark.parametrize("path", ["candidates/0/", "candidates/6/", "perspectives/3/"])
def test_what_does_not_exist_is_not_found(browser, response, path):
    assert page(browser, response, path).status_code == 404


def test_a_newer_rating_from_elsewhere_is_shown(browser, response, survey):
    builders.rate(response, survey.candidates.first(), 5, seq=3)
    reply = send(browser, response, "candidates/1/", points="1", remark="", seq="1")
    assert reply.status_code == 409
    assert [item.points for item in reply.context["superseded_items"]] == [5]
    assert Rating.objects.get().points == 5


def test_a_perspective_on_one_page(browser, response, survey):
    first, second, third = survey.candidates.all()[:3]
    data = {
        f"{first.pk}-points": "5",
        f"{first.pk}-seq": "1",
        f"{second.pk}-seq": "1",
        f"{third.pk}-points": "3",
        f"{third.pk}-remark": "Baris satu\r\nbaris dua",
        f"{third.pk}-seq": "1",
    }
    reply = send(browser, response, "perspectives/1/", **data)
    assert reply.url == reverse("surveys:rating-group", args=[response.submission_id, 2])
    found = {rating.candidate: rating for rating in Rating.objects.all()}
    assert (found[first].points, found[third].points, len(found)) == (5, 3, 2)
    assert found[third].remark == "Baris satu\nbaris dua"
    send(browser, response, "perspectives/1/", **data)
    assert Rating.objects.count() == 2  # the same again is nothing new


def test_a_page_is_stored_whole_or_not_at_all(browser, response, survey):
    first, second, third = survey.candidates.all()[:3]
    data = {f"{one.pk}-seq": "1" for one in (first, second, third)}
    data |= {f"{first.pk}-points": "5", f"{second.pk}-remark": "Tanpa nilai"}
    reply = send(browser, response, "perspectives/1/", **data)
    assert reply.status_code == 422
    assert not Rating.objects.exists()
    assert "Tanpa nilai" in text(reply)


def test_a_page_shows_what_is_newer_elsewhere(browser, response, survey):
    first, second, third = survey.candidates.all()[:3]
    builders.rate(response, first, 2, seq=7)
    data = {f"{one.pk}-seq": "1" for one in (first, second, third)}
    data |= {f"{first.pk}-points": "5", f"{second.pk}-points": "4"}
    reply = send(browser, response, "perspectives/1/", **data)
    assert reply.status_code == 409
    assert [item.candidate for item in reply.context["superseded_items"]] == [first]
    in_force = {r.candidate: r.points for r in current_ratings(Rating.objects.all())}
    assert in_force == {first: 2, second: 4}


def test_open_candidates_must_be_accepted_before_sending(browser, response, survey):
    reply = send(browser, response, "check/")
    assert reply.status_code == 422  # nothing is rated
    builders.rate(response, survey.candidates.first(), 4)
    reply = send(browser, response, "check/")
    assert reply.status_code == 422
    assert "missing_accepted" in reply.context["form"].errors
    reply = send(browser, response, "check/", missing_accepted="on")
    assert reply.url == reverse("surveys:answer-receipt", args=[response.submission_id])


def test_the_copy_has_reference_ratings_and_proposals(browser, response, survey):
    for candidate in survey.candidates.all():
        builders.rate(response, candidate, 4, remark="Catatan saya")
    proposal(response, survey)
    submit_ratings(response=response, now=timezone.now())
    reply = page(browser, response, "copy/")
    assert response.reference in text(reply)
    assert "Catatan saya" in text(reply)
    assert "Jumlah pelanggan baru" in text(reply)
    for path in ("candidates/1/", "perspectives/1/", "check/", "proposal/", ""):
        assert page(browser, response, path).url.endswith("/copy/")
    assert send(browser, response, "candidates/1/", points="1", seq="9").status_code == 409


def proposal(response, survey):
    return CandidateProposal.objects.create(
        response=response,
        key=uuid4(),
        perspective=survey.scorecard.perspectives.first(),
        name="Jumlah pelanggan baru",
        created_at=timezone.now(),
    )


def test_a_missing_kpi_is_proposed_once_however_often_it_is_pressed(browser, response, survey):
    empty = page(browser, response, "proposal/")
    assert "---" not in text(empty)
    key = empty.context["form"]["key"].value()
    fields = {
        "key": str(key),
        "perspective": survey.scorecard.perspectives.first().pk,
        "name": "Jumlah pelanggan baru",
        "reason": "Pertumbuhan",
    }
    for _ in range(2):
        assert send(browser, response, "proposal/", **fields).status_code == 302
    assert CandidateProposal.objects.get().reason == "Pertumbuhan"
    assert "Jumlah pelanggan baru" in text(page(browser, response, "proposal/"))


@pytest.mark.parametrize("change", [{"name": ""}, {"perspective": "0"}, {"key": "x"}], ids=str)
def test_an_incomplete_proposal_is_not_stored(browser, response, survey, change):
    fields = {"key": str(uuid4()), "perspective": survey.scorecard.perspectives.first().pk}
    fields |= {"name": "Baru", "reason": ""}
    assert send(browser, response, "proposal/", **fields | change).status_code == 422
    assert not CandidateProposal.objects.exists()


def test_too_many_proposals_are_said(browser, response, survey, monkeypatch):
    monkeypatch.setattr("surveys.services.screening_answers.MOST_PROPOSALS", 0)
    fields = {"key": str(uuid4()), "perspective": survey.scorecard.perspectives.first().pk}
    assert send(browser, response, "proposal/", **fields, name="Baru").status_code == 422


def test_where_nothing_is_asked_for_nothing_can_be_proposed(browser, response):
    Survey.objects.update(takes_proposals=False)
    assert page(browser, response, "proposal/").status_code == 404
    assert "/proposal/" not in text(page(browser, response, "candidates/1/"))


def test_a_pairwise_questionnaire_has_none_of_these_pages(org):
    response = builders.response(builders.invitation(builders.survey(org)))
    browser = builders.expert(response.invitation)
    for path in ("candidates/1/", "perspectives/1/", "proposal/"):
        assert page(browser, response, path).status_code == 404
    response = builders.response(builders.invitation(builders.screening(org), "P2"))
    browser = builders.expert(response.invitation)
    for path in ("parts/1/", "parts/1/1/", "parts/1/consistency/"):
        assert page(browser, response, path).status_code == 404


def test_one_goes_on_at_the_first_open_candidate(browser, response, survey):
    builders.rate(response, survey.candidates.first(), 4)
    reply = browser.get("/answer/")
    assert reply.url == reverse("surveys:rating", args=[response.submission_id, 2])
    builders.rate_all(response)
    assert browser.get("/answer/").url.endswith("/check/")


@pytest.mark.parametrize("path", ["", "candidates/1/", "perspectives/1/", "check/", "proposal/"])
def test_queries_stay_flat(flat_queries, browser, response, survey, path):
    def grow():
        scorecard = survey.scorecard
        builders.add_candidates(survey, scorecard.perspectives.first(), 4)
        builders.rate_all(response, 3)
        proposal(response, survey)

    proposal(response, survey)
    builders.rate(response, survey.candidates.last(), 5)
    flat_queries(lambda: page(browser, response, path), grow)


def test_the_sheet_needs_two_queries(survey, response, django_assert_num_queries):
    with django_assert_num_queries(2):
        sheet = rating_sheet(survey, response)
    assert [len(group.items) for group in sheet.groups] == [3, 2]


def test_a_perspective_is_tagged_and_not_named_twice(org):
    survey = builders.screening(org, sizes=(2,))
    survey.candidates.filter(order=1).update(is_perspective=True)
    first, second = survey.candidates.all()
    perspective = first if first.is_perspective else second
    response = builders.response(builders.invitation(survey))
    browser = builders.expert(response.invitation)
    number = [first, second].index(perspective) + 1
    page = browser.get(f"/answer/{response.submission_id}/candidates/{number}/")
    shown = page.context["script_data"]["questions"][number - 1]
    assert (shown["perspective"], bool(shown["kind"])) == ("", True)
    other = page.context["script_data"]["questions"][2 - number]
    assert (bool(other["perspective"]), other["kind"]) == (True, "")
    assert '<strong data-text="perspective"></strong>' in page.content.decode()
