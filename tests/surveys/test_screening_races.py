"""A screening's buttons pressed twenty times at the same moment, and ratings that cross."""

from functools import partial
from uuid import uuid4

import pytest
from django.urls import reverse

from surveys.models import CandidateProposal, Rating, Survey
from surveys.selectors.rating_sheet import current_ratings
from surveys.services.questionnaires import close_survey
from surveys.services.refusals import AlreadySubmitted, SurveyNotOpen
from surveys.services.screening import create_screening
from tests.crowd import at_once
from tests.surveys import builders
from tests.surveys.designs import scorecard_with_kpis
from tests.surveys.test_races import CROWD, crowd

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def response(org):
    return builders.response(builders.invitation(builders.screening(org)))


def pressed(folder, response, name, form):
    url = reverse(f"surveys:{name}", args=[response.submission_id])
    browsers = [builders.expert(response.invitation) for _ in range(CROWD)]
    return crowd(folder, browsers, url, form)


def test_opening(tmp_path, client_for, alice, org):
    scorecard = scorecard_with_kpis(org)
    draft = create_screening(
        scorecard=scorecard,
        name="Saring",
        consent_text="Setuju?",
        kpis=scorecard.kpis.all(),
        by=alice,
    )
    url = reverse("surveys:survey-open", args=[org.slug, draft.pk])
    browsers = [client_for(alice) for _ in range(CROWD)]
    assert crowd(tmp_path, browsers, url, None) == {302: CROWD}
    assert Survey.objects.get().version == 2
    assert draft.candidates.count() == 6


def test_proposing(tmp_path, response):
    perspective = response.invitation.survey.scorecard.perspectives.first()
    form = {"key": str(uuid4()), "perspective": str(perspective.pk), "name": "Pelanggan baru"}
    assert pressed(tmp_path, response, "rating-propose", form) == {302: CROWD}
    assert CandidateProposal.objects.count() == 1


def test_sending(tmp_path, response):
    builders.rate_all(response)
    assert pressed(tmp_path, response, "answer-check", None) == {302: CROWD}
    response.refresh_from_db()
    assert response.submitted_at is not None


def test_ratings_that_cross_leave_the_newest_in_force(tmp_path, response):
    candidate = response.invitation.survey.candidates.first()

    def save(seq: int) -> int:
        return builders.rate(response, candidate, 1 + seq % 5, seq=seq).seq

    in_force = at_once(tmp_path, [partial(save, seq) for seq in range(1, CROWD + 1)])
    assert max(in_force) == CROWD
    assert all(seen >= sent for sent, seen in enumerate(in_force, start=1))
    [newest] = current_ratings(Rating.objects.all())
    assert (newest.seq, newest.points) == (CROWD, 1 + CROWD % 5)


def test_nothing_is_stored_once_the_screening_is_closed(tmp_path, response, alice):
    survey = response.invitation.survey
    candidate = survey.candidates.first()

    def close() -> int:
        close_survey(survey=survey, by=alice)
        return Rating.objects.count()

    def save(seq: int) -> int:
        try:
            return builders.rate(response, candidate, 3, seq=seq).seq
        except (SurveyNotOpen, AlreadySubmitted):
            return -1

    [at_closing, *_saved] = at_once(
        tmp_path, [close, *(partial(save, seq) for seq in range(1, CROWD + 1))]
    )
    assert Rating.objects.count() == at_closing
