"""Several people press a button at the same moment: nothing is lost, and nothing is an error."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.services.people import remove_member
from scorecards.models import (
    KPI,
    CauseLink,
    Closing,
    Measurement,
    Period,
    Scorecard,
    UnsavedEntry,
)
from scorecards.selectors.report import period_report
from scorecards.selectors.weights import current_weights
from tests import factories
from tests.crowd import at_once
from tests.scorecards.pages import page

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 8


@pytest.fixture
def kpis(org) -> list[KPI]:
    """As many as people press at once, each under an objective of its own."""
    perspective = factories.perspective(factories.scorecard(org))
    kpis = [factories.kpi(factories.objective(perspective)) for _ in range(CROWD)]
    for kpi in kpis:
        factories.target(kpi)
    return kpis


@pytest.fixture
def scorecard(kpis) -> Scorecard:
    return kpis[0].scorecard


@pytest.fixture
def period(scorecard) -> Period:
    return factories.period(scorecard)


@pytest.fixture
def post(client_for, edi, tmp_path) -> Callable[..., Counter[int]]:
    """Sends forms, each from a browser of its own, together; how often each status came."""

    def send(*forms: tuple[str, dict[str, object]]) -> Counter[int]:
        acts = [partial(client_for(edi).post, url, data) for url, data in forms]
        return Counter(answer.status_code for answer in at_once(tmp_path, acts))

    return send


def of_period(name: str, period: Period) -> str:
    scorecard = period.scorecard
    args = [scorecard.organization.slug, scorecard.pk, period.start]
    return reverse(f"scorecards:{name}", args=args)


def boxes(kpi: KPI, value: object) -> dict[str, object]:
    prefix = f"kpi-{kpi.pk}"
    return {f"{prefix}-value": value, f"{prefix}-note": "Sebabnya", f"{prefix}-version": 0}


def test_links_that_would_close_a_circle_together(scorecard, kpis, post) -> None:
    ring = [kpi.objective_id for kpi in kpis]
    links = zip(ring, [*ring[1:], ring[0]], strict=True)
    url = page("cause-link-create", scorecard)

    answers = post(*[(url, {"cause": cause, "effect": effect}) for cause, effect in links])

    assert answers == {302: CROWD - 1, 422: 1}
    assert CauseLink.objects.count() == CROWD - 1


def test_values_saved_while_the_period_is_closed(kpis, period, post) -> None:
    """R10: a value is in the frozen report, or its sender was told that it isn't stored."""
    factories.measurement(kpis[0], period, 50)
    entry, close = of_period("entry", period), of_period("period-close", period)
    typed = [(entry, boxes(kpi, 60)) for kpi in kpis[1:]]

    answers = post(*typed[:3], (close, {}), *typed[3:])

    period.refresh_from_db()
    stored = {each.kpi_id: each.value for each in Measurement.objects.all()}
    frozen = {row.kpi_id: row.measured for row in period_report(period).rows if not row.missing}
    assert not period.is_open
    assert frozen == stored
    # The first value was there before; the closing itself answers 302 too.
    assert (answers[302], answers[409]) == (len(stored), CROWD - len(stored))


def test_period_is_opened_once(scorecard, post) -> None:
    url = page("period-create", scorecard)

    answers = post(*[(url, {"start": "2026-07-01"})] * CROWD)

    assert answers == {302: 1, 422: CROWD - 1}
    assert Period.objects.count() == 1


def test_period_is_closed_once(kpis, period, post) -> None:
    factories.measurement(kpis[0], period, 50)

    answers = post(*[(of_period("period-close", period), {})] * CROWD)

    assert answers == {302: CROWD}
    assert Closing.objects.count() == 1


def test_one_of_many_editors_of_a_value_is_first(kpis, period, post) -> None:
    url = of_period("entry", period)

    answers = post(*[(url, boxes(kpis[0], 40 + number)) for number in range(CROWD)])

    [stored] = Measurement.objects.all()
    assert answers == {302: 1, 409: CROWD - 1}
    assert (stored.version, stored.history.count()) == (1, 1)


def test_one_of_many_decisions_on_weights_is_first(scorecard, post) -> None:
    url = page("weights-equal", scorecard)

    answers = post(*[(url, {"based_on": 0})] * CROWD)

    assert answers == {302: 1, 409: CROWD - 1}
    assert list(scorecard.weight_sets.all()) == [current_weights(scorecard)]


def test_codes_that_are_proposed_together_differ(scorecard, post) -> None:
    url = page("perspective-create", scorecard)

    answers = post(*[(url, {"name": "Keuangan", "code": ""})] * CROWD)

    assert answers == {302: CROWD}
    assert len({each.code.casefold() for each in scorecard.perspectives.all()}) == CROWD + 1


def test_value_saved_while_its_kpi_is_deleted(kpis, period, post, scorecard) -> None:
    url, data = of_period("entry", period), boxes(kpis[0], 60)
    delete = (page("kpi-delete", scorecard, kpis[0].pk), {"version": 1, "sure": "on"})

    answers = post((url, data), delete, (url, data), delete)

    assert set(answers) <= {302, 404, 409}
    assert not KPI.objects.filter(pk=kpis[0].pk).exists()
    assert not Measurement.objects.exists()


def test_text_that_is_refused_many_times_at_once_is_kept_once(kpis, period, post) -> None:
    url, data = of_period("entry", period), boxes(kpis[0], "dua belas")

    assert post(*[(url, data)] * CROWD) == {422: CROWD}

    assert UnsavedEntry.objects.get().value == "dua belas"


def test_text_that_is_refused_while_its_kpi_is_deleted(kpis, period, post, scorecard) -> None:
    url, data = of_period("entry", period), boxes(kpis[0], "dua belas")
    delete = (page("kpi-delete", scorecard, kpis[0].pk), {"version": 1, "sure": "on"})

    answers = post((url, data), delete, (url, data), delete, (url, data))

    assert set(answers) <= {302, 404, 409, 422}
    assert not KPI.objects.filter(pk=kpis[0].pk).exists()
    assert not UnsavedEntry.objects.exists()


def test_text_that_is_refused_while_its_writer_is_removed(
    kpis, period, client_for, tmp_path, edi, alice
) -> None:
    url, data = of_period("entry", period), boxes(kpis[0], "dua belas")
    membership = edi.memberships.get()

    writing = partial(client_for(edi).post, url, data)
    removing = partial(
        remove_member, membership=membership, seen=membership.version, by=alice, now=timezone.now()
    )

    answers = at_once(tmp_path, [writing, removing, writing])

    assert {answer.status_code for answer in (answers[0], answers[2])} <= {404, 422}
    assert not UnsavedEntry.objects.exists()


def test_values_sent_while_their_period_is_deleted(kpis, period, post) -> None:
    entry, delete = of_period("entry", period), of_period("period-delete", period)
    typed = [
        (entry, boxes(kpi, text)) for kpi, text in zip(kpis, ["dua belas", 60] * 2, strict=False)
    ]

    answers = post(*typed[:2], (delete, {"version": 1}), *typed[2:], (delete, {"version": 1}))

    assert set(answers) <= {302, 404, 409, 422}
    if not Period.objects.exists():
        assert not Measurement.objects.exists()
        assert not UnsavedEntry.objects.exists()


def test_period_is_deleted_once_and_by_nobody_closed(kpis, period, post) -> None:
    delete, close = of_period("period-delete", period), of_period("period-close", period)

    answers = post(*[(delete, {"version": 1})] * (CROWD - 1), (close, {}))

    assert set(answers) <= {302, 404, 409, 422}
    assert answers[302] == 1
    assert not Period.objects.exists()


def test_period_is_reopened_once(kpis, period, client_for, alice, tmp_path) -> None:
    factories.measurement(kpis[0], period, 50)
    client_for(alice).post(of_period("period-close", period), {})
    url, reason = of_period("period-reopen", period), {"reason": "Angka Juli keliru"}

    acts = [partial(client_for(alice).post, url, reason) for _ in range(CROWD)]
    answers = Counter(answer.status_code for answer in at_once(tmp_path, acts))

    assert answers == {302: CROWD}
    assert Closing.objects.filter(reopened_at__isnull=False).count() == 1
    period.refresh_from_db()
    assert period.is_open
