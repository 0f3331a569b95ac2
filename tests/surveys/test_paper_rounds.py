"""Who answered on paper is asked again on paper: one matrix is printed, keyed in and sent."""

import re
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.exports.paper_pdf import PaperFor, paper_round_pdf
from surveys.models import Invitation, Judgement, Origin, Response, Round, Survey
from surveys.selectors.answering import sent_sheet
from surveys.selectors.paper import asked_part, keyed_round
from surveys.services.invitations import revoke_invitation
from surveys.services.paper import AnsweredOnline, ChangedMeanwhile, KeyedPair
from surveys.services.paper_rounds import key_in_round
from surveys.services.refusals import AlreadySubmitted, InvalidAnswer, SurveyNotOpen
from surveys.services.rounds import ask_again, submit_round, withdraw_round
from surveys.services.sending import submit_response
from tests.surveys import builders

pytestmark = pytest.mark.django_db

MESSAGE = "Mohon dilihat lagi.\n\nTerima kasih."


@pytest.fixture
def survey(org) -> Survey:
    return builders.survey(org, sizes=(3, 4))


@pytest.fixture
def response(survey) -> Response:
    """Sent: the first matrix goes round in a circle."""
    made = builders.response(builders.invitation(survey))
    for pair, ratio in zip(builders.pairs(survey), (3, 1 / 3, 3), strict=True):
        builders.judge(made, *pair, ratio)
    for pair in builders.pairs(survey, 2):
        builders.judge(made, *pair, 1)
    return submit_response(response=made, now=timezone.now())


def ask(response: Response, **changes) -> Round:
    matrix = response.invitation.survey.matrices.first()
    fields = {"matrix": matrix, "message": MESSAGE, "by": None, "now": timezone.now()} | changes
    return ask_again(response=response, **fields)


@pytest.fixture
def asked(response) -> Round:
    return ask(response)


@pytest.fixture
def officer(client_for, edi):
    client = client_for(edi)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def url(asked, org):
    """The address of a page of the round's paper."""

    def make(name: str = "paper-round", again: Round | None = None) -> str:
        invitation = asked.response.invitation
        args = [org.slug, invitation.survey_id, invitation.pk, (again or asked).pk]
        return reverse(f"surveys:{name}", args=args)

    return make


@pytest.fixture
def key(officer, url, asked):
    """Posts the lines: ``marks`` are (side, number) in their order; what isn't named is empty."""

    def post(*marks, seqs=None, **others):
        form = dict(others)
        for place, line in enumerate(keyed_round(asked).lines):
            form[f"line-{line.item}-seq"] = line.seq if seqs is None else seqs[place]
            mark = marks[place] if place < len(marks) else None
            if mark:
                form[f"line-{line.item}-{mark[0]}"] = mark[1]
        return officer.post(url("paper-round-lines"), form)

    return post


def counting(response: Response) -> list[float]:
    """What counts of the first matrix."""
    response.refresh_from_db()
    return [p.judgement.ratio for p in sent_sheet(response.invitation, response).parts[0].pairs]


def waiting(asked: Round) -> list[float]:
    return [line.judgement.ratio for line in keyed_round(asked).lines]


SAME = (("left", 3), ("right", 3), ("left", 3))


def test_what_the_paper_changes_is_stored_with_the_round(key, response, asked, edi):
    before = list(Judgement.objects.values_list("pk", "strength", "preferred", "round", "origin"))
    reply = key(("left", 3), ("left", 2), ("left", 3))
    assert reply.status_code == 302
    new = Judgement.objects.exclude(pk__in=[row[0] for row in before]).get()
    assert (new.round, new.origin, new.strength, new.seq) == (2, Origin.PAPER, 2, 2)
    assert waiting(asked) == [3, 2, 3]
    assert counting(response) == [3, 1 / 3, 3], "until it is sent"
    first = Judgement.objects.filter(round=1)
    assert list(first.values_list("pk", "strength", "preferred", "round", "origin")) == before


def test_the_round_says_who_keyed_it_in_and_the_first_one_stays_the_experts(key, response, edi):
    key(("left", 3), ("left", 2), ("left", 3))
    again = Round.objects.get()
    assert (again.origin, again.keyed_by) == (Origin.PAPER, edi)
    response.refresh_from_db()
    assert (response.origin, response.keyed_by) == (Origin.ANSWER, None)


def test_sending_lets_the_new_answers_count(key, officer, url, response, asked, org):
    key(("left", 3), ("left", 2), ("left", 3))
    sent = officer.post(url(), {"send": "1"})
    assert sent.url == reverse(
        "surveys:paper", args=[org.slug, response.invitation.survey_id, response.invitation_id]
    )
    assert counting(response) == [3, 2, 3]
    assert Round.objects.get().submitted_at is not None
    assert officer.get(sent.url).status_code == 200


def test_a_paper_that_changes_nothing_can_be_sent_and_says_who_sent_it(officer, url, response, edi):
    assert officer.post(url(), {"send": "1"}).status_code == 302
    again = Round.objects.get()
    assert again.submitted_at is not None
    assert (again.origin, again.keyed_by) == (Origin.PAPER, edi)
    assert counting(response) == [3, 1 / 3, 3]


def test_sending_twice_is_sending_once(officer, url):
    officer.post(url(), {"send": "1"})
    first = Round.objects.get().submitted_at
    assert officer.post(url(), {"send": "1"}).status_code == 302
    assert Round.objects.get().submitted_at == first


def test_an_expert_who_sent_online_stays_the_one_who_answered(officer, url, asked, edi):
    submit_round(round=asked, now=timezone.now())
    assert officer.post(url(), {"send": "1"}).status_code == 302
    again = Round.objects.get()
    assert (again.origin, again.keyed_by) == (Origin.ANSWER, None)


def test_an_empty_line_leaves_the_earlier_answer(key, response, asked):
    assert key(None, ("left", 2), None).status_code == 302
    assert waiting(asked) == [3, 2, 3]
    assert key(None, None, None).status_code == 302
    assert waiting(asked) == [3, 1 / 3, 3], "what was keyed in by mistake is taken out"
    assert Judgement.objects.filter(round=1, matrix=asked.matrix).count() == 3


def test_a_line_is_corrected(key, asked):
    key(("left", 3), ("left", 2), ("left", 3))
    key(("left", 3), ("left", 4), ("left", 3))
    assert waiting(asked) == [3, 4, 3]
    assert Judgement.objects.filter(round=2).count() == 2


@pytest.mark.parametrize("number", ["0", "10", "2.5", "x", "NaN"])
def test_what_is_no_number_of_the_scale_is_refused(key, number):
    assert key(("left", number), *SAME[1:]).status_code == 422
    assert not Judgement.objects.filter(round=2).exists()


def test_open_lines_have_to_be_open_on_the_paper(officer, url, response, survey, asked):
    last = builders.pairs(survey)[2]
    Judgement.objects.filter(row=last[0], column=last[1]).delete()
    assert officer.post(url(), {"send": "1"}).status_code == 422
    assert Round.objects.get().submitted_at is None
    assert officer.post(url(), {"send": "1", "missing_accepted": "on"}).status_code == 302


# -- Several at once.


def test_the_second_of_two_officers_is_told(key, asked):
    key(("left", 3), ("left", 2), ("left", 3))
    late = key(("left", 3), ("left", 9), ("left", 3), seqs=[1, 1, 1])
    assert late.status_code == 409
    assert waiting(asked) == [3, 2, 3]


def test_what_the_expert_answers_online_meanwhile_is_not_lost(key, response, survey, asked):
    builders.judge(response, *builders.pairs(survey)[1], 5, seq=2)
    stale = key(*SAME, seqs=[1, 1, 1])
    assert stale.status_code == 409
    assert "The expert answered this online meanwhile" in stale.content.decode()
    assert b"replaces_online" not in stale.content, "first look at what is stored"
    assert key(*SAME).status_code == 409
    assert waiting(asked) == [3, 5, 3]
    assert key(*SAME, replaces_online="on").status_code == 302
    assert waiting(asked) == [3, 1 / 3, 3]


def test_the_highest_number_wins_when_the_expert_answers_after_the_paper(
    key, response, survey, asked
):
    key(("left", 3), ("left", 2), ("left", 3))
    builders.judge(response, *builders.pairs(survey)[1], 5, seq=9)
    builders.judge(response, *builders.pairs(survey)[1], 7, seq=2)
    assert waiting(asked) == [3, 5, 3]


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("paper-round-print", "get"),
        ("paper-round", "get"),
        ("paper-round-lines", "get"),
        ("paper-round-lines", "post"),
    ],
)
@pytest.mark.parametrize("end", ["sent", "withdrawn"])
def test_a_round_that_is_over_says_so(officer, url, asked, org, end, name, method):
    if end == "sent":
        submit_round(round=asked, now=timezone.now())
    else:
        withdraw_round(round=asked, by=None, now=timezone.now())
    page = getattr(officer, method)(url(name), follow=True)
    [(target, status)] = page.redirect_chain
    assert status == 302
    assert target.endswith("/paper/")
    [message] = page.context["messages"]
    assert ("sent already" if end == "sent" else "taken back") in str(message)


def test_a_round_taken_back_is_not_sent(officer, url, asked):
    withdraw_round(round=asked, by=None, now=timezone.now())
    page = officer.post(url(), {"send": "1"}, follow=True)
    assert "taken back" in str(next(iter(page.context["messages"])))
    assert Round.objects.get().submitted_at is None


def test_a_form_of_an_earlier_round_does_not_answer_the_next_one(key, officer, url, asked):
    lines = keyed_round(asked).lines
    form = {f"line-{line.item}-seq": line.seq for line in lines}
    form |= {f"line-{line.item}-left": "8" for line in lines}
    withdraw_round(round=asked, by=None, now=timezone.now())
    ask(asked.response)
    assert officer.post(url("paper-round-lines"), form).status_code == 302
    assert not Judgement.objects.filter(strength=8).exists()


def test_a_closed_questionnaire_takes_nothing(officer, url, key, survey):
    Survey.objects.update(status=Survey.Status.CLOSED)
    page = officer.get(url())
    assert page.status_code == 200
    assert 'name="send"' not in page.content.decode()
    assert key(("left", 9)).url == url()
    sent = officer.post(url(), {"send": "1"}, follow=True)
    assert "takes no answers now" in str(next(iter(sent.context["messages"])))
    assert not Judgement.objects.filter(round=2).exists()


def test_key_in_round_refuses(asked, edi, survey, org):
    row, column = builders.pairs(survey)[0]
    act = partial(key_in_round, round=asked, by=edi, now=timezone.now())
    pair = KeyedPair(row, column, row, 5, seq=1)
    assert act(answers=[pair]) == 1
    assert act(answers=[pair]) == 0
    with pytest.raises(ChangedMeanwhile):
        act(answers=[KeyedPair(row, column, row, 6, seq=1)])
    builders.judge(asked.response, row, column, 4, seq=7)
    with pytest.raises(AnsweredOnline):
        act(answers=[KeyedPair(row, column, row, 6, seq=7)])
    other = builders.pairs(survey, 2)[0]
    with pytest.raises(InvalidAnswer):
        act(answers=[KeyedPair(*other, None, 1, seq=1)])
    Survey.objects.update(status=Survey.Status.CLOSED)
    with pytest.raises(SurveyNotOpen):
        act(answers=[pair])
    Survey.objects.update(status=Survey.Status.OPEN)
    submit_round(round=asked, now=timezone.now())
    with pytest.raises(AlreadySubmitted):
        act(answers=[pair])


def test_another_experts_round_is_not_found(officer, org, survey, asked):
    other = builders.invitation(survey, code="P2")
    builders.response(other)
    for name in ("paper-round", "paper-round-lines", "paper-round-print"):
        args = [org.slug, survey.pk, other.pk, asked.pk]
        assert officer.get(reverse(f"surveys:{name}", args=args)).status_code == 404


# -- On the way there.


def test_it_is_found_without_knowing_the_address(officer, org, survey, response, asked, url):
    expert = [org.slug, survey.pk, response.invitation_id]
    pages = {
        "the expert's page": reverse("surveys:invitation", args=expert),
        "the results of the expert": reverse("surveys:expert-result", args=expert),
        "who is asked again": reverse(
            "surveys:matrix-result", args=[org.slug, survey.pk, asked.matrix_id]
        ),
        "the expert's paper": reverse("surveys:paper", args=expert),
    }
    for where, page in pages.items():
        assert f'href="{url()}"' in officer.get(page).content.decode(), where
    shown = officer.get(url()).content.decode()
    assert url("paper-round-print") in shown
    assert url("paper-round-lines") in shown
    assert "Mohon dilihat lagi." in shown


def test_a_researcher_reads_no_way_to_key_in(client_for, bob, org, survey, response, asked, url):
    args = [org.slug, survey.pk, response.invitation_id]
    page = client_for(bob).get(reverse("surveys:expert-result", args=args))
    assert url() not in page.content.decode()


# -- Printed.


def test_the_paper_has_the_one_matrix_with_its_message_and_the_earlier_answers(
    officer, url, asked, content
):
    reply = officer.get(url("paper-round-print"))
    assert reply["Content-Type"] == "application/pdf"
    assert "no-store" in reply["Cache-Control"]
    assert len(re.findall(rb"/Type ?/Page\b", reply.content)) == 1, "a small matrix is one sheet"
    [part] = content["parts"]
    assert [(pair["first"], pair["second"]) for pair in part["pairs"]] == [
        (line.first.label, line.second.label) for line in keyed_round(asked).lines
    ]
    # Places of 9 … 2, 1, 2 … 9: 3 on the left, 3 on the right, 3 on the left.
    assert [pair["before"] for pair in part["pairs"]] == [6, 10, 6]
    assert content["introduction"] == MESSAGE.replace("\r\n", "\n")
    assert content["code"] == "P1"
    assert content["consent"] == "", "it was signed the first time"
    assert "<path" in content["qr"]


def test_the_paper_has_the_sides_and_the_order_of_the_screen(org, content):
    survey = builders.survey(org, sizes=(5,), swaps_sides=True, pair_order="random")
    invitation = builders.invitation(survey, seed=3)
    response = builders.response(invitation)
    for row, column in builders.pairs(survey):
        builders.judge(response, row, column, 7)
    asked = ask(submit_response(response=response, now=timezone.now()))
    assert paper_round_pdf(asked_part(asked), PaperFor(invitation, "https://x.example/a/1/"))
    pairs = asked_part(asked).pairs
    assert {pair.swapped for pair in pairs} == {True, False}
    printed = [(p["first"], p["second"], p["before"]) for p in content["parts"][0]["pairs"]]
    assert printed == [
        (pair.first.label, pair.second.label, 14 if pair.swapped else 2) for pair in pairs
    ]


def test_a_revoked_link_is_not_printed(officer, url, asked):
    revoke_invitation(invitation=asked.response.invitation, now=timezone.now())
    reply = officer.get(url("paper-round-print"))
    assert reply.status_code == 302
    assert reply.url.endswith(f"/{asked.response.invitation_id}/")


def test_as_many_queries_for_more_rounds_and_larger_matrices(
    officer, url, response, survey, org, flat_queries
):
    pages = [url(name) for name in ("paper-round", "paper-round-lines", "paper-round-print")]
    args = [org.slug, survey.pk, response.invitation_id]
    pages.append(reverse("surveys:paper", args=args))

    def look() -> None:
        for page in pages:
            assert officer.get(page).status_code == 200

    def grow() -> None:
        ask(response, matrix=survey.matrices.last())
        builders.matrix(survey, 7, order=5)
        for number in range(3):
            builders.judge(response, *builders.pairs(survey)[0], 2 + number, seq=5 + number)

    flat_queries(look, grow)


def test_an_invitation_without_rounds_has_none_on_its_page(officer, org, survey):
    invitation: Invitation = builders.invitation(survey, code="P7")
    page = officer.get(reverse("surveys:invitation", args=[org.slug, survey.pk, invitation.pk]))
    assert "/paper/rounds/" not in page.content.decode()
