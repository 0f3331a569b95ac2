"""Deleting parts of a design: it asks first, says what would be lost, and loses nothing else."""

import pytest

from scorecards.models import KPI, Measurement, Objective, Perspective, Scorecard
from scorecards.selectors.losses import losses_of
from surveys.models import Survey
from tests import factories
from tests.scorecards.pages import page


@pytest.fixture
def kpi(org) -> KPI:
    """With a target and a measured value."""
    objective = factories.objective(factories.perspective(factories.scorecard(org)))
    kpi = factories.kpi(objective)
    factories.target(kpi)
    factories.measurement(kpi, factories.period(kpi.scorecard))
    return kpi


@pytest.fixture
def scorecard(kpi) -> Scorecard:
    return kpi.scorecard


def parts(kpi: KPI) -> dict[str, tuple[str, KPI | Objective | Perspective | Scorecard]]:
    scorecard, objective = kpi.scorecard, kpi.objective
    return {
        "kpi": (page("kpi-delete", scorecard, kpi.pk), kpi),
        "objective": (page("objective-delete", scorecard, objective.pk), objective),
        "perspective": (
            page("perspective-delete", scorecard, objective.perspective.pk),
            objective.perspective,
        ),
        "scorecard": (page("scorecard-delete", scorecard), scorecard),
    }


@pytest.mark.parametrize("what", ["kpi", "objective", "perspective", "scorecard"])
def test_measured_data_goes_only_with_a_tick(kpi, alice, client_for, what) -> None:
    url, part = parts(kpi)[what]
    client = client_for(alice)

    refused = client.post(url, {"version": part.version})

    assert refused.status_code == 422
    assert refused.context["form"].has_error("sure", "required")
    assert Measurement.objects.exists()

    assert client.post(url, {"version": part.version, "sure": "on"}).status_code == 302
    assert not type(part).objects.filter(pk=part.pk).exists()
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("what", ["kpi", "objective", "perspective", "scorecard"])
def test_looking_deletes_nothing(kpi, alice, client_for, what) -> None:
    url, part = parts(kpi)[what]

    response = client_for(alice).get(url)

    assert response.status_code == 200
    assert response.context["losses"].carries_data
    assert type(part).objects.filter(pk=part.pk).exists()


def test_each_row_is_counted_once(kpi) -> None:
    lines = losses_of(kpi.scorecard).lines

    assert len(lines) == 6  # perspective, objective, KPI, target, period, measurement
    assert all(line.startswith("1 ") for line in lines)


def test_data_of_other_apps_counts(kpi) -> None:
    survey = Survey.objects.create(scorecard=kpi.scorecard, name="Pakar", consent_text="Setuju")
    matrix = survey.matrices.create(title="K", order=1)
    Measurement.objects.all().delete()
    assert not losses_of(kpi).carries_data

    matrix.criteria.create(kpi=kpi, code=kpi.code, label=kpi.name, order=1)

    assert losses_of(kpi).carries_data
    assert losses_of(kpi.scorecard).carries_data


def test_what_carries_no_data_needs_no_tick(kpi, edi, client_for) -> None:
    empty = factories.objective(kpi.objective.perspective)

    client_for(edi).post(page("objective-delete", kpi.scorecard, empty.pk), {"version": 1})

    assert not Objective.objects.filter(pk=empty.pk).exists()


def test_kpi_can_be_dropped_instead(kpi, edi, client_for) -> None:
    content = client_for(edi).get(page("kpi-delete", kpi.scorecard, kpi.pk)).content.decode()

    assert f"{page('kpi-status', kpi.scorecard, kpi.pk)}?status=dropped" in content


def test_only_admins_delete_a_scorecard(scorecard, edi, client_for) -> None:
    response = client_for(edi).post(
        page("scorecard-delete", scorecard), {"version": 1, "sure": "on"}
    )

    assert response.status_code == 403
    assert Scorecard.objects.filter(pk=scorecard.pk).exists()


def test_somebody_changed_it_meanwhile(kpi, edi, client_for) -> None:
    KPI.objects.filter(pk=kpi.pk).update(version=2)

    response = client_for(edi).post(
        page("kpi-delete", kpi.scorecard, kpi.pk), {"version": 1, "sure": "on"}
    )

    assert response.status_code == 409
    assert Measurement.objects.exists()


def test_history_keeps_who_deleted_a_value(kpi, edi, client_for) -> None:
    client_for(edi).post(page("kpi-delete", kpi.scorecard, kpi.pk), {"version": 1, "sure": "on"})

    last = Measurement.history.latest()
    assert (last.history_type, last.history_user) == ("-", edi)
