"""Answering with forms alone: one pair on a screen, or a part on one page."""

import pytest

from surveys.models import Judgement
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    return builders.survey(org)


@pytest.fixture
def response(survey):
    return builders.response(builders.invitation(survey))


@pytest.fixture
def browser(response):
    return builders.expert(response.invitation)


@pytest.fixture
def root(response):
    return f"/answer/{response.submission_id}/"


def answer(preferred="row", strength="3", seq="1"):
    return {"preferred": preferred, "strength": strength, "seq": seq}


def ratios():
    return [judgement.ratio for judgement in Judgement.objects.order_by("pk")]


def test_nothing_is_preselected(browser, root):
    page = browser.get(f"{root}parts/1/1/")
    assert page.content.count(b'type="radio"') == 3 + 8
    assert b"checked" not in page.content


@pytest.mark.parametrize(
    ("preferred", "strength", "ratio"),
    [("row", "4", 4), ("column", "4", 0.25), ("equal", "", 1), ("equal", "9", 1)],
)
def test_an_answer_is_stored_and_leads_to_the_next_pair(browser, root, preferred, strength, ratio):
    saved = browser.post(f"{root}parts/1/1/", answer(preferred, strength))
    assert saved.status_code == 302
    assert saved.url.startswith(f"{root}parts/1/2/")
    assert ratios() == [ratio]


def test_the_next_page_reads_the_saved_answer_back(browser, root):
    saved = browser.post(f"{root}parts/1/1/", answer("column", "4"), follow=True)
    pair = saved.context["saved"]
    assert pair.sentence in saved.content.decode()
    assert "Kualitas Pelayanan" in pair.sentence
    assert pair.sentence.index("Kualitas Pelayanan") < pair.sentence.index("4")


def test_the_last_pair_of_a_part_leads_to_its_check(browser, root):
    saved = browser.post(f"{root}parts/1/3/", answer())
    assert saved.url.startswith(f"{root}parts/1/consistency/")


def test_two_elements_cannot_contradict_so_the_way_goes_on(browser, root):
    saved = browser.post(f"{root}parts/2/1/", answer())
    assert saved.url.startswith(f"{root}check/")


def test_a_change_from_the_check_page_leads_back_to_it(browser, root):
    saved = browser.post(f"{root}parts/1/1/?from=check", answer())
    assert saved.url.startswith(f"{root}check/")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "preferred"),
        ({"preferred": "both"}, "preferred"),
        ({"preferred": "row"}, "strength"),
        ({"preferred": "row", "strength": "1"}, "strength"),
        ({"preferred": "row", "strength": "10"}, "strength"),
        ({"preferred": "row", "strength": "2.5"}, "strength"),
    ],
)
def test_an_incomplete_answer_is_asked_for_again(browser, root, data, field):
    refused = browser.post(f"{root}parts/1/1/", {"seq": "1"} | data)
    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert f"id_{field}_0" in refused.content.decode()
    assert ratios() == []


@pytest.mark.parametrize("seq", ["", "0", "-1", "x", str(2**53)])
def test_a_sequence_number_that_is_none_is_refused(browser, root, seq):
    assert browser.post(f"{root}parts/1/1/", answer(seq=seq)).status_code == 422
    assert ratios() == []


def test_a_revision_is_a_row_of_its_own(browser, root, response):
    browser.post(f"{root}parts/1/1/", answer(strength="3"))
    page = browser.get(f"{root}parts/1/1/")
    assert page.context["form"]["seq"].value() == 2
    assert page.context["form"]["strength"].value() == 3
    browser.post(f"{root}parts/1/1/", answer(strength="5", seq="2"))
    assert ratios() == [3, 5]


def test_sending_the_same_form_twice_stores_one_answer(browser, root):
    for _ in range(2):
        assert browser.post(f"{root}parts/1/1/", answer()).status_code == 302
    assert ratios() == [3]


def test_an_older_form_shows_the_newer_answer_instead_of_overwriting_it(browser, root, response):
    browser.post(f"{root}parts/1/1/", answer("column", "7", seq="2"))
    late = browser.post(f"{root}parts/1/1/", answer("row", "3", seq="1"))
    assert late.status_code == 409
    assert ratios() == [1 / 7]
    assert late.context["superseded_pairs"][0].sentence in late.content.decode()
    assert late.context["form"]["seq"].value() == 3


def test_a_whole_part_is_answered_on_one_page(browser, root, survey):
    first, second, _third = (f"{r.pk}-{c.pk}" for r, c in builders.pairs(survey))
    saved = browser.post(
        f"{root}parts/1/",
        {
            f"{first}-preferred": "row",
            f"{first}-strength": "3",
            f"{second}-preferred": "equal",
            **{f"{item}-seq": "1" for item in (first, second, _third)},
        },
    )
    assert saved.status_code == 302
    assert sorted(ratios()) == [1, 3]


def test_saving_the_page_again_stores_nothing_new(browser, root, survey):
    data = {}
    for row, column in builders.pairs(survey):
        data |= {f"{row.pk}-{column.pk}-preferred": "equal", f"{row.pk}-{column.pk}-seq": "1"}
    for _ in range(2):
        assert browser.post(f"{root}parts/1/", data).status_code == 302
    assert ratios() == [1, 1, 1]


def test_a_half_answered_pair_keeps_the_whole_page_unsaved(browser, root, survey):
    first, second, third = (f"{r.pk}-{c.pk}" for r, c in builders.pairs(survey))
    refused = browser.post(
        f"{root}parts/1/",
        {
            f"{first}-preferred": "equal",
            f"{second}-preferred": "row",
            **{f"{item}-seq": "1" for item in (first, second, third)},
        },
    )
    assert refused.status_code == 422
    assert f"id_{second}-strength_0" in refused.content.decode()
    assert ratios() == []


def test_a_newer_answer_elsewhere_is_shown_on_the_page(browser, root, response, survey):
    row, column = builders.pairs(survey)[0]
    item = f"{row.pk}-{column.pk}"
    builders.judge(response, row, column, 5, seq=4)
    data = {f"{r.pk}-{c.pk}-seq": "1" for r, c in builders.pairs(survey)}
    data |= {f"{item}-preferred": "equal", f"{item}-seq": "1"}
    late = browser.post(f"{root}parts/1/", data)
    assert late.status_code == 409
    assert [pair.item for pair in late.context["superseded_pairs"]] == [item]
    assert ratios() == [5]


@pytest.mark.parametrize("page", ["parts/1/1/", "parts/1/", "parts/1/consistency/", "check/", ""])
def test_more_elements_take_no_more_queries(org, flat_queries, page):
    survey = builders.survey(org, sizes=(3,))
    response = builders.response(builders.invitation(survey))
    builders.answer_all(response, 3)
    browser = builders.expert(response.invitation)

    def grow():
        builders.matrix(survey, 7, order=1)
        builders.matrix(survey, 6, order=2)
        builders.answer_all(response, 2)

    flat_queries(lambda: browser.get(f"/answer/{response.submission_id}/{page}"), grow)


def test_saving_a_larger_part_takes_no_more_queries(org, flat_queries):
    survey = builders.survey(org, sizes=(3, 7))
    response = builders.response(builders.invitation(survey))
    browser = builders.expert(response.invitation)
    part, seq = [1], [0]

    def save():
        seq[0] += 1
        strength = str(2 + seq[0] % 2)
        data = {}
        for row, column in builders.pairs(survey, part[0]):
            item = f"{row.pk}-{column.pk}"
            data |= {f"{item}-preferred": "row", f"{item}-strength": strength}
            data |= {f"{item}-seq": str(seq[0])}
        assert browser.post(f"/answer/{response.submission_id}/parts/{part[0]}/", data).url

    flat_queries(save, lambda: part.__setitem__(0, 2))
