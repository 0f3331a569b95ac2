"""The home page with a screening: what it says, and what comes next."""

import pytest
from django.urls import reverse
from django.utils import timezone

from scorecards.models import KPI
from surveys.models import ScreeningOutcome, Survey
from surveys.selectors.home import organization_home
from tests import factories
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    factories.strategy(org)
    return builders.screening(org)


def steps(org):
    [progress] = organization_home(org).scorecards
    return list(progress.steps)


def test_a_screening_comes_before_the_design(org, survey):
    _vision, screening, design, weights = steps(org)[:4]
    assert (screening.state, design.state) == ("current", "todo")
    assert screening.url == reverse("surveys:survey", args=[org.slug, survey.pk])
    assert "5" in design.text  # candidates that nobody has adopted yet
    assert weights.url.endswith(f"?kind=pairwise&scorecard={survey.scorecard_id}")


def test_an_outcome_that_holds_makes_it_done(org, survey):
    fields = {"applied_at": timezone.now(), "figures": {}, "changes": {}}
    outcome = ScreeningOutcome.objects.create(survey=survey, **fields)
    assert steps(org)[1].state == "done"
    outcome.undone_at = timezone.now()
    outcome.save()
    assert steps(org)[1].state == "current"


def test_without_a_screening_there_is_no_step_but_a_way_to_one(org):
    factories.strategy(org)
    scorecard = factories.scorecard(org)
    objective = factories.objective(factories.perspective(scorecard))
    factories.kpi(objective, status=KPI.Status.CANDIDATE)
    [_vision, design, *others] = steps(org)
    assert len(others) == 4
    assert design.url.endswith(f"?kind=screening&scorecard={scorecard.pk}")
    assert [progress.screening for progress in organization_home(org).scorecards] == [None]


def test_each_kind_is_followed_by_itself(org, survey):
    pairwise = Survey.objects.create(
        scorecard=survey.scorecard, name="Bobot", consent_text="Setuju?", kind=Survey.Kind.PAIRWISE
    )
    [progress] = organization_home(org).scorecards
    assert (progress.screening, progress.survey) == (survey, pairwise)


def test_queries_of_the_home_stay_flat(flat_queries, client_for, bob, org, survey):
    client = client_for(bob)

    def grow():
        for _ in range(3):
            builders.invitation(builders.screening(org))

    flat_queries(lambda: client.get(reverse("surveys:home", args=[org.slug])), grow)
