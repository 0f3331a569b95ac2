"""What an organization's home says of its scorecards."""

from datetime import UTC, date, datetime

import pytest

from scorecards.models import Scorecard
from scorecards.services.periods import close_period
from surveys.selectors.home import organization_home
from tests import factories

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def test_the_newest_month_stands_beside_the_newest_index(alice, org):
    scorecard = factories.scorecard(org, frequency="monthly")
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    factories.target(kpi)
    for month, value in ((5, 65), (4, 50), (6, 90)):
        period = factories.period(scorecard, start=date(2026, month, 1), end=date(2026, month, 28))
        factories.measurement(kpi, period, value, note="Baik")
        close_period(period=period, by=alice, now=NOW)
    for month in (8, 7):
        factories.period(scorecard, start=date(2026, month, 1), end=date(2026, month, 28))
    [progress] = organization_home(org).scorecards
    assert (progress.period.start, progress.reported.start) == (date(2026, 8, 1), date(2026, 6, 1))
    assert (progress.headline.index, progress.index_text) == (9.0, "9,00")


def test_the_picture_has_the_scale_that_the_report_was_closed_with(alice, org, client_for):
    """Not the one that the scorecard was given since."""
    scorecard = factories.scorecard(org, frequency="monthly")
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    factories.target(kpi)
    period = factories.period(scorecard, start=date(2026, 5, 1), end=date(2026, 5, 31))
    factories.measurement(kpi, period, 65)
    close_period(period=period, by=alice, now=NOW)
    before = _headline(client_for(alice).get(f"/o/{org.slug}/").text)
    assert "Kuning" in before
    Scorecard.objects.update(scoring=Scorecard.Scoring.LIKERT, red_limit=2, green_limit=4)
    assert _headline(client_for(alice).get(f"/o/{org.slug}/").text) == before


@pytest.mark.parametrize(("person", "may_edit"), [("edi", True), ("bob", False), ("rita", False)])
def test_who_may_not_edit_is_offered_no_task(org, client_for, request, person, may_edit):
    """Also before anything is measured, where every task is still to do."""
    scorecard = factories.scorecard(org, frequency="monthly")
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)))
    factories.target(kpi)
    factories.period(scorecard, start=date(2026, 5, 1), end=date(2026, 5, 31))
    html = client_for(request.getfixturevalue(person)).get(f"/o/{org.slug}/").text
    for task in ("/surveys/new/", "/2026-05-01/entry/", "/2026-05-01/close/"):
        assert (task in html) is may_edit, task
    assert "/2026-05-01/report/" in html


@pytest.mark.parametrize("person", ["bob", "rita"])
def test_who_may_not_edit_is_told_nothing_to_do(org, client_for, request, person):
    scorecard = factories.scorecard(org, frequency="monthly")
    factories.kpi(factories.objective(factories.perspective(scorecard)))
    client = client_for(request.getfixturevalue(person))
    pages = ("", f"scorecards/{scorecard.pk}/periods/", f"scorecards/{scorecard.pk}/map/")
    told = ("Buka periode dulu", "Isi nilai satu periode", "Tentukan sasaran mana")
    for page in pages:
        html = client.get(f"/o/{org.slug}/{page}").text
        assert [words for words in told if words in html] == [], page


def _headline(html: str) -> str:
    start = html.index("home__headline")
    return html[start : html.index("home__links", start)]
