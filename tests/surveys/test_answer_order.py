"""Each expert's own order and sides: on the screen another, in the data always the same."""

import json

import pytest
from django.utils import timezone

from surveys.methods.least_loss import least_loss
from surveys.methods.pair_order import random_order, row_order
from surveys.models import Invitation, Judgement, Survey
from surveys.selectors.answering import answer_sheet
from surveys.selectors.part_check import check_part
from surveys.selectors.rules import Rules
from surveys.services.answering import PairAnswer, record_judgements, start_response
from surveys.services.proposals import decide_proposal
from tests.surveys import builders

pytestmark = pytest.mark.django_db


def places(sheet, part=1):
    elements = sheet.part(part).elements
    return tuple(
        (elements.index(pair.row), elements.index(pair.column)) for pair in sheet.part(part).pairs
    )


def survey_with(org, order, sizes=(4, 4), **fields):
    return builders.survey(org, sizes=sizes, pair_order=order, **fields)


@pytest.mark.parametrize(
    ("order", "pairs"),
    [("least-loss", least_loss(4)), ("given", row_order(4)), ("random", random_order(4, 8))],
)
def test_the_questionnaire_says_in_which_order(org, order, pairs):
    survey = survey_with(org, order)
    sheet = answer_sheet(builders.invitation(survey, seed=7))
    assert places(sheet) == pairs
    assert [pair.number for pair in sheet.part(1).pairs] == [1, 2, 3, 4, 5, 6]


def test_by_chance_is_another_order_for_each_expert_and_matrix(org):
    survey = survey_with(org, "random", sizes=(6, 6))
    sheets = [answer_sheet(builders.invitation(survey, f"P{n}", seed=n * 100)) for n in (1, 2)]
    orders = {places(sheet, part) for sheet in sheets for part in (1, 2)}
    assert len(orders) == 4
    again = answer_sheet(Invitation.objects.get(code="P1"))
    assert places(again) == places(sheets[0])


def test_half_of_the_pairs_show_their_sides_exchanged(org):
    survey = survey_with(org, "given", swaps_sides=True)
    sheet = answer_sheet(builders.invitation(survey, seed=3))
    assert [sum(pair.swapped for pair in part.pairs) for part in sheet.parts] == [3, 3]
    for pair in sheet.pairs:
        assert (pair.first, pair.second) == (
            (pair.column, pair.row) if pair.swapped else (pair.row, pair.column)
        )
        assert pair.row.order < pair.column.order


def test_an_invitation_that_is_not_stored_has_a_sheet_for_everybody(org):
    survey = survey_with(org, "least-loss")
    sheet = answer_sheet(Invitation(survey=survey, seed=1))
    assert sheet.total == 12


@pytest.fixture
def response(org):
    survey = survey_with(org, "least-loss", sizes=(3,), swaps_sides=True)
    return builders.response(builders.invitation(survey, seed=11))


@pytest.fixture
def swapped(response):
    sheet = answer_sheet(response.invitation, response)
    return next(pair for pair in sheet.pairs if pair.swapped)


def test_the_page_shows_the_exchanged_sides_and_stores_the_matrix_cell(response, swapped):
    browser = builders.expert(response.invitation)
    url = f"/answer/{response.submission_id}/parts/1/{swapped.number}/"
    page = browser.get(url).content.decode()
    assert page.index('value="column"') < page.index('value="row"')
    browser.post(url, {"preferred": "row", "strength": 5, "seq": 1})
    stored = Judgement.objects.get()
    assert (stored.row, stored.column, stored.preferred) == (
        swapped.row,
        swapped.column,
        swapped.row,
    )
    assert stored.swapped


def test_an_answer_saved_on_the_spot_is_read_back_as_it_was_shown(response, swapped):
    browser = builders.expert(response.invitation)
    body = {"item": swapped.item, "preferred": "equal", "strength": 1, "seq": 1}
    saved = browser.post(
        f"/answer/{response.submission_id}/judgements/",
        json.dumps(body),
        content_type="application/json",
    )
    sentence = saved.json()["sentence"]
    assert sentence.index(swapped.column.label) < sentence.index(swapped.row.label)
    assert Judgement.objects.get().swapped


def test_a_proposal_taken_remembers_how_it_was_shown(response):
    sheet = answer_sheet(response.invitation, response)
    for pair in sheet.pairs:
        ratio = 1 / 3 if (pair.row.order, pair.column.order) == (0, 2) else 3
        builders.judge(response, pair.row, pair.column, ratio)
    sheet = answer_sheet(response.invitation, response)
    rules = Rules.of(response.invitation.survey.scorecard)
    best = check_part(sheet.parts[0], rules).suggestions[0]
    decide_proposal(
        response=response,
        row=best.pair.row,
        column=best.pair.column,
        seen=best.key,
        accept=True,
        now=timezone.now(),
    )
    taken = Judgement.objects.get(origin="proposal")
    assert taken.swapped == sheet.of_item(f"{taken.row_id}-{taken.column_id}").swapped


def test_answers_from_paper_say_so_and_by_whom(org, alice):
    survey = builders.survey(org, sizes=(3,))
    response = start_response(
        invitation=builders.invitation(survey), now=timezone.now(), origin="paper", keyed_by=alice
    )
    row, column = builders.pairs(survey)[0]
    [stored] = record_judgements(
        response=response,
        answers=[PairAnswer(row, column, row, 5, 1)],
        now=timezone.now(),
        origin="paper",
        keyed_by=alice,
    )
    assert (response.origin, response.keyed_by, stored.origin) == ("paper", alice, "paper")


def test_an_officer_who_goes_on_for_an_expert_is_named(org, alice):
    survey = builders.survey(org, sizes=(3,))
    response = builders.response(builders.invitation(survey))
    pairs = builders.pairs(survey)
    builders.judge(response, *pairs[0], 3)
    record_judgements(
        response=response,
        answers=[PairAnswer(*pairs[1], None, 1, 1)],
        now=timezone.now(),
        origin="paper",
        keyed_by=alice,
    )
    response.refresh_from_db()
    assert (response.origin, response.keyed_by) == ("answer", alice)


def test_every_order_can_be_answered_to_the_end_without_a_script(org):
    survey = survey_with(org, "random", sizes=(4, 2), swaps_sides=True)
    browser = builders.expert(builders.invitation(survey, seed=5))
    page = browser.post("/answer/consent/", {"consent": "on"}, follow=True)
    url = page.context["start_url"]
    for _pair in range(7):
        assert "/parts/" in url
        url = browser.post(url, {"preferred": "equal", "seq": 1}).url
        if "consistency" in url:
            url = browser.get(url).context["next_url"]
    assert url.partition("?")[0].endswith("/check/")
    assert browser.post(url, {}).url.endswith("/copy/")
    assert Judgement.objects.count() == 7
    assert set(Survey.objects.values_list("pair_order", flat=True)) == {"random"}
