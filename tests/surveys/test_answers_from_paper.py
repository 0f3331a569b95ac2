"""Answers that came on paper or from a file say so wherever staff read them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Invitation, Judgement, Matrix, Origin, Rating, Response, Survey
from surveys.selectors.expert_page import expert_page
from surveys.selectors.particulars import particulars
from surveys.selectors.progress import survey_progress
from surveys.selectors.results import survey_results
from surveys.selectors.screening_results import screening_results
from surveys.selectors.sources import Sources, keyed_answers
from surveys.services.paper import KeyedPair, KeyedRating, key_in, send_paper, start_paper_response
from surveys.services.paper_rounds import key_in_round
from surveys.services.rounds import submit_round
from tests.surveys import builders
from tests.surveys import result_worlds as worlds
from tests.surveys.result_worlds import CALM, NEAR
from tests.surveys.sent import round_to_strength

pytestmark = pytest.mark.django_db

PAPER, FILE = (Origin.PAPER.value,), (Origin.IMPORTED.value,)
MARK, FILE_MARK = "From paper", "From a file"


@pytest.fixture
def survey(org) -> Survey:
    """P1 answered online, P2 on paper."""
    made = worlds.survey(org)
    worlds.answer(made, CALM)
    return made


@pytest.fixture
def on_paper(survey, edi) -> Invitation:
    invitation = builders.invitation(survey, code="P2", name="Bu Kertas")
    response = _begin(invitation, edi)
    for matrix in survey.matrices.all():
        values = (int(value) for value in NEAR) if matrix.criteria.count() == 3 else (2,)
        key_in(
            response=response,
            answers=_pairs(matrix, values),
            by=edi,
            now=timezone.now(),
        )
    send_paper(response=response, now=timezone.now())
    return Invitation.objects.select_related("response").get(pk=invitation.pk)


def _begin(invitation: Invitation, officer) -> Response:
    return start_paper_response(
        invitation=invitation,
        signed_on=timezone.localdate(),
        by=officer,
        now=timezone.now(),
    )


def _pairs(matrix: Matrix, ratios, seq: int = 0) -> list[KeyedPair]:
    criteria = list(matrix.criteria.select_related("matrix"))
    cells = [(i, j) for i in range(len(criteria)) for j in range(i + 1, len(criteria))]
    return [
        KeyedPair(criteria[i], criteria[j], criteria[i], round_to_strength(ratio), seq)
        for (i, j), ratio in zip(cells, ratios, strict=True)
    ]


@pytest.fixture
def reading(client_for, bob):
    """The page as a researcher reads it, in English."""

    def read(name: str, *args: object, user=bob, **query: object) -> str:
        client = client_for(user)
        client.cookies["django_language"] = "en"
        reply = client.get(reverse(f"surveys:{name}", args=args), query)
        assert reply.status_code == 200
        return " ".join(reply.content.decode().split())

    return read


def test_the_list_of_experts_marks_who_came_on_paper(reading, org, survey, on_paper, edi):
    waiting = builders.invitation(survey, code="P3")
    _begin(waiting, edi)
    sources = {each.invitation.code: each.sources for each in survey_progress(survey)}
    assert sources == {"P1": (), "P2": PAPER, "P3": PAPER}
    assert reading("survey", org.slug, survey.pk).count(MARK) == 2


def test_each_result_marks_who_came_on_paper(reading, org, survey, on_paper):
    found = survey_results(survey)
    for matrix in found.matrices:
        assert [each.sources for each in matrix.experts] == [(), PAPER]
    assert found.sources == Sources(experts=2, paper=1, imported=0)
    assert reading("results", org.slug, survey.pk).count(MARK) == 1
    matrix = survey.matrices.last()
    assert reading("matrix-result", org.slug, survey.pk, matrix.pk).count(MARK) == 1


@pytest.mark.parametrize("page", ["results", "matrix-result"])
def test_one_sentence_says_how_many(reading, org, survey, on_paper, page):
    args = [survey.matrices.last().pk] if page == "matrix-result" else []
    text = reading(page, org.slug, survey.pk, *args)
    assert "1 of 2 experts who count answered on paper" in text
    assert "taken over from a file" not in text


def test_where_everybody_answered_online_nothing_is_said(reading, org, survey):
    for page in ("survey", "results"):
        text = reading(page, org.slug, survey.pk)
        assert MARK not in text
        assert "on paper; an officer" not in text


def test_answers_from_a_file_say_so(reading, org, survey):
    Response.objects.update(origin=Origin.IMPORTED)
    Judgement.objects.update(origin=Origin.IMPORTED)
    assert survey_results(survey).sources == Sources(experts=1, paper=0, imported=1)
    [expert] = survey_progress(survey)
    assert expert.sources == FILE
    text = reading("results", org.slug, survey.pk)
    assert "1 of 1 expert who counts were taken over from a file" in text
    assert text.count(FILE_MARK) == 1
    assert FILE_MARK in reading("survey", org.slug, survey.pk)


def test_who_weighs_nothing_is_not_counted_but_marked(survey, on_paper):
    on_paper.weight = 0
    on_paper.save()
    found = survey_results(survey)
    assert found.sources == Sources(experts=1, paper=0, imported=0)
    assert found.matrices[0].experts[1].sources == PAPER


def test_an_answer_that_is_no_longer_in_force_marks_nothing(survey, edi):
    """The expert answered anew online what had been keyed in."""
    invitation = builders.invitation(survey, code="P2")
    response = _begin(invitation, edi)
    matrix = survey.matrices.last()
    key_in(response=response, answers=_pairs(matrix, (2, 4, 2)), by=edi, now=timezone.now())
    for pair in _pairs(matrix, (2, 4, 2)):
        builders.judge(response, pair.row, pair.column, 3, seq=5)
    send_paper(response=response, now=timezone.now(), missing_accepted=True)
    [_first, again] = survey_results(survey).matrix(matrix.pk).experts
    assert (again.answered, again.sources) == (3, ())


def test_the_experts_page_says_by_whom_and_when(reading, org, survey, on_paper, edi):
    keyed = keyed_answers(on_paper)
    times = Judgement.objects.filter(response=on_paper.response).order_by("answered_at")
    assert (keyed.answers, keyed.by) == (times.count(), edi)
    assert (keyed.first_at, keyed.last_at) == (
        times.first().answered_at,
        times.last().answered_at,
    )
    args = [org.slug, survey.pk, on_paper.pk]
    for text in (reading("expert-result", *args), reading("invitation", *args, user=edi)):
        assert "Keyed in from paper" in text
        assert f"{keyed.answers} answers, by {edi}" in text
        assert "Consent signed on paper" in text
    online = survey.invitations.first()
    assert keyed_answers(online) is None
    assert keyed_answers(builders.invitation(survey, code="P9")) is None
    assert "Keyed in from paper" not in reading("expert-result", org.slug, survey.pk, online.pk)


def test_a_deleted_officer_leaves_the_mark(reading, org, survey, on_paper, edi):
    Response.objects.update(keyed_by=None)
    on_paper.response.refresh_from_db()
    assert keyed_answers(on_paper).by is None
    assert MARK in reading("expert-result", org.slug, survey.pk, on_paper.pk)


def test_a_round_on_paper_is_marked_in_its_matrix_alone(reading, org, survey, edi):
    online = survey.invitations.get()
    matrix, other = survey.matrices.last(), survey.matrices.first()
    asked = builders.asked_again(online.response, matrix)
    lines = _pairs(matrix, (3, 4, 2), seq=1)
    assert key_in_round(round=asked, answers=lines, by=edi, now=timezone.now()) == 1
    assert survey_results(survey).sources.paper == 0, "not sent yet"
    submit_round(round=asked, now=timezone.now(), keyed_by=edi)
    found = survey_results(survey)
    assert found.matrix(matrix.pk).experts[0].sources == PAPER
    assert found.matrix(other.pk).experts[0].sources == ()
    assert survey_results(survey, round=1).sources.paper == 0
    page = expert_page(online, found)
    assert [part.is_mixed for part in page.parts] == [False, False, True]
    text = reading("expert-result", org.slug, survey.pk, online.pk)
    assert text.count(MARK) == 2, "the part, and the one line of it"
    assert f"keyed in from paper by {edi}" in text
    assert keyed_answers(online) is None, "the first round is the expert's own"


def test_adopted_weights_keep_where_the_answers_came_from(survey, on_paper):
    kept = particulars(survey_results(survey), timezone.now())
    assert [each["sources"] for each in kept["matrices"][0]["experts"]] == [[], ["paper"]]


# -- A screening.


@pytest.fixture
def screening(org, edi) -> Survey:
    made = builders.screening(org, sizes=(2,))
    online = builders.response(builders.invitation(made))
    builders.rate_all(online)
    send_paper(response=online, now=timezone.now())
    paper = _begin(builders.invitation(made, code="P2", name="Pak Kertas"), edi)
    ratings = [KeyedRating(candidate, 5, "", 0) for candidate in made.candidates.all()]
    key_in(response=paper, answers=ratings, by=edi, now=timezone.now())
    send_paper(response=paper, now=timezone.now())
    return made


def test_a_screening_marks_who_came_on_paper(reading, org, screening, edi):
    found = screening_results(screening)
    assert [each.sources for each in found.experts] == [(), PAPER]
    assert found.sources == Sources(experts=2, paper=1, imported=0)
    text = reading("screening-results", org.slug, screening.pk)
    assert text.count(MARK) == 1
    assert "1 of 2 experts who count answered on paper" in text
    candidate = screening.candidates.first()
    assert reading("screening-candidate", org.slug, screening.pk, candidate.pk).count(MARK) == 1
    assert reading("survey", org.slug, screening.pk).count(MARK) == 1
    expert = screening.invitations.get(code="P2")
    assert keyed_answers(expert).answers == Rating.objects.filter(origin=Origin.PAPER).count() == 2
    assert f"2 answers, by {edi}" in reading(
        "invitation", org.slug, screening.pk, expert.pk, user=edi
    )


# -- As many queries, however many came on paper.


def test_marks_take_no_more_queries(client_for, edi, org, survey, on_paper, flat_queries):
    client = client_for(edi)
    pages = [
        reverse("surveys:survey", args=[org.slug, survey.pk]),
        reverse("surveys:results", args=[org.slug, survey.pk]),
        reverse("surveys:matrix-result", args=[org.slug, survey.pk, survey.matrices.last().pk]),
        reverse("surveys:expert-result", args=[org.slug, survey.pk, on_paper.pk]),
        reverse("surveys:invitation", args=[org.slug, survey.pk, on_paper.pk]),
    ]

    def look() -> None:
        for page in pages:
            assert client.get(page).status_code == 200

    def grow() -> None:
        for number in range(3, 6):
            more = _begin(builders.invitation(survey, code=f"P{number}"), edi)
            for matrix in survey.matrices.all():
                values = (2, 4, 2) if matrix.criteria.count() == 3 else (2,)
                key_in(response=more, answers=_pairs(matrix, values), by=edi, now=timezone.now())
            send_paper(response=more, now=timezone.now())

    flat_queries(look, grow)
