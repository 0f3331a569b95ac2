"""A group that looks at one screen: how its answers to each pair spread, without names."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from surveys.drawings.spread import draw_spread
from surveys.models import Survey
from surveys.selectors.workshop import PLACES, workshop
from surveys.services.answering import decline_invitation
from surveys.services.exemptions import hand_back
from surveys.services.invitations import revoke_invitation
from surveys.services.rounds import ask_again, withdraw_round
from surveys.services.sending import submit_response
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org) -> Survey:
    return builders.survey(org)


def answer(survey: Survey, *ratios: float, place: int = 0) -> list:
    """An expert for each ratio, who judges the pair at this place."""
    row, column = builders.pairs(survey)[place]
    responses = []
    for ratio in ratios:
        number = survey.invitations.count() + 1
        invitation = builders.invitation(survey, code=f"X{number}", name=f"Nama Rahasia {number}")
        responses.append(builders.response(invitation))
        builders.judge(responses[-1], row, column, ratio)
    return responses


@pytest.fixture
def screen(client_for, bob, org, survey):
    def look(**query):
        url = reverse("surveys:workshop", args=[org.slug, survey.pk])
        return client_for(bob).get(url, query)

    return look


def test_answers_are_counted_by_place(survey):
    answer(survey, 9, 5, 5, 1, 1 / 9)
    [pair, *_] = workshop(survey).pairs
    assert pair.answered == pair.expected == 5
    assert len(pair.counts) == PLACES
    assert {place: n for place, n in enumerate(pair.counts) if n} == {0: 1, 4: 2, 8: 1, 16: 1}
    assert pair.sides == (3, 1, 1)
    assert pair.group_ratio == pytest.approx((9 * 5 * 5 * 1 / 9) ** (1 / 5))


def test_the_group_counts_experts_by_their_weight(survey):
    heavy, *_ = answer(survey, 9, 1, 1)
    heavy.invitation.weight = 2
    heavy.invitation.save()
    assert workshop(survey).pairs[0].group_ratio == pytest.approx(9 ** (2 / 4))


def test_two_answers_are_not_shown(survey, screen):
    answer(survey, 9, 1 / 9)
    pair = workshop(survey).pairs[0]
    assert not pair.is_shown
    assert set(pair.counts) == {0}
    assert (pair.group_ratio, pair.agreement, pair.side_sentences, pair.spread) == (None, "", (), 0)
    page = screen().content.decode()
    assert '<svg class="spread"' not in page


def test_the_page_names_nobody(survey, screen):
    answer(survey, 9, 5, 1 / 5, 1)
    page = screen().content.decode()
    assert '<svg class="spread"' in page
    assert "Nama Rahasia" not in page
    # As a word: the token of a form may have these letters by chance.
    assert not re.search(r"\bX[1-4]\b", page)


@pytest.mark.parametrize(
    ("ratios", "words"),
    [
        ((5, 6, 7), "closely"),
        ((2, 1, 1), "closely"),
        ((2, 1, 1 / 2), "closely"),
        ((2, 9, 5), "Nobody says the opposite"),
        ((1, 9, 5), "Nobody says the opposite"),
        ((9, 9, 9, 1 / 9), "Most are on one side"),
        ((9, 1 / 9, 1), "divided"),
        ((9, 9, 1 / 9, 1 / 9), "divided"),
    ],
)
def test_agreement_in_words(survey, ratios, words):
    answer(survey, *ratios)
    with translation.override("en"):
        assert words in workshop(survey).pairs[0].agreement


def test_sides_in_words(survey):
    answer(survey, 9, 9, 1, 1 / 2)
    pair = workshop(survey).pairs[0]
    with translation.override("en"):
        assert pair.side_sentences == (
            f"2 people: {pair.row.label} is more important",
            f"1 person: {pair.column.label} is more important",
            "1 person: equally important",
        )


def test_revisions_count_once(survey):
    row, column = builders.pairs(survey)[0]
    first, *_ = answer(survey, 9, 9, 9)
    builders.judge(first, row, column, 1 / 9, seq=2)
    assert workshop(survey).pairs[0].sides == (2, 0, 1)


def test_revoked_declined_and_exempt_experts_dont_count(survey):
    revoked, declined, exempt, *_ = answer(survey, 9, 9, 9, 1, 1, 1)
    now = timezone.now()
    revoke_invitation(invitation=revoked.invitation, now=now)
    decline_invitation(invitation=declined.invitation, reason="", now=now)
    hand_back(response=exempt, matrix=survey.matrices.first(), reason="", now=now)
    pair = workshop(survey).pairs[0]
    assert (pair.answered, pair.expected) == (3, 3)
    assert pair.sides == (0, 3, 0)


def test_a_round_that_was_taken_back_doesnt_count(survey, alice):
    now = timezone.now()
    first, *_ = answer(survey, 9, 9, 9)
    builders.answer_all(first, 9)
    submit_response(response=first, now=now)
    again = ask_again(
        response=first, matrix=survey.matrices.first(), message="?", by=alice, now=now
    )
    builders.judge(first, *builders.pairs(survey)[0], 1 / 9, seq=5)
    assert workshop(survey).pairs[0].sides == (2, 0, 1)
    withdraw_round(round=again, by=alice, now=now)
    assert workshop(survey).pairs[0].sides == (3, 0, 0)


def test_the_biggest_disagreement_comes_first(survey, screen):
    answer(survey, 5, 5, 5)
    answer(survey, 9, 1 / 9, 1, place=2)
    found = workshop(survey)
    assert [pair.number for pair in found.by_spread][:2] == [3, 1]
    page = screen(order="spread").content.decode()
    assert f"?pair={found.by_spread[1].item}&amp;order=spread" in page


def test_all_pairs_are_listed_part_by_part(survey, screen):
    row, column = builders.pairs(survey, part=2)[0]
    page = screen(pair=f"{row.pk}-{column.pk}").content.decode()
    closed, unfolded = page.split('class="workshop__part"')[1:]
    assert closed.startswith(">")
    assert "Bagian 1" in closed
    assert unfolded.startswith(" open>")
    assert "Bagian 2" in unfolded
    assert '<ol start="4">' in unfolded
    assert "aria-current" in unfolded
    assert "workshop__part" not in screen(order="spread").content.decode()


def test_a_pair_is_found_by_its_address(survey, screen):
    second = workshop(survey).pairs[1]
    assert second.row.label in screen(pair=second.item).content.decode()
    assert screen(pair="1-99999999").status_code == 404
    assert screen(pair="<script>").status_code == 404


def test_a_draft_has_nothing_to_show(survey, screen):
    survey.matrices.all().delete()
    assert screen().status_code == 200


def test_a_screening_has_no_workshop(org, client_for, bob):
    screening = builders.screening(org)
    url = reverse("surveys:workshop", args=[org.slug, screening.pk])
    assert client_for(bob).get(url).status_code == 404


def test_as_many_queries_for_many_experts_and_pairs(survey, screen, flat_queries):
    answer(survey, 3, 3, 3)

    def grow() -> None:
        builders.matrix(survey, 7, order=9)
        answer(survey, *[5] * 5)

    flat_queries(lambda: screen(), grow)


def test_the_drawing_is_to_scale():
    drawing = draw_spread([0, 2, 0, 4, 1], 1.5)
    heights = [column.height for column in drawing.columns]
    assert heights[1] / heights[3] == pytest.approx(1 / 2)
    assert (heights[0], heights[2]) == (0, 0)
    assert [column.digit for column in drawing.columns] == [3, 2, 1, 2, 3]
    assert all(column.y + column.height == drawing.floor for column in drawing.columns)
    assert drawing.group_x == pytest.approx(100 / 5 * (2 - 1.5 + 0.5))


def test_the_drawing_without_answers():
    drawing = draw_spread([0] * 17, None)
    assert drawing.group_x is None
    assert {column.height for column in drawing.columns} == {0}
