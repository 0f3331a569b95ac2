"""Experts on a 360 px phone: with a network that goes away, on a second device, without scripts."""

import json
import re
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from surveys.links import link_of
from surveys.models import Exemption, Judgement, Response, Survey
from surveys.selectors.judgements import current_judgements
from surveys.services.sending import submit_response
from tests.browser.conftest import LAPTOP, PHONE
from tests.surveys import builders

pytestmark = pytest.mark.django_db(transaction=True)

NEXT = "main form button[type=submit]"
SAVED = ".answer-queue__state--saved"
LASEM = (2, 6, 3, 7)  # 40 comparisons in four parts


@pytest.fixture
def invitation(transactional_db):
    return builders.invitation(builders.survey(sizes=LASEM))


def start(page: Page, invitation) -> None:
    """From the link to the first comparison, with consent where it is asked for."""
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
    assert link_of(invitation) not in page.url


def side_of(place: Page | Locator, side: int) -> Locator:
    """0: the first element, 1: equally important, 2: the second element."""
    value = ("row", "equal", "column")[side]
    return place.locator(f".side:has(input[value={value}])")


def choose(page: Page, side: int = 0, strength: int | None = 3) -> None:
    side_of(page, side).click()
    if strength:
        page.locator(f'.strength:has(input[value="{strength}"])').click()


def answer(page: Page, side: int = 0, strength: int | None = 3) -> None:
    choose(page, side, strength)
    page.locator(NEXT).click()


def expect_pair(page: Page, part: int, number: int) -> None:
    expect(page).to_have_url(re.compile(rf"parts/{part}/{number}/(\?.*)?$"))


def waiting(page: Page) -> dict[str, str]:
    """What the browser keeps, as it keeps it."""
    return page.evaluate("({...localStorage})")


def expect_all_sent(page: Page, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while waiting(page) and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert waiting(page) == {}


def test_the_two_steps_and_the_sentence_read_back(phone, invitation, axe):
    start(phone, invitation)
    strengths = phone.locator("[data-strengths]")
    expect(strengths).to_be_hidden()
    assert phone.locator("input:checked").count() == 0
    side_of(phone, 2).click()
    expect(strengths).to_be_visible()
    expect(phone.locator("[data-question]")).to_contain_text("Kualitas Pelayanan")
    phone.locator('.strength:has(input[value="4"])').click()
    expect(phone.locator("[data-readback]")).to_contain_text(
        re.compile("Kualitas Pelayanan.* 4 .*Kepuasan Pelanggan")
    )
    axe(phone)
    expect_pair(phone, 1, 1)  # nothing goes on by itself
    side_of(phone, 1).click()
    expect(strengths).to_be_hidden()
    expect(phone.locator("[data-readback]")).not_to_contain_text(" 4 ")


def test_answer_buttons_are_large_enough_for_a_thumb(phone, invitation):
    start(phone, invitation)
    side_of(phone, 0).click()
    boxes = [choice.bounding_box() for choice in phone.locator(".choice").all()]
    assert len(boxes) == 11
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44


def test_the_keyboard_alone_is_enough(laptop, invitation):
    start(laptop, invitation)
    laptop.locator("input[value=row]").focus()
    laptop.keyboard.press("Space")
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Space")
    expect(laptop.locator("[data-readback]")).to_be_visible()
    laptop.keyboard.press("Enter")
    expect_pair(laptop, 2, 1)
    expect_all_sent(laptop)
    assert Judgement.objects.get().strength == 2


def test_all_comparisons_with_the_network_lost_then_another_device_then_sent(
    visitors, invitation, axe, picture
):
    page = visitors.open(PHONE)
    start(page, invitation)
    answer(page, 0, 3)  # the only pair of part 1; no consistency page for two elements
    expect_pair(page, 2, 1)
    for number in range(1, 4):
        answer(page, 0, 3)
        expect_pair(page, 2, number + 1)
    expect(page.locator(SAVED)).to_be_visible()
    assert waiting(page) == {}

    page.context.set_offline(True)
    for number in range(4, 15):
        answer(page, 2 if number % 2 else 0, 2)
        expect_pair(page, 2, number + 1)
    expect(page.locator("[data-state]")).not_to_have_text("")
    expect(page.locator(SAVED)).to_have_count(0)
    answer(page, 1, None)  # the last of part 2: its check needs the network, so part 3 follows
    expect_pair(page, 3, 1)
    expect(page.locator("[data-notice]")).to_be_visible()
    for _ in range(3):
        answer(page, 0, 2)
    expect_pair(page, 4, 1)
    assert Judgement.objects.count() == 4
    [(key, kept)] = waiting(page).items()
    assert len(json.loads(kept)) == 15
    for secret in (invitation.name, invitation.nonce, link_of(invitation), "Kepuasan"):
        assert secret not in key + kept

    page.context.set_offline(False)
    came_back = time.monotonic()
    expect(page.locator(SAVED)).to_be_visible(timeout=15_000)
    expect_all_sent(page)
    assert time.monotonic() - came_back < 15
    assert Judgement.objects.count() == 19
    visitors.forgive("ERR_INTERNET_DISCONNECTED")
    page.context.close()

    other = visitors.open(PHONE)
    start(other, invitation)
    expect_pair(other, 4, 1)
    for number in range(1, 22):
        answer(other, 0, 2)
        if number < 21:
            expect_pair(other, 4, number + 1)
    expect(other).to_have_url(re.compile("parts/4/consistency/$"))
    axe(other)
    other.locator(".answer-buttons .btn-primary").last.click()
    expect(other).to_have_url(re.compile("/check/$"))
    axe(other)
    picture(other, "answer-check")
    other.locator(NEXT).click()
    expect(other).to_have_url(re.compile("/copy/$"))
    axe(other)
    response = Response.objects.get()
    expect(other.locator(".reference")).to_have_text(response.reference)
    assert response.submitted_at is not None
    assert len(current_judgements(response.judgements.all())) == 40
    assert waiting(other) == {}


def test_a_tab_that_died_offline_sends_its_answers_when_the_link_is_opened_again(
    visitors, invitation
):
    page = visitors.open(PHONE)
    start(page, invitation)
    answer(page)
    expect_pair(page, 2, 1)
    expect(page.locator(SAVED)).to_be_visible()
    page.context.set_offline(True)
    answer(page)
    answer(page)
    expect_pair(page, 2, 3)
    page.close()
    context = visitors.contexts[-1]
    context.set_offline(False)
    assert Judgement.objects.count() == 1
    again = context.new_page()
    start(again, invitation)
    expect_all_sent(again)
    assert Judgement.objects.count() == 3
    visitors.complaints.clear()  # what the dying tab said of its network


def test_what_waited_without_a_network_was_given_when_it_was_given(visitors, invitation):
    """The answers come in a row, and the moments that are kept lie as far apart as they were."""
    page = visitors.open(PHONE)
    start(page, invitation)
    page.context.set_offline(True)
    for _number in range(3):
        page.wait_for_timeout(1500)
        answer(page)
    assert Judgement.objects.count() == 0
    page.context.set_offline(False)
    expect_all_sent(page)
    given = sorted(Judgement.objects.values_list("given_after", flat=True))
    assert len(given) == 3
    assert all(later - earlier > 1400 for earlier, later in pairwise(given))
    visitors.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_forgotten_cookie_keeps_the_answers_until_the_link_is_opened(visitors, invitation):
    page = visitors.open(PHONE)
    start(page, invitation)
    page.context.clear_cookies(name="expert")
    answer(page)
    expect(page.locator("[data-notice]")).to_be_visible()
    assert len(waiting(page)) == 1
    assert Judgement.objects.count() == 0
    start(page, invitation)
    expect_all_sent(page)
    assert Judgement.objects.count() == 1
    visitors.forgive("403")


def test_a_renewed_form_token_is_taken_without_anybody_noticing(visitors, invitation):
    page = visitors.open(PHONE)
    start(page, invitation)
    answer(page)
    expect_pair(page, 2, 1)
    page.context.clear_cookies(name="csrf")
    answer(page)
    expect_pair(page, 2, 2)
    expect_all_sent(page)
    assert Judgement.objects.count() == 2
    visitors.forgive("403")


def test_a_spoiled_origin_is_not_called_a_forgotten_link(visitors, invitation):
    page = visitors.open(PHONE)
    start(page, invitation)
    spoiled = {"status": 403, "headers": {"X-Form-Refused": "origin"}}
    page.route("**/judgements/", lambda route: route.fulfill(**spoiled))
    answer(page)
    expect(page.locator("[data-notice]")).to_contain_text("mengubah yang dikirim")
    assert len(waiting(page)) == 1
    visitors.forgive("403")


def test_a_server_that_stumbles_is_asked_again(visitors, invitation):
    page = visitors.open(PHONE)
    start(page, invitation)
    failures = iter([503, 500])

    def stumble(route):
        status = next(failures, None)
        route.fulfill(status=status) if status else route.continue_()

    page.route("**/judgements/", stumble)
    answer(page)
    expect(page.locator("[data-state]")).not_to_have_text("")
    expect_pair(page, 2, 1)
    expect_all_sent(page)
    assert Judgement.objects.count() == 1
    visitors.forgive("503")
    visitors.forgive("500")


def test_an_answer_from_another_device_is_shown_and_can_be_changed(visitors, invitation):
    one, two = visitors.open(PHONE), visitors.open(PHONE)
    start(one, invitation)
    start(two, invitation)
    answer(one, 0, 3)
    expect_pair(one, 2, 1)
    answer(two, 2, 9)
    expect(two.locator("[data-notice]")).to_contain_text(
        re.compile("Kepuasan Pelanggan.* 3 .*Kualitas Pelayanan")
    )
    assert [judgement.ratio for judgement in Judgement.objects.all()] == [3]
    # The page has gone on to another pair: the notice leads back to the one it speaks of.
    two.locator("[data-notice] a").click()
    expect_pair(two, 1, 1)
    expect(two.locator("[data-notice]")).to_be_hidden()
    expect(two.locator("input[name=preferred]:checked")).to_have_value("row")
    choose(two, 2, 9)
    two.locator(NEXT).click()
    expect_all_sent(two)
    assert Judgement.objects.latest("seq").ratio == 1 / 9


@pytest.mark.parametrize("end", ["closed", "sent"])
def test_closed_or_sent_meanwhile_is_said(visitors, invitation, end):
    page = visitors.open(PHONE)
    start(page, invitation)
    if end == "closed":
        Survey.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    else:
        response = Response.objects.get()
        builders.answer_all(response)
        submit_response(response=response, now=timezone.now())
    answer(page)
    expect(page.locator("[data-notice]")).to_be_visible()
    expect(page.locator(SAVED)).to_have_count(0)
    # Nor does the next answer look as if it were on its way.
    answer(page)
    expect(page.locator("[data-state]")).to_be_empty()
    expect(page.locator("[data-notice]")).to_be_visible()
    visitors.forgive("409")


def test_an_answer_that_is_asked_no_more_is_not_being_saved_for_ever(visitors, invitation):
    page = visitors.open(PHONE)
    start(page, invitation)
    matrix = invitation.survey.matrices.first()
    invitation.exemptions.create(matrix=matrix, origin=Exemption.Origin.OFFICER)
    answer(page)
    expect(page.locator("[data-notice]")).to_be_visible()
    expect(page.locator("[data-state]")).to_be_empty()
    assert waiting(page) == {}
    # It holds up no answer that is still asked.
    answer(page)
    expect(page.locator(SAVED)).to_be_visible()
    # And it stays said: what is saved is the rest.
    expect(page.locator("[data-notice]")).to_be_visible()
    assert Judgement.objects.get().matrix != matrix
    visitors.forgive("400")


def test_back_forward_and_reload_keep_their_place(phone, invitation):
    start(phone, invitation)
    answer(phone, 0, 3)
    expect_pair(phone, 2, 1)
    answer(phone, 2, 5)
    expect_pair(phone, 2, 2)
    phone.go_back()
    expect_pair(phone, 2, 1)
    expect(phone.locator("input[name=strength]:checked")).to_have_value("5")
    phone.go_forward()
    expect_pair(phone, 2, 2)
    assert phone.locator("input:checked").count() == 0
    expect_all_sent(phone)
    phone.reload()
    expect_pair(phone, 2, 2)
    phone.locator("[data-back]").click()
    expect(phone.locator("input[name=preferred]:checked")).to_have_value("column")


def test_all_on_one_page_saves_each_answer_on_the_spot(phone, invitation, axe):
    response = builders.response(invitation)
    start(phone, invitation)
    phone.goto(f"/answer/{response.submission_id}/parts/3/")
    axe(phone)
    for card in phone.locator(".pair-card").all():
        side_of(card, 1).click()
    expect(phone.locator(".pair-card--saved")).to_have_count(3)
    assert Judgement.objects.count() == 3
    card = phone.locator(".pair-card").first
    side_of(card, 0).click()
    card.locator('.strength:has(input[value="5"])').click()
    expect_all_sent(phone)
    assert Judgement.objects.latest("pk").strength == 5
    phone.locator(NEXT).click()
    expect(phone).to_have_url(re.compile("parts/3/consistency/$"))


def test_a_pair_that_was_only_begun_is_said_to_be_unsaved(phone, invitation):
    response = builders.response(invitation)
    start(phone, invitation)
    phone.goto(f"/answer/{response.submission_id}/parts/3/")
    first, second = phone.locator(".pair-card").all()[:2]
    side_of(first, 0).click()  # and not how much
    side_of(second, 1).click()
    state = phone.locator("[data-state]")
    expect(state).to_have_text(re.compile(r"\d\d[.:]\d\d.*: 1$"))
    first.locator('.strength:has(input[value="5"])').click()
    expect(state).to_have_text(re.compile(r"\d\d[.:]\d\d$"))


def test_without_scripts_the_forms_do_it_all(visitors, transactional_db, axe):
    invitation = builders.invitation(builders.survey(sizes=(3, 2)))
    page = visitors.open(PHONE, java_script_enabled=False)
    start(page, invitation)
    page.locator(NEXT).click()
    expect(page.locator(".error-summary")).to_be_visible()
    answer(page, 0, 4)
    expect(page.locator(".saved-note")).to_contain_text("4")
    answer(page, 2, 4)
    answer(page, 0, 4)
    expect(page).to_have_url(re.compile("parts/1/consistency/"))
    page.locator("button[value=keep]").first.click()
    page.locator("button[value=accept]").last.click()
    page.locator(".answer-buttons > .btn-primary").click()
    expect_pair(page, 2, 1)
    answer(page, 1, None)
    expect(page).to_have_url(re.compile("/check/"))
    page.locator(NEXT).click()
    expect(page).to_have_url(re.compile("/copy/$"))
    assert Response.objects.get().submitted_at is not None
    visitors.forgive("422")


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_page_is_accessible(visitors, transactional_db, axe, picture, device):
    invitation = builders.invitation(builders.survey(sizes=(3, 2), introduction="Terima kasih."))
    page = visitors.open(device)
    page.goto(f"/a/{link_of(invitation)}/")
    axe(page)
    picture(page, "answer-open")
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile("/consent/$"))
    axe(page)
    page.locator(NEXT).click()
    expect(page.locator(".error-summary")).to_be_visible()
    axe(page)
    page.locator("input[type=checkbox]").check()
    page.locator(NEXT).click()
    expect(page.locator(".parts")).to_be_visible()
    axe(page)
    page.locator(".answer-actions a").click()
    choose(page, 2, 4)
    axe(page)
    picture(page, "answer-pair")
    response = Response.objects.get()
    for pair, ratio in zip(builders.pairs(invitation.survey), (4, 1 / 4, 4), strict=True):
        builders.judge(response, *pair, ratio)
    root = f"/answer/{response.submission_id}/"
    for name in ("parts/1/", "parts/1/consistency/", "check/"):
        page.goto(root + name)
        axe(page)
    page.locator(NEXT).click()
    expect(page.locator(".error-summary")).to_be_visible()
    axe(page)
    page.goto("/a/1-wrong/")
    axe(page)
    visitors.complaints.clear()  # 422 and 404 are meant here


def test_the_secret_stays_in_no_address_that_is_passed_on(visitors, invitation):
    page = visitors.open(PHONE)
    requests = []
    page.on("request", lambda request: requests.append(request))
    start(page, invitation)
    answer(page)
    expect_all_sent(page)
    secret = link_of(invitation)
    assert [r.url for r in requests if secret in r.headers.get("referer", "")] == []
    after = requests[next(i for i, r in enumerate(requests) if r.method == "POST") + 1 :]
    assert after
    assert not any(secret in request.url for request in after)


def test_the_language_is_the_experts_choice(phone, invitation):
    phone.goto(f"/a/{link_of(invitation)}/")
    expect(phone.locator("html")).to_have_attribute("lang", "id")
    phone.locator("button[value=en]").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    start(phone, invitation)
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.locator("button[value=id]").click()
    expect(phone.locator("html")).to_have_attribute("lang", "id")


def test_the_first_screen_is_light(visitors, invitation):
    """Compressed as the site serves it: 100 KB and ten requests at most."""
    page = visitors.open(PHONE)
    replies = []
    page.on("response", lambda reply: replies.append(reply))
    page.goto(f"/a/{link_of(invitation)}/", wait_until="networkidle")
    import brotli

    def size(reply):
        body = reply.body()
        is_packed = reply.url.endswith((".woff2", ".png"))
        return len(body if is_packed else brotli.compress(body))

    assert len(replies) <= 10, [reply.url for reply in replies]
    assert sum(size(reply) for reply in replies) <= 100_000
