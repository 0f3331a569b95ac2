"""From the link to the first question: looking changes nothing, consent comes first."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surveys.expert_cookie import LIFETIME
from surveys.links import link_of
from surveys.models import Invitation, Judgement, Response, Survey
from surveys.services.answering import start_response
from surveys.services.invitations import reissue_invitation, revoke_invitation
from surveys.services.refusals import SurveyNotOpen
from tests.surveys import builders

pytestmark = pytest.mark.django_db

PREVIEWS = [
    "WhatsApp/2.23.20.0",
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 SafeLinks",
    "Mozilla/5.0 (compatible; Googlebot/2.1)",
]


@pytest.fixture
def survey(org):
    return builders.survey(org)


@pytest.fixture
def invitation(survey):
    return builders.invitation(survey)


@pytest.fixture
def url(invitation):
    return f"/a/{link_of(invitation)}/"


def rows() -> tuple[int, int]:
    return Response.objects.count(), Judgement.objects.count()


@pytest.mark.parametrize("agent", PREVIEWS)
def test_previews_change_nothing_and_the_link_still_works(url, invitation, agent):
    preview = Client(headers={"user-agent": agent})
    for _ in range(3):
        assert preview.get(url).status_code == 200
        assert preview.head(url).status_code == 200
    assert rows() == (0, 0)
    invitation.refresh_from_db()
    assert builders.expert(invitation).get("/answer/consent/").status_code == 200


def test_the_first_page_shows_nothing_personal_and_stays_out_of_every_store(url, invitation):
    invitation.position, invitation.email = "Ketua KUB Rahasia", "sekar@contoh.id"
    invitation.save()
    page = Client().get(url)
    for personal in (invitation.name, invitation.position, invitation.email, link_of(invitation)):
        title = page.content.decode().partition("<title>")[2].partition("</title>")[0]
        assert personal not in title
    assert invitation.name not in page.content.decode()
    assert invitation.position not in page.content.decode()
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]


def test_start_exchanges_the_link_for_a_cookie(url, invitation):
    browser = Client()
    started = browser.post(url)
    assert started.status_code == 302
    assert started.url == "/answer/"
    cookie = started.cookies["expert"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == LIFETIME >= 20 * 3600
    assert link_of(invitation) not in cookie.value
    assert rows() == (0, 0), "pressing Start is not yet taking part"


def test_the_cookie_is_bound_to_the_host_over_https(url, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = Client().post(url).cookies["__Host-expert"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def test_start_needs_the_forms_token_but_not_an_origin(url):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(url).status_code == 403
    token = browser.get(url).context["csrf_token"]
    # What a browser sends from a page under no-referrer.
    sent = browser.post(url, {"csrfmiddlewaretoken": str(token)}, headers={"origin": "null"})
    assert sent.status_code == 302
    foreign = browser.post(
        url, {"csrfmiddlewaretoken": str(token)}, headers={"origin": "https://evil.example"}
    )
    assert foreign.status_code == 403


def test_the_language_is_chosen_on_the_page_itself(url):
    browser = Client()
    changed = browser.post(url, {"language": "en", "next": url})
    assert changed.status_code == 302
    assert changed.url == url
    assert "Your opinion is needed" in browser.get(url).content.decode()


def test_nor_does_a_wrong_link_keep_the_language_from_being_chosen(invitation):
    wrong = f"/a/{link_of(invitation)[:-1]}/"
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(wrong)
    assert page.status_code == 404
    assert 'class="language"' in page.content.decode()
    # The secret may be nearly right: the form goes nowhere else.
    assert "action=" not in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    form = {"csrfmiddlewaretoken": str(page.context["csrf_token"]), "next": wrong, "language": "en"}
    changed = browser.post(wrong, form, headers={"origin": "null"})
    assert (changed.status_code, changed.url) == (302, wrong)
    page = browser.get(wrong)
    assert page.status_code == 404
    assert "This link is not known" in page.content.decode()


def test_a_staff_login_in_the_same_browser_is_left_alone(url, alice, client_for):
    browser = client_for(alice)
    session = browser.cookies["session"].value
    browser.post(url)
    assert browser.get("/answer/consent/").status_code == 200
    assert browser.cookies["session"].value == session
    assert browser.session["_auth_user_id"] == str(alice.pk)


def test_consent_needs_its_own_tick(invitation):
    browser = builders.expert(invitation)
    page = browser.get("/answer/", follow=True)
    assert page.redirect_chain[-1][0] == "/answer/consent/"
    assert b"checked" not in page.content
    assert "Saya bersedia menjadi pakar." in page.content.decode()
    refused = browser.post("/answer/consent/", {})
    assert refused.status_code == 422
    assert ".: " not in refused.content.decode()
    assert "error-summary" in refused.text
    assert "Belum ada yang disimpan" not in refused.text, "nothing was to be saved"
    assert rows() == (0, 0)


def test_the_agreed_words_and_the_time_are_kept(invitation, survey):
    browser = builders.expert(invitation)
    before = timezone.now()
    agreed = browser.post("/answer/consent/", {"consent": "on"})
    response = Response.objects.get()
    assert agreed.url == f"/answer/{response.submission_id}/"
    survey.consent_text = "Kata lain"
    survey.save()
    response.refresh_from_db()
    assert response.consent_text == "Saya bersedia menjadi pakar."
    assert before <= response.consented_at <= timezone.now()


def test_agreeing_twice_is_agreeing_once(invitation):
    browser = builders.expert(invitation)
    for _ in range(2):
        browser.post("/answer/consent/", {"consent": "on"})
    assert Response.objects.count() == 1


def test_the_overview_says_how_much_work_it_is(invitation):
    response = builders.response(invitation)
    page = builders.expert(invitation).get(f"/answer/{response.submission_id}/")
    assert page.context["sheet"].total == 4
    assert page.context["sheet"].minutes == 2
    assert [part.title for part in page.context["sheet"].parts] == ["Bagian 1", "Bagian 2"]


def test_another_device_goes_on_at_the_first_open_question(invitation, survey):
    response = builders.response(invitation)
    first, _second, third = builders.pairs(survey)
    builders.judge(response, *first, 3)
    builders.judge(response, *third, 1 / 5)
    gone_on = builders.expert(invitation).get("/answer/")
    assert gone_on.url == f"/answer/{response.submission_id}/parts/1/2/"


def test_with_everything_answered_one_goes_on_at_the_check(invitation):
    response = builders.response(invitation)
    builders.answer_all(response)
    gone_on = builders.expert(invitation).get("/answer/")
    assert gone_on.url == f"/answer/{response.submission_id}/check/"


@pytest.mark.parametrize("stop", [revoke_invitation, reissue_invitation])
def test_revoking_works_on_the_next_request(invitation, stop):
    response = builders.response(invitation)
    browser = builders.expert(invitation)
    url = f"/answer/{response.submission_id}/parts/1/1/"
    assert browser.get(url).status_code == 200
    stop(invitation=invitation, **({"now": timezone.now()} if stop is revoke_invitation else {}))
    assert browser.get(url).status_code == 403
    refused = browser.post(url, {"preferred": "row", "strength": "3", "seq": "1"})
    assert refused.status_code == 403
    assert Judgement.objects.count() == 0


@pytest.mark.parametrize("cookie", ["", "x", "x:y:z", '["1","n"]'])
def test_a_cookie_that_is_not_ours_leads_to_the_link(invitation, cookie):
    response = builders.response(invitation)
    browser = Client()
    browser.cookies["expert"] = cookie
    assert browser.get(f"/answer/{response.submission_id}/").status_code == 403
    assert browser.get("/answer/").status_code == 403


def test_one_experts_cookie_opens_no_other_experts_answers(invitation, survey):
    theirs = builders.response(builders.invitation(survey, "P2"))
    builders.response(invitation)
    refused = builders.expert(invitation).get(f"/answer/{theirs.submission_id}/")
    assert refused.status_code == 403


def test_a_closed_survey_says_so_and_until_when(invitation, survey, url):
    survey.closes_at = timezone.now() - timedelta(hours=2)
    survey.save()
    page = Client().get(url)
    assert page.status_code == 200
    assert page.templates[0].name == "surveys/answer/closed.html"
    assert f"{survey.closes_at:%Y}" in page.content.decode()
    assert Client().post(url).status_code == 409


def test_a_survey_in_preparation_says_that_the_link_is_right(invitation, survey, url):
    Survey.objects.update(status=Survey.Status.DRAFT)
    page = Client().get(url)
    assert page.templates[0].name == "surveys/answer/closed.html"


def test_closed_in_between_says_how_many_answers_are_saved(invitation, survey):
    response = builders.response(invitation)
    builders.judge(response, *builders.pairs(survey)[0], 3)
    browser = builders.expert(invitation)
    Survey.objects.update(status=Survey.Status.CLOSED)
    page = browser.get(f"/answer/{response.submission_id}/parts/1/2/")
    assert page.templates[0].name == "surveys/answer/closed.html"
    assert page.context["sheet"].answered == 1


def test_nobody_starts_after_the_last_moment(invitation, survey):
    survey.closes_at = timezone.now() - timedelta(minutes=1)
    survey.save()
    with pytest.raises(SurveyNotOpen):
        start_response(invitation=invitation, now=timezone.now())


def test_nor_is_anybody_led_to_the_consent_then(invitation, url):
    browser = builders.expert(invitation)
    Survey.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    for page in (Client().get(url), browser.get("/answer/consent/"), browser.get("/answer/")):
        assert page.templates[0].name == "surveys/answer/closed.html"
    assert Client().post(url).status_code == 409
    assert browser.post("/answer/consent/", {"consent": "on"}).status_code == 409
    assert not Response.objects.exists()


def test_looking_at_every_page_changes_nothing(invitation, survey):
    response = builders.response(invitation)
    builders.answer_all(response, 3)
    browser = builders.expert(invitation)
    root = f"/answer/{response.submission_id}/"
    before = list(Judgement.objects.values()), list(Response.objects.values())
    pages = ["", "parts/1/", "parts/1/1/", "parts/1/consistency/", "check/", "copy/"]
    for page in pages:
        assert browser.get(root + page).status_code in (200, 302)
        assert browser.head(root + page).status_code in (200, 302)
    for page in ("parts/1/proposal/", "judgements/"):
        assert browser.get(root + page).status_code == 405
    assert (list(Judgement.objects.values()), list(Response.objects.values())) == before


@pytest.mark.parametrize("path", ["parts/0/", "parts/3/", "parts/1/0/", "parts/1/4/", "parts/3/1/"])
def test_a_part_or_pair_that_does_not_exist_is_404(invitation, path):
    response = builders.response(invitation)
    page = builders.expert(invitation).get(f"/answer/{response.submission_id}/{path}")
    assert page.status_code == 404


def test_answers_of_a_published_study_are_marked(org):
    survey = builders.survey(org, provenance=Survey.Provenance.RECONSTRUCTED)
    invitation = builders.invitation(survey)
    response = builders.response(invitation)
    browser = builders.expert(invitation)
    for page in ("", "parts/1/", "parts/1/1/", "parts/1/consistency/", "check/"):
        shown = browser.get(f"/answer/{response.submission_id}/{page}")
        assert survey.get_provenance_display() in shown.content.decode(), page


def test_until_when_one_can_answer_stands_with_its_zone(survey, invitation, url):
    closes = datetime(2030, 11, 30, 10, 0, tzinfo=UTC)
    Survey.objects.update(closes_at=closes)
    browser = builders.expert(invitation)
    overview = browser.post("/answer/consent/", {"consent": "on"}).url
    for path in (url, overview, f"{overview}check/"):
        page = browser.get(path, headers={"Accept-Language": "en"}).content.decode()
        assert "30 November 2030" in page, path
        assert "WIB" in page, path
    Invitation.objects.update(closes_at=closes + timedelta(days=1))
    page = browser.get(overview, headers={"Accept-Language": "en"}).content.decode()
    assert "1 December 2030" in page


def test_in_the_minutes_of_grace_the_page_says_what_is_still_taken(survey, invitation):
    browser = builders.expert(invitation)
    overview = browser.post("/answer/consent/", {"consent": "on"}).url
    Survey.objects.update(closes_at=timezone.now() - timedelta(minutes=5))
    page = browser.get(overview, headers={"Accept-Language": "en"})
    assert "What you have begun is still taken until" in page.content.decode()
    Survey.objects.update(closes_at=timezone.now() - timedelta(minutes=16))
    late = browser.get(overview, headers={"Accept-Language": "en"}).content.decode()
    assert "Answers were accepted until" in late


def test_a_link_that_is_opened_too_early_asks_nobody_to_open_it_again(client, org):
    draft = builders.survey(org, status=Survey.Status.DRAFT)
    page = client.get(f"/a/{link_of(builders.invitation(draft, 'P8'))}/", follow=True)
    assert "mintalah" not in page.content.decode()
