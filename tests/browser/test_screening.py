"""A screening on a 360 px phone: set up, rated with and without a network or scripts, sent."""

import json
import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from organizations.models import Role
from scorecards.models import KPI
from surveys.links import link_of
from surveys.models import CandidateProposal, Rating, Response, Survey
from surveys.selectors.rating_sheet import current_ratings
from tests import factories
from tests.browser.conftest import LAPTOP, PHONE
from tests.surveys import builders
from tests.surveys.designs import scorecard_with_kpis

pytestmark = pytest.mark.django_db(transaction=True)

NEXT = "main form button[type=submit]"
SAVED = ".answer-queue__state--saved"
DEVICES = pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])


@pytest.fixture
def invitation(transactional_db):
    return builders.invitation(builders.screening(sizes=(4, 3)))


def start(page: Page, invitation) -> None:
    """From the link to the first candidate, with consent where it is asked for."""
    page.goto(f"/a/{link_of(invitation)}/")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/answer/"))
    if "consent" in page.url:
        page.locator("input[type=checkbox]").check()
        page.locator(NEXT).click()
    page.locator(".answer-actions a, [data-heading]").wait_for()
    if page.locator(".answer-actions a").count():
        page.locator(".answer-actions a").click()
    expect(page.locator("[data-heading]")).to_be_visible()


def choose(page: Page, points: int) -> None:
    page.locator(f'.point:has(input[value="{points}"])').click()


def rate(page: Page, points: int) -> None:
    choose(page, points)
    page.locator(NEXT).click()


def expect_candidate(page: Page, number: int) -> None:
    expect(page).to_have_url(re.compile(rf"candidates/{number}/(\?.*)?$"))


def waiting(page: Page) -> dict[str, str]:
    return page.evaluate("({...localStorage})")


def expect_all_sent(page: Page, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while waiting(page) and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert waiting(page) == {}


def in_force() -> list[int]:
    ratings = current_ratings(Rating.objects.all())
    return [rating.points for rating in sorted(ratings, key=lambda r: r.candidate.order)]


def test_a_screening_from_the_link_to_the_copy_with_the_network_lost(
    visitors, invitation, axe, picture
):
    page = visitors.open(PHONE)
    start(page, invitation)
    assert page.locator("input:checked").count() == 0
    axe(page)
    picture(page, "screening-candidate")
    choose(page, 4)
    expect(page.locator(SAVED)).to_be_visible()  # on the spot, before one goes on
    assert in_force() == [4]
    page.locator(NEXT).click()
    expect_candidate(page, 2)
    expect(page.locator("[data-heading]")).to_contain_text("Kualitas Pelayanan")
    assert page.locator("input:checked").count() == 0

    page.context.set_offline(True)
    choose(page, 5)
    page.locator("[data-remark] summary").click()
    page.locator("[name=remark]").fill("Ada di buku tamu.")
    page.locator(NEXT).click()
    for number in range(3, 7):
        expect_candidate(page, number)
        rate(page, 3)
    expect_candidate(page, 7)
    rate(page, 2)  # the last: the check needs the network
    expect(page.locator("[data-notice]")).to_be_visible()
    assert in_force() == [4]
    [(key, kept)] = waiting(page).items()
    assert len(json.loads(kept)) == 6
    for secret in (invitation.name, invitation.nonce, link_of(invitation)):
        assert secret not in key + kept

    page.context.set_offline(False)
    expect(page).to_have_url(re.compile("/check/$"), timeout=15_000)
    expect_all_sent(page)
    assert in_force() == [4, 5, 3, 3, 3, 3, 2]
    assert Rating.objects.exclude(remark="").get().remark == "Ada di buku tamu."
    axe(page)
    picture(page, "screening-check")
    page.locator(NEXT).last.click()
    expect(page).to_have_url(re.compile("/copy/$"))
    axe(page)
    picture(page, "screening-copy")
    response = Response.objects.get()
    expect(page.locator(".reference")).to_have_text(response.reference)
    assert response.submitted_at is not None
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def test_back_forward_reload_and_another_device(visitors, invitation):
    page = visitors.open(PHONE)
    start(page, invitation)
    rate(page, 4)
    expect_candidate(page, 2)
    rate(page, 5)
    expect_candidate(page, 3)
    page.go_back()
    expect_candidate(page, 2)
    expect(page.locator("input[name=points]:checked")).to_have_value("5")
    page.go_forward()
    expect_candidate(page, 3)
    assert page.locator("input:checked").count() == 0
    page.locator("[data-skip]").click()
    expect_candidate(page, 4)
    expect_all_sent(page)
    page.reload()
    expect_candidate(page, 4)
    page.locator("[data-back]").click()
    expect_candidate(page, 3)
    other = visitors.open(PHONE)
    start(other, invitation)
    expect_candidate(other, 3)  # the first open one


def test_a_remark_on_what_is_left_open_is_there_again(phone, invitation):
    start(phone, invitation)
    phone.locator("[data-remark] summary").click()
    phone.locator("[name=remark]").fill("Ada di buku tamu.")
    phone.locator("[data-skip]").click()
    expect_candidate(phone, 2)
    expect(phone.locator("[name=remark]")).to_have_value("")
    phone.locator("[data-back]").click()
    expect(phone.locator("[name=remark]")).to_have_value("Ada di buku tamu.")
    rate(phone, 4)
    expect_all_sent(phone)
    assert Rating.objects.get().remark == "Ada di buku tamu."


def test_a_rating_from_another_device_is_shown_and_can_be_changed(visitors, invitation):
    one, two = visitors.open(PHONE), visitors.open(PHONE)
    start(one, invitation)
    start(two, invitation)
    choose(one, 5)
    expect_all_sent(one)
    choose(two, 1)
    expect(two.locator("[data-notice]")).to_contain_text("Kepuasan Pelanggan: 5")
    expect(two.locator("input[name=points]:checked")).to_have_value("5")
    assert in_force() == [5]
    choose(two, 2)
    expect_all_sent(two)
    assert in_force() == [2]


def test_the_notice_of_another_rating_leads_back_to_it(visitors, invitation):
    one, two = visitors.open(PHONE), visitors.open(PHONE)
    start(one, invitation)
    start(two, invitation)
    choose(one, 5)
    expect_all_sent(one)
    two.context.set_offline(True)
    rate(two, 1)
    expect_candidate(two, 2)
    two.context.set_offline(False)
    # The page has gone on to another candidate: the notice leads back to the one it speaks of.
    two.locator("[data-notice] a").click()
    expect_candidate(two, 1)
    expect(two.locator("[data-notice]")).to_be_hidden()
    expect(two.locator("input[name=points]:checked")).to_have_value("5")
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def test_answer_buttons_are_large_enough_for_a_thumb(phone, invitation):
    start(phone, invitation)
    boxes = [choice.bounding_box() for choice in phone.locator(".choice").all()]
    assert len(boxes) == 5
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44


def test_the_keyboard_alone_is_enough(laptop, invitation, axe, picture):
    start(laptop, invitation)
    axe(laptop)
    picture(laptop, "screening-candidate")
    laptop.locator("input[name=points]").first.focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Enter"):
        laptop.keyboard.press(key)
    expect_candidate(laptop, 2)
    expect_all_sent(laptop)
    assert in_force() == [3]


def test_a_perspective_on_one_page_saves_each_rating_on_the_spot(phone, invitation, axe, picture):
    response = builders.response(invitation)
    start(phone, invitation)
    phone.goto(f"/answer/{response.submission_id}/")
    axe(phone)
    picture(phone, "screening-overview")
    phone.goto(f"/answer/{response.submission_id}/perspectives/1/")
    axe(phone)
    picture(phone, "screening-perspective")
    for card in phone.locator(".rating-card").all():
        card.locator('.point:has(input[value="4"])').click()
    expect(phone.locator(".rating-card--saved")).to_have_count(4)
    assert in_force() == [4, 4, 4, 4]
    boxes = [choice.bounding_box() for choice in phone.locator(".choice").all()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    card = phone.locator(".rating-card").first
    card.locator('.point:has(input[value="1"])').click()
    card.locator("[data-remark] summary").click()
    card.locator("textarea").fill("Kurang jelas.")
    phone.locator(NEXT).click()
    expect(phone).to_have_url(re.compile("perspectives/2/$"))
    newest = Rating.objects.order_by("seq").last()
    assert (newest.points, newest.remark) == (1, "Kurang jelas.")


def test_a_remark_without_its_rating_is_said_to_be_unsaved(phone, invitation):
    response = builders.response(invitation)
    start(phone, invitation)
    phone.goto(f"/answer/{response.submission_id}/perspectives/1/")
    first, second = phone.locator(".rating-card").all()[:2]
    first.locator("[data-remark] summary").click()
    first.locator("textarea").press_sequentially("Ada di buku tamu.")
    second.locator('.point:has(input[value="4"])').click()
    # What was saved is said, and beside it what isn't.
    state = phone.locator("[data-state]")
    expect(state).to_have_text(re.compile(r"\d\d[.:]\d\d.*: 1$"))
    asked = []
    phone.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    phone.goto(f"/answer/{response.submission_id}/perspectives/1/")
    assert asked == ["beforeunload"]
    first.locator("[data-remark] summary").click()
    first.locator("textarea").press_sequentially("Ada di buku tamu.")
    first.locator('.point:has(input[value="5"])').click()
    expect(state).to_have_text(re.compile(r"\d\d[.:]\d\d$"))
    first.locator("textarea").press_sequentially(" Lagi.")
    expect(state).to_have_text(re.compile(": 1$"))
    first.locator("textarea").blur()
    expect(state).to_have_text(re.compile(r"\d\d[.:]\d\d$"))
    phone.goto(f"/answer/{response.submission_id}/")
    assert len(asked) == 1
    assert Rating.objects.latest("seq").remark.endswith("Lagi.")


def test_a_missing_kpi_is_proposed(phone, invitation, axe, picture):
    start(phone, invitation)
    phone.locator("a[href$='/proposal/']").click()
    phone.locator("select").select_option(index=1)
    phone.locator("input[name=name]").fill("Jumlah pelanggan daring")
    axe(phone)
    picture(phone, "screening-proposal")
    phone.locator(NEXT).click()
    expect(phone.locator("#proposed")).to_be_visible()
    assert CandidateProposal.objects.get().name == "Jumlah pelanggan daring"
    phone.locator("a[href='/answer/']").click()
    expect(phone).to_have_url(re.compile(r"/answer/[0-9a-f-]+/"))


@DEVICES
def test_without_scripts_the_forms_do_it_all(visitors, transactional_db, axe, device):
    page = visitors.open(device, java_script_enabled=False)
    start(page, builders.invitation(builders.screening(sizes=(2, 1))))
    page.locator(NEXT).click()
    expect(page.locator(".error-summary")).to_be_visible()
    rate(page, 4)
    expect(page.locator(".saved-note")).to_contain_text("4")
    page.locator("[data-remark] summary").click()
    page.locator("[name=remark]").fill("Ada di buku tamu.")
    rate(page, 5)
    page.locator("[data-skip]").click()
    expect(page).to_have_url(re.compile("/check/"))
    page.locator(NEXT).last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=missing_accepted]").check()
    page.locator(NEXT).last.click()
    expect(page).to_have_url(re.compile("/copy/$"))
    assert in_force() == [4, 5]
    visitors.forgive("422")


@DEVICES
def test_an_officer_sets_a_screening_up(visitors, sign_in, transactional_db, axe, picture, device):
    organization = factories.organization("Koperasi Batik Pesisir", slug="pesisir")
    editor = factories.membership(factories.user("Edi"), organization, Role.EDITOR).user
    scorecard = scorecard_with_kpis(organization)
    scorecard.kpis.filter(code__startswith="K1").update(status=KPI.Status.CANDIDATE)
    page = visitors.open(device)
    sign_in(page, editor)
    page.goto(reverse("surveys:survey-create", args=["pesisir"]))
    axe(page)
    picture(page, "screening-kind")
    page.locator("a[href*='kind=screening']").click()
    axe(page)
    picture(page, "screening-create")
    page.locator(NEXT).last.click()
    survey = Survey.objects.get()
    page.locator(f"a[href$='/{survey.pk}/edit/']").first.click()
    expect(page.locator("input[name=kpis]:checked")).to_have_count(3)
    axe(page)
    picture(page, "screening-edit")
    page.locator("input[name=perspectives]").first.check()
    page.locator("input[name=kpis]").last.check()
    page.locator(NEXT).last.click()
    expect(page.locator(".plan__matrix")).to_have_count(2)
    axe(page)
    picture(page, "screening-draft")
    page.locator("form[action$='/open/'] button").click()
    expect(page.locator("form[action$='/close/']")).to_be_visible()
    assert [candidate.code for candidate in survey.candidates.all()] == [
        *("P1", "K11", "K12", "K13"),
        "K23",
    ]
    assert Survey.objects.get().status == Survey.Status.OPEN
