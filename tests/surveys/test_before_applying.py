"""What the page says before a screening is applied, and what is kept of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Survey
from surveys.selectors.screening_changes import screening_changes
from surveys.selectors.screening_results import screening_results
from surveys.services.questionnaires import close_survey, create_survey
from surveys.services.screening_outcome import ScreeningChanged, apply_screening
from tests import factories
from tests.surveys import builders
from tests.surveys.screenings import CANDIDATE, apply, send


@pytest.fixture
def survey(org) -> Survey:
    """Three candidates of one perspective, kept from a mean of 4."""
    return builders.screening(org, sizes=(3,), cut_by="mean", cut_off=4)


def notes(survey, kind):
    return [note for note in screening_changes(survey).notes if note["kind"] == kind]


def page(client, org, survey):
    answer = client.get(reverse("surveys:screening-apply", args=[org.slug, survey.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_has_not_sent_is_said_while_it_is_open_and_after(client_for, edi, org, survey):
    send(survey, [5, 5, 2])
    builders.invitation(survey, "P2", name="Bu Ratna")
    builders.invitation(survey, "P3", name="Pak Joko", declined_at=timezone.now())
    client = client_for(edi)
    said = page(client, org, survey)
    assert "1 dari 2 sudah mengirim, yang belum: P2 Bu Ratna." in said
    assert "Tetap terapkan</button>" in said
    survey = close_survey(survey=survey, by=edi)
    assert "1 dari 2 pakar sudah mengirim, yang tidak: P2 Bu Ratna." in page(client, org, survey)
    Survey.objects.update(anonymous=True)
    assert "Bu Ratna" not in page(client, org, survey)


def test_who_declined_is_not_expected_any_more(survey):
    builders.invitation(survey, "P1", declined_at=timezone.now())
    assert screening_results(survey).expected == 0


def test_nothing_is_said_of_a_closed_screening_that_everybody_answered(
    client_for, edi, org, survey
):
    send(survey, [5, 5, 2])
    survey = close_survey(survey=survey, by=edi)
    assert screening_changes(survey).notes == []
    assert "Tetap terapkan" not in page(client_for(edi), org, survey)


def test_candidates_that_some_left_unrated_are_said(survey):
    send(survey, [5, 5, 2])
    send(survey, [5, None, 2])
    second = survey.candidates.all()[1]
    assert notes(survey, "partly") == [
        {"kind": "partly", "sent": 2, "candidates": [{"code": second.code, "raters": 1}]}
    ]


def test_candidates_that_nobody_was_asked_about_are_said(survey):
    send(survey, [5, 5, 2])
    late = factories.kpi(survey.scorecard.objectives.first(), status=CANDIDATE)
    assert notes(survey, "unasked") == [{"kind": "unasked", "codes": [late.code]}]


def test_a_perspective_that_is_left_empty_or_too_large_is_said(org, survey):
    send(survey, [2, 2, 2])
    assert notes(survey, "empty") == [{"kind": "empty", "name": "Perspektif 1"}]
    objective = survey.scorecard.objectives.first()
    for number in range(10):
        factories.kpi(objective, status="adopted", order=10 + number)
    assert notes(survey, "empty") == []
    other = builders.screening(org, sizes=(3,), cut_by="mean", cut_off=4)
    send(other, [5, 5, 5])
    for number in range(8):
        factories.kpi(other.scorecard.objectives.first(), status="adopted", order=10 + number)
    assert notes(other, "many") == [{"kind": "many", "name": "Perspektif 1", "kpis": 11}]


def test_so_few_raters_that_any_v_may_be_chance_are_said(org):
    survey = builders.screening(org, sizes=(3,))
    send(survey, [5, 5, 2])
    assert notes(survey, "chance") == [{"kind": "chance", "experts": 1}]
    for _expert in range(4):
        send(survey, [5, 5, 2])
    assert notes(survey, "chance") == []


def test_what_was_said_is_kept_with_what_was_applied(client_for, edi, org, survey):
    send(survey, [5, 5, 2])
    builders.invitation(survey, "P2", name="Bu Ratna")
    outcome = apply(survey, edi)
    assert outcome.figures["said"][0]["waiting"] == ["P2"]
    url = reverse("surveys:screening-outcome", args=[org.slug, survey.pk, outcome.pk])
    shown = client_for(edi).get(url).content.decode()
    assert "1 dari 2 sudah mengirim, yang belum: P2." in shown
    outcome.figures.pop("said")
    outcome.save()
    assert client_for(edi).get(url).status_code == 200


def test_another_expert_meanwhile_asks_again(edi, survey):
    send(survey, [5, 5, 2])
    seen = screening_changes(survey).seen
    builders.invitation(survey, "P2")
    with pytest.raises(ScreeningChanged):
        apply_screening(survey=survey, by=edi, now=timezone.now(), seen=seen)


def test_a_comparison_that_waits_is_one_press_from_what_was_applied(client_for, edi, org, survey):
    draft = create_survey(scorecard=survey.scorecard, name="Pembobotan", consent_text="S", by=edi)
    send(survey, [5, 5, 2])
    outcome = apply(survey, edi)
    url = reverse("surveys:screening-outcome", args=[org.slug, survey.pk, outcome.pk])
    shown = client_for(edi).get(url).content.decode()
    assert "Lanjutkan “Pembobotan”" in shown
    assert reverse("surveys:survey", args=[org.slug, draft.pk]) in shown
