"""How much each expert counts: tried out in the address, stored by those who may."""

import pytest
from django.http import Http404, QueryDict
from django.urls import reverse

from surveys.lens import Lens, lens_for, read_lens
from surveys.models import Survey
from tests.surveys import result_worlds as worlds
from tests.surveys.result_worlds import CALM, CIRCLE


@pytest.fixture
def survey(org) -> Survey:
    made = worlds.survey(org)
    worlds.answer(made, CALM, CIRCLE)
    return made


def urls(survey: Survey) -> tuple[str, str]:
    args = [survey.scorecard.organization.slug, survey.pk]
    return reverse("surveys:expert-weights", args=args), reverse("surveys:results", args=args)


def typed(survey: Survey, *weights: str, action: str = "try", **more: str) -> dict[str, str]:
    experts = list(survey.invitations.order_by("pk"))
    boxes = {f"weight-{each.pk}": w for each, w in zip(experts, weights, strict=True)}
    seen = ",".join(f"{each.pk}x{each.version}" for each in experts)
    return {"action": action, "seen": seen} | boxes | more


def test_trying_out_shows_the_effect_and_stores_nothing(client_for, bob, survey):
    url, overview = urls(survey)
    client = client_for(bob)
    before = client.get(overview).context["results"].hierarchy
    answer = client.post(url, typed(survey, "1", "0,5"))
    assert answer.url == f"{overview}?weights={survey.invitations.last().pk}x0.5"
    page = client.get(answer.url)
    assert page.context["results"].is_what_if
    assert page.context["results"].hierarchy != before
    assert [row.stored for row in page.context["ranking"].rows] != [None] * 6
    assert set(survey.invitations.values_list("weight", flat=True)) == {1.0}
    # Links to the other pages carry it along.
    matrix = reverse(
        "surveys:matrix-result",
        args=[survey.scorecard.organization.slug, survey.pk, survey.matrices.first().pk],
    )
    assert f'{matrix}?weights={survey.invitations.last().pk}x0.5"' in page.content.decode()


def test_the_stored_weights_are_nothing_to_try(client_for, bob, survey):
    url, overview = urls(survey)
    assert client_for(bob).post(url, typed(survey, "1", "1")).url == overview


def test_all_equal_in_one_press(client_for, bob, survey):
    first, last = survey.invitations.order_by("pk")
    last.weight = 3
    last.save()
    url, overview = urls(survey)
    answer = client_for(bob).post(url, {"action": "equal"})
    assert answer.url == f"{overview}?weights={last.pk}x1"


def test_storing_needs_the_right_to_edit(client_for, bob, edi, survey):
    url, overview = urls(survey)
    sent = typed(survey, "2", "0", action="save")
    assert client_for(bob).post(url, sent).status_code == 403
    assert client_for(edi).post(url, sent).url == overview
    stored = survey.invitations.order_by("pk").values_list("weight", "version")
    assert list(stored) == [(2.0, 2), (0.0, 2)]
    assert client_for(edi).get(overview).context["results"].is_what_if is False


def test_what_was_tried_can_be_stored_from_any_page(client_for, edi, bob, survey):
    _url, overview = urls(survey)
    tried = f"{overview}?weights={survey.invitations.last().pk}x3"
    assert 'value="save"' in client_for(edi).get(tried).content.decode()
    assert 'value="save"' not in client_for(bob).get(tried).content.decode()


def test_a_weight_that_somebody_else_stored_is_not_overwritten_unseen(client_for, edi, survey):
    url, overview = urls(survey)
    old = typed(survey, "2", "1", action="save")
    changed = survey.invitations.first()
    changed.weight, changed.version = 5, changed.version + 1
    changed.save()
    client = client_for(edi)
    page = client.post(url, old)
    assert page.status_code == 409
    assert list(page.context["form"].errors) == [f"weight-{changed.pk}"]
    # The page knows the newer version now: storing once more is meant.
    again = old | {"seen": page.context["form"].data["seen"]}
    assert client.post(url, again).url == overview
    assert survey.invitations.first().weight == 2


@pytest.mark.parametrize(
    "weights", [("0", "0"), ("-1", "1"), ("", "1"), ("x", "1"), ("1001", "1"), ("NaN", "1")]
)
@pytest.mark.parametrize("action", ["try", "save"])
def test_weights_that_are_none_are_refused(client_for, edi, survey, weights, action):
    url, _overview = urls(survey)
    page = client_for(edi).post(url, typed(survey, *weights, action=action))
    assert page.status_code == 422
    assert set(survey.invitations.values_list("weight", flat=True)) == {1.0}


@pytest.mark.parametrize(
    "query",
    [
        "round=0",
        "round=x",
        "round=100",
        "round=2",
        "round=" + "9" * 5000,
        "weights=x",
        "weights=1",
        "weights={pk}x-1",
        "weights={pk}xNaN",
        "weights={pk}x1e5",
        "weights={pk}x9999",
        "weights={pk}x1,{pk}x2",
        "weights=999999x1",
        "weights={pk}x0,{last}x0",
    ],
)
def test_an_address_that_no_page_has_made_does_not_exist(client_for, bob, survey, query):
    words = {"pk": survey.invitations.first().pk, "last": survey.invitations.last().pk}
    _url, overview = urls(survey)
    assert client_for(bob).get(f"{overview}?{query.format(**words)}").status_code == 404


def test_a_lens_reads_what_it_writes(survey):
    first, last = survey.invitations.order_by("pk")
    lens = Lens(round=2, weights={first.pk: 0.25, last.pk: 3.0})
    assert read_lens(QueryDict(lens.query[1:]), survey) == lens
    assert Lens().query == ""
    assert lens_for({first.pk: 1.0, last.pk: 1.0}, [first, last]) == Lens()
    assert lens.without_weights.without_round == Lens()
    with pytest.raises(Http404):
        read_lens(QueryDict("round=abc"), survey)


def test_the_page_of_weights_asks_as_often_for_many_experts(client_for, bob, survey, flat_queries):
    url, _overview = urls(survey)
    client = client_for(bob)
    flat_queries(lambda: client.get(url), lambda: worlds.answer(survey, *[CALM] * 5))
