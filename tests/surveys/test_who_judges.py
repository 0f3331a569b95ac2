"""Which expert judges which matrix, set on one page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Exemption, Survey
from surveys.selectors.who_judges import who_judges
from surveys.services.exemptions import hand_back
from surveys.services.invitations import revoke_invitation
from tests.surveys import builders


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(4, 3, 2))


@pytest.fixture
def experts(survey):
    return [builders.invitation(survey, f"P{number}", name=f"Pakar {number}") for number in (1, 2)]


@pytest.fixture
def url(org, survey):
    return reverse("surveys:exemptions", args=[org.slug, survey.pk])


@pytest.fixture
def page(client_for, edi):
    return client_for(edi)


def form(survey: Survey, judged: dict) -> dict[str, str | list[str]]:
    """As a browser sends the page once the boxes of these experts are set so."""
    matrices = list(survey.matrices.all())
    before = who_judges(survey).ticked
    others = [item for item in before.split() if int(item.split("-")[0]) not in pks(judged)]
    ticked = [f"{e.pk}-{matrices[part - 1].pk}" for e, parts in judged.items() for part in parts]
    return {"before": before, "judges": [*others, *ticked]}


def pks(judged: dict) -> set[int]:
    return {expert.pk for expert in judged}


def work(page, url) -> list[tuple[int, int]]:
    return [(row.comparisons, row.minutes) for row in page.get(url).context["table"].rows]


def test_everybody_judges_everything_at_first(page, url, experts):
    assert work(page, url) == [(10, 4), (10, 4)]


def test_ticks_that_are_taken_away_spare_work(page, url, survey, experts):
    first, second = experts
    assert page.post(url, form(survey, {first: [1], second: [1, 2, 3]})).status_code == 302
    assert work(page, url) == [(6, 2), (10, 4)]
    assert page.post(url, form(survey, {first: [1, 3], second: [2]})).status_code == 302
    assert work(page, url) == [(7, 3), (3, 1)]


def test_a_part_that_nobody_judges_is_a_warning(page, url, survey, experts):
    judged = {expert: [1, 2] for expert in experts}
    assert page.post(url, form(survey, judged)).status_code == 302
    shown = page.get(url)
    assert shown.context["table"].unjudged == ("Bagian 3",)
    assert "Bagian 3" in shown.content.decode()


def test_an_expert_with_nothing_left_is_refused_and_the_ticks_stay(page, url, survey, experts):
    first, second = experts
    answer = page.post(url, form(survey, {first: [], second: [2]}))
    assert answer.status_code == 422
    assert "Pakar 1" in answer.content.decode()
    assert [row.comparisons for row in answer.context["table"].rows] == [0, 3]
    assert not Exemption.objects.exists()


def test_who_was_invited_meanwhile_is_not_touched(page, url, survey, experts):
    first, second = experts
    sent = form(survey, {first: [1], second: [1, 2, 3]})
    builders.invitation(survey, "P3")
    assert page.post(url, sent).status_code == 302
    assert work(page, url) == [(6, 2), (10, 4), (10, 4)]


def test_r9_two_officers_change_different_boxes_and_both_changes_stay(page, url, survey, experts):
    first, second = experts
    one = form(survey, {first: [1, 2]})
    other = form(survey, {first: [1, 3], second: [1]})
    assert page.post(url, one).status_code == 302
    assert page.post(url, other).status_code == 302
    assert work(page, url) == [(6, 2), (6, 2)]


def test_boxes_that_were_refused_are_still_changes_when_sent_again(page, url, survey, experts):
    first, second = experts
    refused = page.post(url, form(survey, {first: [], second: [2]}))
    again = {"before": refused.context["form"]["before"].value()}
    matrix = survey.matrices.first()
    again["judges"] = [*refused.context["table"].ticked.split(), f"{first.pk}-{matrix.pk}"]
    assert page.post(url, again).status_code == 302
    assert work(page, url) == [(6, 2), (3, 1)]


def test_boxes_of_four_hundred_experts_are_sent_at_once(page, url, survey):
    for number in range(1, 401):
        builders.invitation(survey, f"P{number}")
    first = survey.invitations.first()
    assert page.post(url, form(survey, {first: [1]})).status_code == 302
    assert Exemption.objects.count() == 2


def test_what_was_handed_back_stays_so_and_says_why(page, url, survey, experts):
    first, second = experts
    response = builders.response(first)
    matrix = survey.matrices.first()
    hand_back(response=response, matrix=matrix, reason="Bukan <b>bidang</b>", now=timezone.now())
    shown = page.get(url).content.decode()
    assert "Bukan &lt;b&gt;bidang" in shown
    assert page.post(url, form(survey, {first: [2], second: [1, 2, 3]})).status_code == 302
    assert Exemption.objects.filter(invitation=first).count() == 2
    assert first.exemptions.get(matrix=matrix).is_handed_back


def test_who_has_sent_or_is_out_is_left_alone(page, url, survey, experts):
    first, second = experts
    response = builders.response(first)
    response.submitted_at = timezone.now()
    response.save()
    revoke_invitation(invitation=second, now=timezone.now())
    [row] = page.get(url).context["table"].rows
    assert (row.invitation, row.is_fixed) == (first, True)
    answer = page.post(url, form(survey, {first: [1]}))
    assert answer.status_code == 422
    assert not Exemption.objects.exists()
    as_it_stands = {"before": answer.context["form"]["before"].value(), "judges": []}
    assert page.post(url, as_it_stands).status_code == 302


@pytest.mark.parametrize("item", ["1-1", "x", "0-0", "1", "9" * 40])
def test_a_box_of_another_questionnaire_is_refused(page, url, survey, experts, item):
    data = form(survey, {experts[0]: [1]})
    other = builders.survey(survey.scorecard.organization)
    foreign = f"{experts[0].pk}-{other.matrices.first().pk}" if item == "1-1" else item
    assert page.post(url, data | {"judges": [*data["judges"], foreign]}).status_code == 422
    assert not Exemption.objects.exists()


def test_without_experts_or_parts_the_page_says_so(page, url, survey):
    assert page.get(url).status_code == 200
    survey.matrices.all().delete()
    assert page.get(url).status_code == 200


def test_a_screening_has_no_such_page(page, url, survey):
    Survey.objects.filter(pk=survey.pk).update(kind=Survey.Kind.SCREENING)
    assert page.get(url).status_code == 404


def test_the_page_asks_as_often_for_many(page, url, survey, experts, flat_queries):
    def grow() -> None:
        for number in range(3, 20):
            builders.invitation(survey, f"P{number}")

    flat_queries(lambda: page.get(url), grow)


def test_boxes_that_no_page_has_sent_change_nothing(page, url, survey, experts):
    first = survey.matrices.first()
    answer = page.post(url, {"before": "1-1\0", "judges": f"{experts[0].pk}-{first.pk}"})
    assert answer.status_code == 422
    assert answer.context["form"].data["before"] == who_judges(survey).ticked
    assert not Exemption.objects.exists()
