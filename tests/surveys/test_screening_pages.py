"""The pages of a screening's results, as officers and researchers use them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from scorecards.models import KPI
from surveys.models import CandidateDecision, CandidateProposal, Survey
from surveys.services.candidate_proposals import take_proposal
from surveys.services.screening_outcome import undo_screening
from tests import factories
from tests.surveys import builders
from tests.surveys.screenings import (
    ADOPTED,
    CANDIDATE,
    DROPPED,
    applied,
    apply,
    propose,
    send,
    statuses,
)


@pytest.fixture
def survey(org) -> Survey:
    survey = builders.screening(org, sizes=(3,), cut_by="mean", cut_off=4)
    send(survey, [5, 3, None], remark="<b>Datanya</b> ada")
    return survey


def url(name: str, survey: Survey, *args: object) -> str:
    return reverse(f"surveys:{name}", args=[survey.scorecard.organization.slug, survey.pk, *args])


@pytest.fixture
def office(client_for, edi):
    """An officer's browser that reads English."""
    browser = client_for(edi)
    browser.post("/language/", {"language": "en"})
    return browser


@pytest.fixture
def results_url(survey) -> str:
    return url("screening-results", survey)


def text(answer) -> str:
    """What a person reads, without tags and doubled spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_kept_and_dropped_stand_with_their_reasons(client_for, bob, results_url):
    page = client_for(bob).get(results_url)
    assert page.status_code == 200
    with translation.override("id"):
        rows = page.context["results"].rows
        said = text(page)
        for row in rows:
            assert row.reason.replace("'", "&#x27;") in said
    assert b"&lt;b&gt;Datanya&lt;/b&gt;" in page.content
    assert b"<b>Datanya" not in page.content


def test_a_cut_off_is_tried_without_being_stored(client_for, bob, survey, results_url):
    page = client_for(bob).get(results_url, {"cut_by": "mean", "cut_off": "2,5"})
    assert (page.status_code, page.context["results"].kept) == (200, 2)
    assert page.context["is_tried"]
    survey.refresh_from_db()
    assert (survey.cut_by, survey.cut_off, survey.version) == ("mean", 4, 1)


def test_trying_the_stored_cut_off_is_no_try(client_for, bob, results_url):
    page = client_for(bob).get(results_url, {"cut_by": "mean", "cut_off": "4"})
    assert not page.context["is_tried"]


@pytest.mark.parametrize(
    ("cut_by", "cut_off"),
    [
        ("mean", "NaN"),
        ("mean", "inf"),
        ("mean", ""),
        ("mean", "0,9"),
        ("mean", "5,1"),
        ("validity", "4"),
        ("validity", "-0,1"),
        ("total", "1e9"),
        ("median", "4"),
        ("", "4"),
    ],
)
def test_what_is_no_cut_off_is_refused(client_for, edi, survey, results_url, cut_by, cut_off):
    tried = client_for(edi).get(results_url, {"cut_by": cut_by, "cut_off": cut_off})
    assert (tried.status_code, tried.context["results"].cut.off) == (422, 4)
    form = {"cut_by": cut_by, "cut_off": cut_off, "version": "1"}
    kept = client_for(edi).post(results_url, form)
    assert (kept.status_code, kept.context["results"].cut.off) == (422, 4)
    survey.refresh_from_db()
    assert (survey.cut_by, survey.cut_off, survey.version) == ("mean", 4, 1)


def test_keeping_a_cut_off_needs_its_version(client_for, edi, results_url):
    form = {"cut_by": "mean", "cut_off": "3"}
    assert client_for(edi).post(results_url, form).status_code == 422


def test_the_cut_off_is_kept(client_for, edi, survey, results_url):
    form = {"cut_by": "validity", "cut_off": "0,75", "version": "1"}
    assert client_for(edi).post(results_url, form).url == results_url
    survey.refresh_from_db()
    assert (survey.cut_by, survey.cut_off, survey.version) == ("validity", 0.75, 2)


def test_the_second_of_two_cut_offs_is_told(client_for, edi, survey, results_url):
    form = {"cut_by": "mean", "cut_off": "3", "version": "1"}
    assert client_for(edi).post(results_url, form).status_code == 302
    late = client_for(edi).post(results_url, form | {"cut_off": "2"})
    assert late.status_code == 409
    assert dict(late.context["resubmit"])["version"] == 2
    survey.refresh_from_db()
    assert survey.cut_off == 3


def test_a_readers_browser_keeps_nothing(client_for, bob, results_url):
    form = {"cut_by": "mean", "cut_off": "3", "version": "1"}
    assert client_for(bob).post(results_url, form).status_code == 403
    page = client_for(bob).get(results_url, {"cut_by": "mean", "cut_off": "3"})
    assert b'name="version"' not in page.content


def test_nobody_answered_yet(client_for, bob, org):
    empty = builders.screening(org)
    page = client_for(bob).get(url("screening-results", empty))
    assert (page.status_code, page.context["results"].sent) == (200, 0)


def test_a_comparison_has_no_such_page(client_for, edi, org):
    pairwise = builders.survey(org)
    for name in ("screening-results", "screening-apply"):
        assert client_for(edi).get(url(name, pairwise)).status_code == 404


# -- By hand


def test_deciding_by_hand(client_for, edi, survey, results_url):
    candidate = survey.candidates.all()[1]
    page = url("screening-candidate", survey, candidate.pk)
    assert client_for(edi).get(page).status_code == 200
    answer = client_for(edi).post(page, {"keeps": "1", "reason": "Diminta dinas"})
    assert answer.url == f"{results_url}#candidate-{candidate.pk}"
    decision = CandidateDecision.objects.get()
    assert (decision.candidate, decision.keeps, decision.saved_by) == (candidate, True, edi)
    assert client_for(edi).post(page, {"keeps": "0", "reason": "Keliru", "version": "1"})
    decision.refresh_from_db()
    assert (decision.keeps, decision.reason, decision.version) == (False, "Keliru", 2)


@pytest.mark.parametrize(
    "form", [{}, {"keeps": "1"}, {"reason": "Perlu"}, {"keeps": "2", "reason": "Perlu"}]
)
def test_half_a_decision_is_refused(client_for, edi, survey, form):
    page = url("screening-candidate", survey, survey.candidates.first().pk)
    assert client_for(edi).post(page, form).status_code == 422
    assert not CandidateDecision.objects.exists()


def test_two_who_decide_at_once(client_for, edi, alice, survey):
    """The second of two first decisions is told, and the same one twice is once."""
    page = url("screening-candidate", survey, survey.candidates.first().pk)
    form = {"keeps": "1", "reason": "Perlu"}
    assert client_for(edi).post(page, form).status_code == 302
    # Alice's page was drawn before: it carries no version.
    late = client_for(alice).post(page, {"keeps": "0", "reason": "Tidak perlu"})
    assert late.status_code == 422
    stale = form | {"keeps": "0", "version": "7"}
    assert client_for(alice).post(page, stale).status_code == 409
    assert CandidateDecision.objects.get().keeps


def test_taking_a_decision_back(client_for, edi, survey, results_url):
    candidate = survey.candidates.first()
    page = url("screening-candidate", survey, candidate.pk)
    client_for(edi).post(page, {"keeps": "0", "reason": "Keliru"})
    back = url("decision-withdraw", survey, candidate.pk)
    assert client_for(edi).post(back, {"version": "9"}).status_code == 409
    assert client_for(edi).post(back, {}).status_code == 302
    assert CandidateDecision.objects.exists()
    assert client_for(edi).post(back, {"version": "1"}).status_code == 302
    assert not CandidateDecision.objects.exists()
    assert client_for(edi).post(back, {"version": "1"}).status_code == 302


def test_another_surveys_candidate_does_not_exist_here(client_for, edi, org, survey):
    foreign = builders.screening(org).candidates.first()
    for name in ("screening-candidate", "decision-withdraw"):
        page = url(name, survey, foreign.pk)
        assert client_for(edi).post(page, {"keeps": "1", "reason": "Perlu"}).status_code == 404
    assert not CandidateDecision.objects.exists()


def test_a_drafts_candidates_are_not_decided_yet(client_for, edi, survey):
    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.DRAFT)
    page = url("screening-candidate", survey, survey.candidates.first().pk)
    assert client_for(edi).post(page, {"keeps": "1", "reason": "Perlu"}).status_code == 404
    assert not CandidateDecision.objects.exists()


# -- Applying


def test_one_press_after_reading_what_changes(client_for, edi, survey):
    page = url("screening-apply", survey)
    read = client_for(edi).get(page)
    assert statuses(survey) == [CANDIDATE] * 3
    planned = read.context["planned"]
    for change in planned.changes:
        assert change.kpi.name in text(read)
    done = client_for(edi).post(page, {"seen": planned.seen})
    outcome = survey.outcomes.get()
    assert done.url == url("screening-outcome", survey, outcome.pk)
    assert statuses(survey) == [ADOPTED, DROPPED, CANDIDATE]
    again = client_for(edi).post(page, {"seen": planned.seen})
    assert again.url == done.url
    assert client_for(edi).get(done.url).status_code == 200


def test_what_was_applied_leads_on_to_weighing(client_for, edi, bob, survey):
    outcome = apply(survey)
    shown = url("screening-outcome", survey, outcome.pk)
    organization = survey.scorecard.organization
    create = reverse("surveys:survey-create", args=[organization.slug])
    link = f"{create}?kind=pairwise&amp;scorecard={survey.scorecard_id}"
    assert link in client_for(edi).get(shown).content.decode()
    assert link not in client_for(bob).get(shown).content.decode()
    survey.scorecard.surveys.create(kind=Survey.Kind.PAIRWISE, name="Bobot")
    assert link not in client_for(edi).get(shown).content.decode()


def test_what_changed_meanwhile_is_shown_again(client_for, edi, survey):
    page = url("screening-apply", survey)
    seen = client_for(edi).get(page).context["planned"].seen
    send(survey, [1, 5, 5])
    assert client_for(edi).post(page, {"seen": seen}).url == page
    assert client_for(edi).post(page, {"seen": "x" * 65}).status_code == 422
    assert client_for(edi).post(page, {}).status_code == 422
    assert statuses(survey) == [CANDIDATE] * 3


def test_a_press_with_nothing_to_change(client_for, edi, survey, results_url):
    apply(survey)
    page = url("screening-apply", survey)
    seen = client_for(edi).get(page).context["planned"].seen
    assert client_for(edi).post(page, {"seen": seen}).url == results_url
    assert survey.outcomes.count() == 1


def test_undoing_names_what_was_left_alone(office, survey):
    outcome = apply(survey)
    first = survey.scorecard.kpis.order_by("pk").first()
    KPI.objects.filter(pk=first.pk).update(status_reason="Rapat pengurus")
    page = url("screening-undo", survey, outcome.pk)
    assert first.name in text(office.get(page))
    shown = url("screening-outcome", survey, outcome.pk)
    assert office.post(page).url == shown
    assert statuses(survey) == [ADOPTED, CANDIDATE, CANDIDATE]
    said = text(office.get(shown))
    assert f"They are left alone: {first}" in said
    assert office.get(page).url == shown
    assert office.post(page).url == shown


def test_another_surveys_outcome_does_not_exist_here(client_for, edi, org, survey):
    foreign = applied(org).outcomes.get()
    for name in ("screening-outcome", "screening-undo"):
        assert client_for(edi).post(url(name, survey, foreign.pk)).status_code == 404
    foreign.refresh_from_db()
    assert foreign.undone_at is None


# -- Proposals


@pytest.fixture
def proposal(survey) -> CandidateProposal:
    return propose(send(survey, [4, 4, 4]))


def test_taking_a_proposal_over(client_for, edi, survey, proposal, results_url):
    page = url("proposal-take", survey, proposal.pk)
    objective = survey.scorecard.objectives.get()
    read = client_for(edi).get(page).context["form"]
    assert (read.initial["objective"], read.initial["name"]) == (objective.pk, proposal.name)
    form = {"objective": objective.pk, "name": "Pesanan WhatsApp", "definition": "Per bulan"}
    assert client_for(edi).post(page, form).url == results_url
    assert client_for(edi).post(page, form).url == results_url
    proposal.refresh_from_db()
    kpi = proposal.kpi
    assert (kpi.name, kpi.status, kpi.objective) == ("Pesanan WhatsApp", CANDIDATE, objective)
    assert (kpi.saved_by, kpi.definition) == (edi, "Per bulan")
    assert "P2" in kpi.basis
    assert "Bu P2" not in kpi.basis
    assert survey.scorecard.kpis.count() == 4
    assert client_for(edi).get(page).status_code == 200
    assert client_for(edi).get(results_url).status_code == 200


def test_a_foreign_objective_is_refused(client_for, edi, other_org, survey, proposal):
    foreign = factories.objective(factories.perspective(factories.scorecard(other_org)))
    page = url("proposal-take", survey, proposal.pk)
    for objective in (foreign.pk, "x", ""):
        form = {"objective": objective, "name": "Pesanan"}
        assert client_for(edi).post(page, form).status_code == 422
    assert survey.scorecard.kpis.count() == 3


def test_declining_and_reconsidering(client_for, edi, survey, proposal, results_url):
    page = url("proposal-decline", survey, proposal.pk)
    for _ in range(2):
        assert client_for(edi).post(page).url == results_url
    proposal.refresh_from_db()
    first = proposal.declined_at
    assert first is not None
    assert [row.state for row in client_for(edi).get(results_url).context["proposals"]] == [
        "declined"
    ]
    for _ in range(2):
        client_for(edi).post(page, {"reconsider": "1"})
    proposal.refresh_from_db()
    assert proposal.declined_at is None


def test_what_was_taken_over_is_not_declined(client_for, edi, survey, proposal):
    objective = survey.scorecard.objectives.get()
    take_proposal(proposal=proposal, objective=objective, name="Pesanan", definition="", by=edi)
    client_for(edi).post(url("proposal-decline", survey, proposal.pk))
    proposal.refresh_from_db()
    assert (proposal.declined_at, proposal.kpi is None) == (None, False)


def test_proposals_that_were_not_sent_do_not_exist(client_for, edi, survey, results_url):
    unsent = propose(builders.response(builders.invitation(survey, "P8")))
    assert client_for(edi).get(results_url).context["proposals"] == ()
    assert client_for(edi).get(url("proposal-take", survey, unsent.pk)).status_code == 404
    assert client_for(edi).post(url("proposal-decline", survey, unsent.pk)).status_code == 404


def test_names_of_proposing_experts_are_hidden_where_promised(client_for, bob, survey, proposal):
    page = url("screening-results", survey)
    assert b"Bu P2" in client_for(bob).get(page).content
    Survey.objects.filter(pk=survey.pk).update(anonymous=True)
    assert b"Bu P2" not in client_for(bob).get(page).content


def test_queries_of_the_page_stay_flat(client_for, edi, survey, flat_queries, results_url):
    browser = client_for(edi)
    undo_screening(outcome=apply(survey), by=edi, now=timezone.now())

    def grow() -> None:
        propose(send(survey, [4, 4, 4]))
        builders.add_candidates(survey, factories.perspective(survey.scorecard), 2)
        propose(send(survey, [4, 4, 4, 1, 1]))
        apply(survey)

    flat_queries(lambda: browser.get(results_url), grow)
