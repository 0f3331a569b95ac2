"""Experts on a phone: exchanged sides, a part handed back, declining, and being asked again."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from surveys.links import link_of
from surveys.models import Judgement, Round
from surveys.selectors.answering import answer_sheet
from surveys.services.rounds import ask_again
from surveys.services.sending import submit_response
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_answering import NEXT, answer, expect_all_sent, expect_pair, start
from tests.surveys import builders

pytestmark = pytest.mark.django_db(transaction=True)

BOTH_WIDTHS = pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])


def open_link(page: Page, invitation) -> None:
    page.goto(f"/a/{link_of(invitation)}/")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/answer/"))


def asked_invitation(**survey):
    survey = builders.survey(sizes=(3, 2), **survey)
    response = builders.response(builders.invitation(survey, seed=4))
    for pair, ratio in zip(builders.pairs(survey), (3, 1 / 3, 3), strict=True):
        builders.judge(response, *pair, ratio)
    builders.judge(response, *builders.pairs(survey, 2)[0], 1)
    submit_response(response=response, now=timezone.now())
    ask_again(
        response=response,
        matrix=survey.matrices.first(),
        message="Terima kasih atas jawabannya.\n\nTiga jawaban berputar, mohon dilihat lagi.",
        by=None,
        now=timezone.now(),
    )
    return response.invitation


def labels(page: Page) -> list[str]:
    return page.locator(".side__label").all_text_contents()


@BOTH_WIDTHS
def test_exchanged_sides_are_shown_and_the_cell_is_stored(visitors, transactional_db, device):
    survey = builders.survey(sizes=(4,), pair_order="least-loss", swaps_sides=True)
    invitation = builders.invitation(survey, seed=2)
    pairs = answer_sheet(invitation).pairs
    assert {pair.swapped for pair in pairs} == {True, False}
    page = visitors.open(device)
    start(page, invitation)
    for pair in pairs:
        expect_pair(page, 1, pair.number)
        assert labels(page)[:2] == [pair.first.label, pair.second.label]
        answer(page, 0, 5)  # the row's element, wherever it stands
        if pair.number == 2:
            page.go_back()
            assert labels(page)[:2] == [pair.first.label, pair.second.label]
            page.go_forward()
    page.wait_for_url(re.compile("consistency"))
    expect_all_sent(page)
    stored = {(each.row_id, each.column_id): each for each in Judgement.objects.all()}
    for pair in pairs:
        judgement = stored[pair.row.pk, pair.column.pk]
        assert (judgement.preferred_id, judgement.swapped) == (pair.row.pk, pair.swapped)


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
@BOTH_WIDTHS
def test_asked_again_from_the_link_to_the_thanks(
    visitors, transactional_db, device, with_script, axe, picture
):
    invitation = asked_invitation(swaps_sides=True)
    page = visitors.open(device, java_script_enabled=with_script)
    page.goto(f"/a/{link_of(invitation)}/")
    expect(page.locator("main")).to_contain_text("mohon dilihat lagi")
    picture(page, "answer-open-again")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/again/"))
    if with_script:
        axe(page)
    picture(page, "answer-again")
    page.locator(".answer-buttons--start a").first.click()
    expect_pair(page, 1, 1)
    assert page.locator("input[name=preferred]:checked").count() == 1
    for number in (1, 2, 3):
        expect_pair(page, 1, number)
        page.locator(".side:has(input[value=row])").click()
        page.locator('.strength:has(input[value="3"])').click()
        page.locator(NEXT).click()
    page.wait_for_url(re.compile("consistency"))
    picture(page, "answer-again-consistency")
    page.locator(".answer-buttons .btn-primary").last.click()
    page.wait_for_url(re.compile("/again/"))
    page.locator(NEXT).click()
    page.wait_for_url(re.compile("/copy/"))
    picture(page, "answer-again-receipt")
    assert Round.objects.get().submitted_at is not None
    assert Judgement.objects.filter(round=2).count() == 1  # what stayed needs no second row
    assert Judgement.objects.get(round=2).ratio == 3


@BOTH_WIDTHS
def test_a_part_is_handed_back_and_the_rest_is_sent(
    visitors, transactional_db, device, axe, picture
):
    survey = builders.survey(sizes=(3, 2))
    page = visitors.open(device)
    open_link(page, builders.invitation(survey))
    page.locator("input[type=checkbox]").check()
    page.locator(NEXT).click()
    page.get_by_role("link", name=re.compile("Bagian 1")).last.click()
    page.wait_for_url(re.compile("/back/"))
    axe(page)
    picture(page, "answer-hand-back")
    page.locator("textarea").fill("Bukan bidang saya")
    page.locator(NEXT).click()
    expect(page.locator(".part-line--back")).to_contain_text("Bukan bidang saya")
    axe(page)
    picture(page, "answer-overview-handed-back")
    page.locator(".answer-actions a").click()
    expect_pair(page, 2, 1)
    answer(page, 0, 3)
    page.wait_for_url(re.compile("/check/"))
    page.locator(NEXT).last.click()
    page.wait_for_url(re.compile("/copy/"))
    assert Judgement.objects.count() == 1


@BOTH_WIDTHS
def test_declining_with_the_keyboard_and_changing_ones_mind(
    visitors, transactional_db, device, axe, picture
):
    invitation = builders.invitation(builders.survey(sizes=(3,)))
    page = visitors.open(device, java_script_enabled=True)
    open_link(page, invitation)
    page.locator("a[href='/answer/decline/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/decline/"))
    axe(page)
    picture(page, "answer-decline")
    page.locator("textarea").focus()
    page.keyboard.type("Sedang cuti sampai Desember")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Sedang cuti")
    axe(page)
    picture(page, "answer-declined")
    page.locator(NEXT).click()
    page.wait_for_url(re.compile("/consent/"))
    picture(page, "answer-consent-again")
    invitation.refresh_from_db()
    assert invitation.declined_at is None
