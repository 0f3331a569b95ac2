"""The home page with a screening: what it says, and what comes next."""

import pytest
from django.urls import reverse
from django.utils import timezone

from scorecards.models import KPI
from scorecards.services.weights import set_equal_weights
from surveys.models import ScreeningOutcome, Survey
from surveys.selectors.home import organization_home
from tests import factories
from tests.surveys import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(org):
    factories.strategy(org).missions.create(order=1, text="Melayani")
    return builders.screening(org)


SCREENING = "Minta pakar memilih KPI"


def steps(org):
    org.can_edit = True  # as `access` notes it of whom it lets in
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


def test_weights_do_not_finish_a_screening(org, alice, survey):
    """It is done when its choice is applied, and no step once it is closed and weighed past."""
    survey.scorecard.kpis.update(status=KPI.Status.ADOPTED)
    set_equal_weights(scorecard=survey.scorecard, by=alice)
    assert (steps(org)[1].title, steps(org)[1].state) == (SCREENING, "current")

    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.CLOSED)
    assert SCREENING not in {step.title for step in steps(org)}


def test_vision_without_a_mission_is_half_written(org):
    factories.scorecard(org)
    strategy = factories.strategy(org)
    assert steps(org)[0].state == "current"

    strategy.missions.create(order=1, text="Melayani")
    assert steps(org)[0].state == "done"


def test_weights_of_nothing_are_no_step_done(org, alice):
    kpi = factories.kpi(factories.objective(factories.perspective(factories.scorecard(org))))
    set_equal_weights(scorecard=kpi.scorecard, by=alice)
    assert steps(org)[2].state == "done"

    kpi.delete()
    assert steps(org)[2].state != "done"


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
