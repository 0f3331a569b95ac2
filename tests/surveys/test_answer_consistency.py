"""After a part: contradictions in words, proposals that help, and nothing is ever blocked."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Judgement, Origin, ProposalDecision
from surveys.selectors.answering import answer_sheet
from surveys.selectors.judgements import judged_matrix
from surveys.selectors.part_check import check_part
from surveys.selectors.rules import Rules
from surveys.services.proposals import decide_proposal
from surveys.services.refusals import InvalidAnswer
from surveys.services.sending import submit_response
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    return builders.survey(org, sizes=(3, 2))


@pytest.fixture
def response(survey):
    return builders.response(builders.invitation(survey))


@pytest.fixture
def url(response):
    return f"/answer/{response.submission_id}/parts/1/"


def judge(response, *ratios, seq=1):
    pairs = builders.pairs(response.invitation.survey)
    for pair, ratio in zip(pairs, ratios, strict=False):
        builders.judge(response, *pair, ratio, seq)


def check(response):
    sheet = answer_sheet(response.invitation, response)
    return check_part(sheet.parts[0], Rules.of(response.invitation.survey.scorecard))


def decide(response, suggestion, *, accept):
    return decide_proposal(
        response=response,
        row=suggestion.pair.row,
        column=suggestion.pair.column,
        seen=suggestion.key,
        accept=accept,
        now=timezone.now(),
    )


def proposed_for(response, row, column):
    [found] = [
        each
        for each in check(response).suggestions
        if (each.pair.row.order, each.pair.column.order) == (row, column)
    ]
    return found


CIRCLE = (4, 1 / 4, 4)  # A over B, B over C, and yet C over A
OVER_THE_LIMIT = (4, 2, 1 / 5)  # Bayat's Customer Value: CR 0.081, limit 0.05 for three


def test_consistent_answers_are_simply_fine(response, url):
    judge(response, 2, 6, 3)
    page = builders.expert(response.invitation).get(f"{url}consistency/")
    assert page.context["check"].is_settled
    assert page.context["check"].suggestions == ()
    assert page.context["next_url"].endswith("parts/2/1/")
    text = page.content.decode()
    assert "Tidak ada jawaban yang saling bertentangan." in text


def test_the_measure_is_said_in_words_beside_its_limit(response, url):
    judge(response, *OVER_THE_LIMIT)
    text = builders.expert(response.invitation).get(f"{url}consistency/").content.decode()
    assert "Ada jawaban yang saling bertentangan" in text
    assert "Angka pertentangan (CR): 0,081. Batasnya 0,05; 0 berarti tidak ada" in text


def test_the_limit_is_that_of_the_size_and_of_the_scorecard(response, survey):
    judge(response, *OVER_THE_LIMIT)
    found = check(response)
    assert found.cr == pytest.approx(0.081, abs=5e-4)
    assert (found.limit, found.within_limit) == (0.05, False)
    survey.scorecard.cr_limit_3 = "0.100"
    survey.scorecard.save()
    survey.scorecard.refresh_from_db()
    assert check_part(found.part, Rules.of(survey.scorecard)).within_limit is True


def test_a_circle_is_said_in_words(response, url):
    judge(response, *CIRCLE)
    [text] = check(response).contradictions
    for label in builders.LABELS[:3]:
        assert text.count(label) == 2
    page = builders.expert(response.invitation).get(f"{url}consistency/")
    assert text in page.content.decode()


def test_at_most_three_proposals_each_with_a_lower_cr(org):
    survey = builders.survey(org, sizes=(6,))
    response = builders.response(builders.invitation(survey))
    for place, pair in enumerate(builders.pairs(survey)):
        builders.judge(response, *pair, 9 if place % 2 else 1 / 7)
    found = check(response)
    assert len(found.suggestions) == 3
    assert all(suggestion.proposal.cr < found.cr for suggestion in found.suggestions)


def test_three_circles_stand_in_words_and_the_others_are_counted(org):
    survey = builders.survey(org, sizes=(7,))
    response = builders.response(builders.invitation(survey))
    for row, column in builders.pairs(survey):
        # Each beats the three that follow it around a table of seven: fourteen circles.
        builders.judge(response, row, column, 3 if column.order - row.order <= 3 else 1 / 3)
    found = check(response)
    assert (len(found.contradictions), found.more_contradictions) == (3, 11)
    url = f"/answer/{response.submission_id}/parts/1/consistency/"
    page = builders.expert(response.invitation).get(url, headers={"Accept-Language": "en"})
    assert "There are 11 more contradictions like these." in page.content.decode()


def test_circles_around_the_same_answer_are_said_once(org):
    survey = builders.survey(org, sizes=(5,))
    response = builders.response(builders.invitation(survey))
    for row, column in builders.pairs(survey):
        # A straight order, but for the last before the first: three circles, all through that.
        builders.judge(response, row, column, 1 / 3 if column.order - row.order == 4 else 3)
    found = check(response)
    assert (len(found.contradictions), found.more_contradictions) == (1, 2)


def test_an_incomplete_part_has_no_cr_and_says_what_is_open(response, url):
    judge(response, 4, 2)
    found = check(response)
    assert found.cr is None
    assert found.within_limit is None
    page = builders.expert(response.invitation).get(f"{url}consistency/")
    assert page.status_code == 200
    assert page.context["missing_url"] == f"{url}3/"


def test_taking_a_proposal_is_a_new_judgement_with_its_origin(response, url):
    judge(response, *OVER_THE_LIMIT, seq=4)
    best = check(response).suggestions[0]
    browser = builders.expert(response.invitation)
    data = {"item": best.pair.item, "seen": best.key, "decision": "accept"}
    assert browser.post(f"{url}proposal/", data).status_code == 302
    newest = Judgement.objects.latest("seq")
    assert newest.origin == Origin.PROPOSAL
    assert newest.seq == 5
    assert newest.ratio == pytest.approx(best.proposal.proposed)
    decision = ProposalDecision.objects.get()
    assert decision.decision == ProposalDecision.Decision.ACCEPTED
    assert decision.judged == pytest.approx(best.proposal.judged)
    assert decision.cr_before == pytest.approx(0.081, abs=5e-4)
    assert decision.cr_after == pytest.approx(check(response).cr)


def test_staying_is_recorded_once_and_blocks_nothing(response, url):
    judge(response, *OVER_THE_LIMIT)
    best = check(response).suggestions[0]
    browser = builders.expert(response.invitation)
    data = {"item": best.pair.item, "seen": best.key, "decision": "keep"}
    for _ in range(2):
        assert browser.post(f"{url}proposal/", data).status_code == 302
    assert ProposalDecision.objects.get().decision == ProposalDecision.Decision.KEPT
    assert Judgement.objects.count() == 3
    page = browser.get(f"{url}consistency/")
    assert page.context["check"].suggestions[0].kept
    assert page.context["next_url"].endswith("parts/2/1/")


def test_what_was_kept_is_proposed_against_again_once_the_answer_changed(response, url):
    judge(response, *OVER_THE_LIMIT)
    found = check(response).suggestions[0]
    best = found.pair
    decide(response, found, accept=False)
    builders.judge(response, best.row, best.column, 9 if best.judgement.ratio < 1 else 1 / 9, 2)
    page = builders.expert(response.invitation).get(f"{url}consistency/")
    assert not any(suggestion.kept for suggestion in page.context["check"].suggestions)


def test_a_proposal_that_is_gone_shows_how_it_stands(response, url):
    judge(response, *OVER_THE_LIMIT)
    found = check(response).suggestions[0]
    judge(response, 2, 6, 3, seq=2)
    data = {"item": found.pair.item, "seen": found.key, "decision": "accept"}
    stale = builders.expert(response.invitation).post(f"{url}proposal/", data)
    assert stale.status_code == 409
    assert ProposalDecision.objects.count() == 0


@pytest.mark.parametrize("decision", ["accept", "keep"])
def test_only_what_was_seen_is_decided_on(response, url, decision):
    """Another tab changed an answer, and now the opposite is proposed for the same pair."""
    judge(response, *OVER_THE_LIMIT)
    seen = proposed_for(response, 1, 2)
    judge(response, 1 / 2, seq=2)
    other = proposed_for(response, 1, 2)
    assert (seen.proposal.judged, other.proposal.judged) == (1 / 5, 1 / 5)
    assert (seen.proposal.proposed, other.proposal.proposed) == (1 / 2, 4)
    data = {"item": seen.pair.item, "seen": seen.key, "decision": decision}
    stale = builders.expert(response.invitation).post(f"{url}proposal/", data)
    assert stale.status_code == 409
    assert ProposalDecision.objects.count() == 0
    assert not Judgement.objects.filter(origin=Origin.PROPOSAL).exists()


def test_the_page_sends_along_what_it_shows(response, url):
    judge(response, *OVER_THE_LIMIT)
    page = builders.expert(response.invitation).get(f"{url}consistency/").content.decode()
    for found in check(response).suggestions:
        assert f'name="seen" value="{found.key}"' in page


@pytest.mark.parametrize(
    "data", [{}, {"item": "x", "decision": "accept"}, {"item": "1-2", "decision": "maybe"}]
)
def test_a_decision_about_nothing_is_404(response, url, data):
    judge(response, *OVER_THE_LIMIT)
    assert builders.expert(response.invitation).post(f"{url}proposal/", data).status_code == 404


def test_the_service_refuses_a_pair_of_another_questionnaire(response, org):
    judge(response, *OVER_THE_LIMIT)
    row, column = builders.pairs(builders.survey(org))[0]
    with pytest.raises(InvalidAnswer):
        decide_proposal(
            response=response,
            row=row,
            column=column,
            seen="",
            accept=True,
            now=timezone.now(),
        )


def test_a_part_that_does_not_exist_is_404(response):
    browser = builders.expert(response.invitation)
    gone = browser.get(f"/answer/{response.submission_id}/parts/9/consistency/")
    assert gone.status_code == 404


def test_the_matrix_is_reciprocal_and_marks_what_is_missing(response, survey):
    judge(response, 4, 1 / 3)
    criteria = list(survey.matrices.all()[0].criteria.all())
    matrix = judged_matrix(criteria, response.judgements.all())
    assert matrix[0].tolist() == [1, 4, pytest.approx(1 / 3)]
    assert matrix[1, 0] == 0.25
    assert str(matrix[1, 2]) == "nan"


def test_a_cr_just_over_its_limit_never_looks_like_the_limit(org, client_for, edi):
    """0.0901 beside 0.09, to the expert and to the officer, alone and in the group."""
    survey = builders.survey(org, sizes=(4,))
    response = builders.response(builders.invitation(survey))
    judge(response, 2, 4, 9, 1, 5, 1)
    part = f"/answer/{response.submission_id}/parts/1/consistency/"
    pages = [builders.expert(response.invitation).get(part)]
    submit_response(response=response, now=timezone.now())
    args = [org.slug, survey.pk]
    pages += [
        client_for(edi).get(reverse(f"surveys:{name}", args=[*args, *more]))
        for name, more in {
            "results": (),
            "matrix-result": (survey.matrices.get().pk,),
            "expert-result": (response.invitation_id,),
            "round-create": (survey.matrices.get().pk, response.invitation_id),
        }.items()
    ]
    for page in pages:
        text = page.content.decode()
        assert "0,0901" in text, page.request["PATH_INFO"]
        assert "0,090<" not in text
        assert "0,090 " not in text
