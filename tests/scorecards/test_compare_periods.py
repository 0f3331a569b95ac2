"""A report beside the period before: over the KPIs that both have, saying what differs."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from re import DOTALL, findall, sub

import pytest
from django.test import Client

from scorecards.models import KPI, Closing, Measurement, Period, Scorecard, Target, WeightSet
from scorecards.selectors.report import DifferenceKind, build_report, with_comparison
from scorecards.selectors.report import period_report as read_report
from scorecards.services.periods import close_period, reopen_period
from tests import factories
from tests.scorecards.pages import in_english, page

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MAY = {"start": date(2026, 5, 1), "end": date(2026, 5, 31)}
JUNE = {"start": date(2026, 6, 1), "end": date(2026, 6, 30)}


@pytest.fixture
def scorecard(org) -> Scorecard:
    """The worked example of docs/methods.md: C with C-1 and the quarterly C-2, P with two."""
    scorecard = factories.scorecard(org, frequency="monthly")
    for code in ("C", "P"):
        objective = factories.objective(factories.perspective(scorecard, code=code))
        for number in (1, 2):
            frequency = "quarterly" if (code, number) == ("C", 2) else ""
            kpi = factories.kpi(objective, code=f"{code}-{number}", frequency=frequency)
            # So that the value is the level.
            factories.target(kpi, 0, 3, 10)
    weigh(scorecard, {"C-1": 0.6, "C-2": 0.4, "P-1": 0.5, "P-2": 0.5})
    return scorecard


def weigh(scorecard: Scorecard, weights: dict[str, float]) -> None:
    weight_set = WeightSet.objects.create(scorecard=scorecard, origin="manual")
    for kpi in scorecard.kpis.all():
        if kpi.code in weights:
            weight_set.weights.create(kpi=kpi, value=weights[kpi.code])


def measure(scorecard: Scorecard, days: dict, **values: float) -> Period:
    period = factories.period(scorecard, **days)
    kpis = {kpi.code.replace("-", ""): kpi for kpi in scorecard.kpis.all()}
    for code, value in values.items():
        factories.measurement(kpis[code], period, Decimal(str(value)), note="Baik")
    return period


@pytest.fixture
def may(scorecard) -> Period:
    return measure(scorecard, MAY, C1=5, P1=2, P2=4)


@pytest.fixture
def june(scorecard, may) -> Period:
    return measure(scorecard, JUNE, C1=6, C2=10, P2=4)


def kinds(report) -> dict[DifferenceKind, tuple[str, ...]]:
    return {each.kind: each.names for each in report.comparison.differences}


def text_of(client: Client, period: Period) -> str:
    html = client.get(page("report", period.scorecard, period.start)).text
    return " ".join(unescape(sub(r"<[^>]*>", " ", html)).split())


# -- Which KPIs


def test_the_worked_example(june):
    report = build_report(june)
    assert (report.previous.index, report.index) == (pytest.approx(4), pytest.approx(5.8))
    assert report.change == pytest.approx(0.5)
    assert report.against_previous == pytest.approx(0.5 / 4.5)
    found = report.comparison
    assert (found.common, found.scored_before, found.scored_now) == (2, 3, 3)
    assert [(each.kind, each.names, each.state) for each in found.differences] == [
        (DifferenceKind.ONLY_NOW, ("C-2",), "not-due"),
        (DifferenceKind.ONLY_BEFORE, ("P-1",), "not-entered"),
    ]


@pytest.mark.parametrize("closed", [(), ("may",), ("may", "june")], ids=["open", "one", "both"])
def test_the_page_never_shows_the_bare_difference(closed, may, june, alice, client_for):
    for name, period in (("may", may), ("june", june)):
        if name in closed:
            close_period(period=period, by=alice, now=NOW)
    june.refresh_from_db()
    text = text_of(in_english(client_for(alice)), june)
    assert "+0.50 since May 2026, over the 2 KPIs that both have" in text
    assert "+1.80 since" not in text
    assert "+45" not in text
    assert "Only in June 2026: C-2 (May 2026: not due)." in text
    assert "Only in May 2026: P-1 (June 2026: not entered)." in text
    assert "5.00 \u2212 4.50 = +0.50" in text
    assert "May 2026 4.00 from 3 KPIs" in text
    assert "June 2026 5.80 from 3 KPIs" in text
    assert "Against May 2026, over the KPIs that both have" in text


def test_in_indonesian(june, alice, client_for):
    text = text_of(client_for(alice), june)
    assert "+0,50 sejak Mei 2026, dari 2 KPI yang ada pada keduanya" in text
    assert "Hanya pada Juni 2026: C-2 (Mei 2026: tidak diukur)." in text
    assert "Hanya pada Mei 2026: P-1 (Juni 2026: belum diisi)." in text


def test_the_same_kpis_are_compared_as_they_are(scorecard, may, alice, client_for):
    june = measure(scorecard, JUNE, C1=6, P1=5, P2=4)
    KPI.objects.filter(code="C-2").update(frequency="yearly")  # due in neither
    report = build_report(june)
    assert report.comparison.is_same
    assert report.change == report.index - report.previous.index == pytest.approx(1.25)
    assert report.against_previous == pytest.approx(1.25 / 4)
    text = text_of(in_english(client_for(alice)), june)
    assert "+1.25 since May 2026 " in text
    assert "that both have" not in text
    assert "What differs" not in text


def test_the_first_period_is_beside_nothing(may, alice, client_for):
    report = build_report(may)
    assert (report.previous, report.comparison, report.change) == (None, None, None)
    text = text_of(in_english(client_for(alice)), may)
    assert "since" not in text
    assert "Not comparable" not in text


def test_nothing_in_common(scorecard, may, alice, client_for):
    june = measure(scorecard, JUNE, C2=10)
    report = build_report(june)
    assert (report.change, report.against_previous, report.comparison.common) == (None, None, 0)
    text = text_of(in_english(client_for(alice)), june)
    assert "Not comparable with May 2026: no KPI has a level in both" in text
    assert "+6.00" not in text


def test_a_kpi_that_came_or_was_dropped_since(scorecard, may, june, alice):
    close_period(period=may, by=alice, now=NOW)
    KPI.objects.filter(code="P-1").update(status=KPI.Status.DROPPED)
    new = factories.kpi(scorecard.kpis.get(code="P-2").objective, code="P-3")
    factories.target(new, 0, 3, 10)
    factories.measurement(new, june, 9)
    found = {
        (each.kind, each.names): each.state for each in build_report(june).comparison.differences
    }
    assert found[DifferenceKind.ONLY_NOW, ("P-3",)] == ""
    assert found[DifferenceKind.ONLY_BEFORE, ("P-1",)] == ""


def test_a_period_before_without_any_level(scorecard, alice, client_for):
    factories.period(scorecard, **MAY)
    june = measure(scorecard, JUNE, C1=6)
    assert build_report(june).change is None
    assert "May 2026" not in text_of(in_english(client_for(alice)), june)


# -- Weights, targets, formulas, limits and methods


@pytest.fixture
def both(scorecard, may, alice) -> Period:
    """June with the KPIs of May, which is closed."""
    close_period(period=may, by=alice, now=NOW)
    KPI.objects.filter(code="C-2").update(frequency="yearly")
    return measure(scorecard, JUNE, C1=6, P1=5, P2=4)


def test_other_weights_are_those_of_the_later_period(scorecard, both):
    weigh(scorecard, {"C-1": 0.6, "C-2": 0.4, "P-1": 0.9, "P-2": 0.1})
    report = build_report(both)
    assert kinds(report) == {DifferenceKind.KPI_WEIGHTS: ("P-1", "P-2")}
    assert report.comparison.before == pytest.approx((5 + 0.9 * 2 + 0.1 * 4) / 2)
    assert report.change == pytest.approx((1 + 0.9 * 3) / 2)


def test_another_source_of_the_same_weights(scorecard, both):
    WeightSet.objects.create(scorecard=scorecard, origin="questionnaire")
    assert DifferenceKind.WEIGHT_METHOD in kinds(build_report(both))


def test_weights_of_perspectives(scorecard, both):
    weigh(scorecard, {"C-1": 0.6, "C-2": 0.4, "P-1": 0.5, "P-2": 0.5})
    newest = scorecard.weight_sets.first()
    for perspective, value in zip(scorecard.perspectives.all(), (0.8, 0.2), strict=True):
        newest.weights.create(perspective=perspective, value=value)
    report = build_report(both)
    assert kinds(report) == {DifferenceKind.PERSPECTIVE_WEIGHTS: ("C", "P")}
    assert report.change == pytest.approx(0.8 * 1 + 0.2 * 1.5)


def test_other_targets(scorecard, both):
    kpi = scorecard.kpis.get(code="P-1")
    factories.target(kpi, 0, 4, 10, valid_from=date(2026, 6, 1))
    assert kinds(build_report(both)) == {DifferenceKind.TARGETS: ("P-1",)}


def test_another_formula(scorecard, both):
    Measurement.objects.filter(period=both, kpi__code="P-1").update(formula="ratio")
    assert kinds(build_report(both)) == {DifferenceKind.FORMULAS: ("P-1",)}


def test_other_limits(scorecard, both, alice, client_for):
    Scorecard.objects.update(green_limit=Decimal("7"))
    both.scorecard.refresh_from_db()
    report = build_report(both)
    assert kinds(report) == {DifferenceKind.LIMITS: ()}
    assert report.change == pytest.approx(1.25)
    assert "over the 3 KPIs" in text_of(in_english(client_for(alice)), both)


def test_levels_read_in_another_way(scorecard, both):
    Scorecard.objects.update(level_mode=Scorecard.LevelMode.FLOOR)
    both.scorecard.refresh_from_db()
    assert kinds(build_report(both)) == {DifferenceKind.LEVEL_MODE: ()}


def test_another_scale_has_no_number(scorecard, both, alice, client_for):
    Scorecard.objects.update(scoring=Scorecard.Scoring.LIKERT, red_limit=2, green_limit=4)
    for kpi in scorecard.kpis.all():
        Target.objects.create(kpi=kpi, kind=Target.Kind.MEAN, valid_from=date(2026, 6, 1))
    both.scorecard.refresh_from_db()
    report = build_report(both)
    assert report.index is not None
    assert (report.change, report.against_previous) == (None, None)
    assert DifferenceKind.SCORING in kinds(report)
    text = text_of(in_english(client_for(alice)), both)
    assert "Not comparable with May 2026: what both have is scored on another scale" in text


def test_scores_from_1_to_5(org, alice):
    scorecard = factories.scorecard(org, frequency="monthly", scoring=Scorecard.Scoring.LIKERT)
    Scorecard.objects.filter(pk=scorecard.pk).update(red_limit=2, green_limit=4)
    objective = factories.objective(factories.perspective(scorecard))
    for code in ("A-1", "A-2"):
        kpi = factories.kpi(objective, code=code)
        Target.objects.create(kpi=kpi, kind=Target.Kind.MEAN, valid_from=date(2026, 1, 1))
    scorecard.refresh_from_db()
    measure(scorecard, MAY, A1=2)
    report = build_report(measure(scorecard, JUNE, A1=3, A2=5))
    assert (report.index, report.change) == (4, 1)
    assert kinds(report) == {DifferenceKind.ONLY_NOW: ("A-2",)}


# -- Reports that stand


def test_a_closed_report_keeps_what_it_was_compared_with(may, june, alice, client_for):
    for period in (may, june):
        close_period(period=period, by=alice, now=NOW)
    june.refresh_from_db()
    before = read_report(june)
    reopened = reopen_period(period=may, reason="Salah ketik", by=alice, now=NOW)
    Measurement.objects.filter(period=may, kpi__code="C-1").update(value=9)
    text = text_of(in_english(client_for(alice)), june)
    assert "May 2026 was changed after this report was closed" in text
    assert "+0.50 since May 2026" in text
    close_period(period=reopened, by=alice, now=NOW)
    assert "May 2026 was changed after" in text_of(in_english(client_for(alice)), june)
    assert read_report(june) == before
    again = reopen_period(period=june, reason="Mei berubah", by=alice, now=NOW)
    close_period(period=again, by=alice, now=NOW)
    text = text_of(in_english(client_for(alice)), june)
    assert "was changed after" not in text
    assert "\u22121.50 since May 2026" in text


def without_comparison(period: Period) -> None:
    """As it was frozen before comparisons were kept."""
    closing = Closing.objects.get(period=period, reopened_at=None)
    del closing.report["report"]["comparison"]
    closing.save()


def test_a_report_of_before_is_compared_when_it_is_read(may, june, alice, client_for):
    for period in (may, june):
        close_period(period=period, by=alice, now=NOW)
    june.refresh_from_db()
    kept = read_report(june)
    without_comparison(june)
    assert read_report(june).comparison is None
    assert with_comparison(june, read_report(june)) == (kept, "")
    text = text_of(in_english(client_for(alice)), june)
    assert "+0.50 since May 2026, over the 2 KPIs that both have" in text


def test_an_earlier_period_that_is_open_is_not_called_changed(may, june, alice, client_for):
    close_period(period=june, by=alice, now=NOW)
    june.refresh_from_db()
    text = text_of(in_english(client_for(alice)), june)
    assert "May 2026 is not closed yet and may still change" in text
    assert "was changed after" not in text
    without_comparison(june)
    text = text_of(in_english(client_for(alice)), june)
    assert "Not comparable with May 2026: it is not closed yet" in text


def test_a_report_of_before_beside_one_that_changed_is_not(may, june, alice, client_for):
    for period in (may, june):
        close_period(period=period, by=alice, now=NOW)
    june.refresh_from_db()
    without_comparison(june)
    again = reopen_period(period=may, reason="Salah ketik", by=alice, now=NOW)
    Measurement.objects.filter(period=may, kpi__code="C-1").update(value=9)
    close_period(period=again, by=alice, now=NOW)
    text = text_of(in_english(client_for(alice)), june)
    assert "Not comparable with May 2026: its report changed after this one was closed" in text
    assert "+1.80 since" not in text
    assert "+45" not in text
    assert "Against May 2026" not in text


def test_json_says_it(june, alice, client_for):
    found = client_for(alice).get(page("report-json", june.scorecard, june.start)).json()["report"]
    assert found["change"] == pytest.approx(0.5)
    assert found["comparison"]["before"] == pytest.approx(4.5)
    assert [each["names"] for each in found["comparison"]["differences"]] == [["C-2"], ["P-1"]]
    assert json.dumps(found)


def test_methods_page_has_the_worked_example(client):
    text = " ".join(sub(r"<[^>]*>", " ", in_english(client).get("/methods/").text).split())
    section = findall(r"Example: in June C-2 joined.*?Formula", text, flags=DOTALL)[0]
    assert "4.00" in section
    assert "5.80" in section
    assert "5.00 \u2212 4.50 = +0.50" in section
