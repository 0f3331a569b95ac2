"""Stage one of Mauidzoh (2018) through the pages alone: five raters, 26 candidates, 11 kept."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from organizations.models import User
from scorecards.models import Scorecard
from surveys.demo.bayat import make_bayat
from surveys.models import Invitation, Response, Survey
from surveys.selectors.plan import possible_matrices
from surveys.selectors.rating_sheet import rating_sheet
from surveys.services.screening_outcome import undo_screening
from surveys.study_data import study_data
from tests.surveys import builders

pytestmark = pytest.mark.django_db

PRINTED = {row[1]: row[2] for row in study_data("batik-bayat")["screening"]["rows"]}


@pytest.fixture
def scorecard(org, alice) -> Scorecard:
    """The design of Bayat with its 26 KPIs as candidates again, and no questionnaire."""
    made = make_bayat(org, alice)
    outcome = made.surveys.get(kind=Survey.Kind.SCREENING).outcomes.get()
    undo_screening(outcome=outcome, by=alice, now=outcome.applied_at)
    made.surveys.all().delete()
    assert set(made.kpis.values_list("status", flat=True)) == {"candidate"}
    return made


@pytest.fixture
def office(client_for: Callable[[User], Client], edi: User) -> Client:
    return client_for(edi)


def page(name: str, survey: Survey, *args: object) -> str:
    return reverse(f"surveys:{name}", args=[survey.scorecard.organization.slug, survey.pk, *args])


def prepared(office: Client, scorecard: Scorecard) -> Survey:
    """Made, filled with all candidates and perspectives, opened; five experts invited."""
    words = {"name": "Tahap I", "introduction": "", "consent_text": "Setuju?", "closes_at": ""}
    create = reverse("surveys:survey-create", args=[scorecard.organization.slug])
    office.post(create, words | {"kind": "screening", "scorecard": scorecard.pk})
    survey = Survey.objects.get()
    chosen = {
        "kpis": [kpi.pk for kpi in scorecard.kpis.all()],
        "perspectives": [perspective.pk for perspective in scorecard.perspectives.all()],
        "cut_by": "validity",
        "cut_off": "0,80",
        "version": survey.version,
    }
    assert office.post(page("survey-edit", survey), words | chosen).status_code == 302
    assert office.post(page("survey-open", survey)).status_code == 302
    for number in range(1, 6):
        person = {"name": f"Responden {number}", "weight": "1", "expected_code": f"P{number}"}
        assert office.post(page("invitation-create", survey), person).status_code == 302
    survey.refresh_from_db()
    return survey


def answered(invitation: Invitation, number: int) -> None:
    """One respondent, perspective by perspective, without a script."""
    browser = builders.expert(invitation)
    browser.post("/answer/consent/", {"consent": "on"})
    response = Response.objects.get(invitation=invitation)
    for group in rating_sheet(invitation.survey).groups:
        form = {}
        for item in group.items:
            given = PRINTED.get(item.candidate.label)
            form[f"{item.item}-seq"] = "1"
            form[f"{item.item}-points"] = str(given[number]) if given else ""
        url = reverse("surveys:rating-group", args=[response.submission_id, group.number])
        assert browser.post(url, form).status_code == 302
    check = reverse("surveys:answer-check", args=[response.submission_id])
    assert browser.post(check, {"missing_accepted": "on"}).status_code == 302
    response.refresh_from_db()
    assert response.submitted_at is not None


@pytest.mark.slow
def test_from_invitation_to_eleven_adopted_kpis(office, org, scorecard):
    survey = prepared(office, scorecard)
    for number, invitation in enumerate(survey.invitations.order_by("pk")):
        answered(invitation, number)
    results_url = page("screening-results", survey)
    tried = office.get(results_url, {"cut_by": "total", "cut_off": "20"}).context["results"]
    assert (tried.kept, tried.dropped, tried.undecided) == (11, 0, 15)
    office.post(results_url, {"cut_by": "total", "cut_off": "20", "version": survey.version})
    for row in tried.rows:
        if not row.figures.raters:
            form = {"keeps": "0", "reason": "Tidak tercetak dalam Tabel 1"}
            decide = page("screening-candidate", survey, row.candidate.pk)
            assert office.post(decide, form).status_code == 302
    apply = page("screening-apply", survey)
    planned = office.get(apply).context["planned"]
    assert (len(planned.adopted), len(planned.dropped)) == (11, 15)
    assert office.post(apply, {"seen": planned.seen}).status_code == 302
    perspectives = set(scorecard.perspectives.values_list("name", flat=True))
    adopted = set(scorecard.kpis.filter(status="adopted").values_list("name", flat=True))
    assert adopted == PRINTED.keys() - perspectives
    sizes = {each.perspective.code: each.size for each in possible_matrices(scorecard)[1:]}
    assert sizes == {"CK": 3, "CI": 2, "CV": 3, "CS": 3}
