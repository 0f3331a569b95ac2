"""The report's numbers."""

from datetime import date
from decimal import Decimal

import pytest

from organizations.models import Organization
from scorecards.models import KPI, Measurement, Period, Scorecard, Target, Weight, WeightSet
from scorecards.selectors.report import PeriodReport, RemarkKind, period_report
from tests import factories
from tests.scorecards.lasem import LEVELS, lasem


def row_of(report: PeriodReport, kpi: KPI):
    return next(row for row in report.rows if row.kpi_id == kpi.pk)


@pytest.fixture
def scorecard(org: Organization) -> Scorecard:
    """Two perspectives: A with two KPIs, B with one; targets 0, 30, 100 from 2020 on."""
    scorecard = factories.scorecard(org)
    for code, count in (("A", 2), ("B", 1)):
        perspective = factories.perspective(scorecard, code=code, name=f"Perspektif {code}")
        for number in range(1, count + 1):
            kpi = factories.kpi(factories.objective(perspective), code=f"{code}{number}")
            factories.target(kpi)
    return scorecard


@pytest.fixture
def period(scorecard: Scorecard) -> Period:
    return factories.period(scorecard)


@pytest.fixture
def kpis(scorecard: Scorecard) -> dict[str, KPI]:
    return {kpi.code: kpi for kpi in scorecard.kpis.all()}


def weigh(scorecard: Scorecard, **weights: float) -> None:
    weight_set = WeightSet.objects.create(scorecard=scorecard, origin=WeightSet.Origin.MANUAL)
    perspectives = {each.code: each for each in scorecard.perspectives.all()}
    kpis = {each.code: each for each in scorecard.kpis.all()}
    for code, value in weights.items():
        thing = {"perspective": perspectives.get(code), "kpi": kpis.get(code)}
        Weight.objects.create(weight_set=weight_set, value=value, **thing)


def kinds(report: PeriodReport) -> set[RemarkKind]:
    return {remark.kind for remark in report.remarks}


# -- Published numbers


def test_levels_lasem_2017(org):
    """Lasem, table of the OMAX scoring, interpolated exactly from the published anchors."""
    report = period_report(lasem(org).period)
    assert {row.code: round(row.level, 3) for row in report.rows} == LEVELS


def test_index_lasem_2017(org):
    """Perspectives without published weights count equally, and the report says so."""
    report = period_report(lasem(org).period)
    scores = {part.code: round(part.score, 2) for part in report.perspectives}
    assert scores == {"PO": 5.77, "C": 3.63, "P": 5.74, "I": 3.67}
    assert round(report.index, 2) == 4.70
    assert report.light == "amber"
    assert kinds(report) == {RemarkKind.PERSPECTIVES_EQUAL}
    reds = [row.code for row in report.rows if row.light == "red"]
    assert reds == ["C-3", "C-4", "C-5", "I-1", "I-2", "I-7"]
    assert [row.code for row in report.rows if row.on_standard] == ["I-2"]


# -- Missing, zero and not applicable are three things


def test_missing_is_left_out_and_lowers_coverage(period, kpis):
    factories.measurement(kpis["A1"], period, 100)
    factories.measurement(kpis["B1"], period, 30)
    report = period_report(period)
    assert report.index == pytest.approx((10 + 3) / 2)
    assert report.coverage == pytest.approx(0.75)
    assert report.provisional
    assert (report.filled, report.total) == (2, 3)
    assert [row.code for row in report.missing] == ["A2"]
    assert row_of(report, kpis["A2"]).light == "none"


def test_zero_is_a_value(period, kpis):
    factories.measurement(kpis["A1"], period, 100)
    factories.measurement(kpis["A2"], period, 0)
    factories.measurement(kpis["B1"], period, 30)
    report = period_report(period)
    assert report.index == pytest.approx((5 + 3) / 2)
    assert report.coverage == 1
    assert not report.provisional
    assert row_of(report, kpis["A2"]).light == "red"


def test_not_applicable_is_left_out_without_being_provisional(period, kpis):
    factories.measurement(kpis["A1"], period, 100)
    factories.measurement(kpis["A2"], period, None, not_applicable=True, reason="Tidak ada survei")
    factories.measurement(kpis["B1"], period, 30)
    report = period_report(period)
    assert report.index == pytest.approx((10 + 3) / 2)
    assert report.coverage == 1
    assert not report.provisional
    assert report.filled == 3
    row = row_of(report, kpis["A2"])
    assert (row.not_applicable, row.reason, row.missing) == (True, "Tidak ada survei", False)


def test_empty_period_has_no_index(period):
    report = period_report(period)
    assert (report.index, report.light, report.filled) == (None, "none", 0)
    assert report.coverage == 0


def test_coverage_on_the_limit_is_final(period, kpis, scorecard):
    weigh(scorecard, A=0.6, B=0.4, A1=2 / 3, A2=1 / 3, B1=1)
    factories.measurement(kpis["A1"], period, 100)
    factories.measurement(kpis["B1"], period, 30)
    report = period_report(period)
    assert report.coverage == pytest.approx(0.8)
    assert not report.provisional


# -- Weights


def test_without_any_weight_everything_counts_equally(period, kpis):
    report = period_report(period)
    assert kinds(report) == {RemarkKind.PERSPECTIVES_EQUAL, RemarkKind.KPIS_EQUAL}
    assert [part.weight for part in report.perspectives] == [0.5, 0.5]
    assert [row.weight for row in report.rows] == [0.5, 0.5, 1.0]


def test_missing_weight_counts_nothing_and_is_named(period, kpis, scorecard):
    weigh(scorecard, A1=1.0, A=1.0)
    factories.measurement(kpis["A1"], period, 100)
    factories.measurement(kpis["A2"], period, 0)
    report = period_report(period)
    assert row_of(report, kpis["A2"]).weight == 0
    assert report.index == 10
    named = {remark.kind: remark.names for remark in report.remarks}
    assert named == {
        RemarkKind.KPI_WEIGHT_MISSING: ("A2",),
        RemarkKind.PERSPECTIVE_WEIGHT_MISSING: ("B",),
    }


def test_weights_of_zero_for_all_that_is_left_count_equally(period, kpis, scorecard):
    weigh(scorecard, A=0.5, B=0.5, A1=0.0, A2=0.0)
    assert [row.weight for row in period_report(period).rows] == [0.5, 0.5, 1.0]


def test_weights_of_what_is_left_are_scaled_and_it_is_said(period, kpis, scorecard):
    gone = factories.kpi(kpis["A1"].objective, code="A3")
    weigh(scorecard, A=0.5, B=0.5, A1=0.3, A2=0.2, A3=0.5)
    KPI.objects.filter(pk=gone.pk).update(status=KPI.Status.DROPPED)
    report = period_report(period)
    assert [row.weight for row in report.rows] == pytest.approx([0.6, 0.4, 1.0])
    assert [remark.names for remark in report.remarks] == [("Perspektif A",)]
    assert kinds(report) == {RemarkKind.KPIS_SCALED}


def test_kpi_moved_to_another_perspective_is_told(period, kpis, scorecard):
    moved = factories.kpi(kpis["A1"].objective, code="A3")
    weigh(scorecard, A=0.5, B=0.5, A1=0.2, A2=0.2, A3=0.6, B1=1.0)
    KPI.objects.filter(pk=moved.pk).update(objective=kpis["B1"].objective)
    report = period_report(period)
    assert [row.weight for row in report.rows] == pytest.approx([0.5, 0.5, 0.625, 0.375])
    scaled = next(each for each in report.remarks if each.kind == RemarkKind.KPIS_SCALED)
    assert scaled.names == ("Perspektif A", "Perspektif B")


def test_perspective_that_lost_its_kpis_is_made_up_for(period, kpis, scorecard):
    extra = factories.perspective(scorecard, code="C")
    factories.kpi(factories.objective(extra), code="C1")
    weigh(scorecard, A=0.25, B=0.5, C=0.25, A1=0.5, A2=0.5)
    KPI.objects.filter(code="B1").update(status=KPI.Status.DROPPED)
    report = period_report(period)
    assert [part.weight for part in report.perspectives] == [0.5, 0.5]
    assert RemarkKind.PERSPECTIVES_SCALED in kinds(report)


def test_newest_set_of_weights_counts(period, scorecard):
    weigh(scorecard, A=0.5, B=0.5)
    weigh(scorecard, A=0.9, B=0.1)
    assert [part.weight for part in period_report(period).perspectives] == [0.9, 0.1]


def test_only_adopted_kpis_count(period, kpis):
    KPI.objects.filter(code="A2").update(status=KPI.Status.CANDIDATE)
    KPI.objects.filter(code="B1").update(status=KPI.Status.DROPPED)
    report = period_report(period)
    assert [row.code for row in report.rows] == ["A1"]
    assert [part.code for part in report.perspectives] == ["A"]
    empty = next(each for each in report.remarks if each.kind == RemarkKind.PERSPECTIVE_EMPTY)
    assert empty.names == ("Perspektif B",)


def test_scorecard_without_kpis(org):
    report = period_report(factories.period(factories.scorecard(org)))
    assert (report.index, report.total, report.coverage) == (None, 0, None)


# -- Targets


def test_target_in_force_on_the_first_day_counts(period, kpis):
    factories.target(kpis["A1"], 0, 60, 100, valid_from=period.start)
    factories.target(kpis["A1"], 0, 90, 100, valid_from=date(2026, 7, 2))
    factories.measurement(kpis["A1"], period, 60)
    row = row_of(period_report(period), kpis["A1"])
    assert row.points == (Decimal(0), Decimal(60), Decimal(100))
    assert row.level == 3
    assert row.on_standard


def test_kpi_without_target_has_no_level_and_is_named(period, kpis):
    kpis["A1"].targets.all().delete()
    factories.measurement(kpis["A1"], period, 60)
    report = period_report(period)
    row = row_of(report, kpis["A1"])
    assert (row.level, row.light, row.measured) == (None, "none", Decimal(60))
    missing = next(each for each in report.remarks if each.kind == RemarkKind.TARGET_MISSING)
    assert missing.names == ("A1",)


def test_value_beyond_the_ladder_is_clamped_and_marked(period, kpis):
    factories.measurement(kpis["A1"], period, 130)
    factories.measurement(kpis["A2"], period, 100)
    report = period_report(period)
    beyond, best = row_of(report, kpis["A1"]), row_of(report, kpis["A2"])
    assert (beyond.level, beyond.clamped) == (10, True)
    assert (best.level, best.clamped) == (10, False)


def test_level_mode_of_the_scorecard(period, kpis, scorecard):
    scorecard.level_mode = Scorecard.LevelMode.FLOOR
    scorecard.save()
    factories.measurement(kpis["A1"], period, 59)
    assert row_of(period_report(period), kpis["A1"]).level == 5


# -- Likert


@pytest.fixture
def likert(scorecard: Scorecard) -> Scorecard:
    scorecard.scoring = Scorecard.Scoring.LIKERT
    scorecard.red_limit, scorecard.green_limit = Decimal("2.6"), Decimal("3.4")
    scorecard.save()
    Target.objects.filter(kpi__scorecard=scorecard).delete()
    return scorecard


def test_likert_cut_points_and_means(likert, period, kpis):
    start = {"valid_from": date(2020, 1, 1)}
    cuts = {f"cut_{number}": Decimal(number * 10) for number in range(1, 5)}
    Target.objects.create(kpi=kpis["A1"], kind=Target.Kind.CUT_POINTS, **cuts, **start)
    Target.objects.create(kpi=kpis["A2"], kind=Target.Kind.MEAN, **start)
    Target.objects.create(kpi=kpis["B1"], kind=Target.Kind.MEAN, **start)
    factories.measurement(kpis["A1"], period, 30)
    Measurement.objects.create(kpi=kpis["A2"], period=period, value=Decimal("2.45"))
    Measurement.objects.create(kpi=kpis["B1"], period=period, value=Decimal(7))
    report = period_report(period)
    assert [row.level for row in report.rows] == [4, 2.45, 5]
    assert [row.light for row in report.rows] == ["green", "red", "green"]
    assert row_of(report, kpis["B1"]).clamped
    assert report.against_standard is None
    assert report.settings.highest == 5


def test_target_of_the_other_scoring_is_no_target(likert, period, kpis):
    factories.target(kpis["A1"])
    factories.measurement(kpis["A1"], period, 30)
    assert row_of(period_report(period), kpis["A1"]).level is None


def test_limits_that_do_not_fit_the_scale_are_replaced_and_named(likert, period):
    likert.red_limit, likert.green_limit = Decimal(3), Decimal(8)
    likert.save()
    report = period_report(period)
    assert RemarkKind.LIMITS_UNFIT in kinds(report)
    assert (report.settings.red_limit, report.settings.green_limit) == (2.6, 3.4)


# -- Against target and the period before


def test_change_against_an_open_period_before(period, kpis, scorecard):
    before = factories.period(scorecard, start=date(2026, 4, 1), end=date(2026, 6, 30))
    for kpi in kpis.values():
        factories.measurement(kpi, before, 30)
        factories.measurement(kpi, period, 100)
    report = period_report(period)
    assert report.previous.index == pytest.approx(3)
    assert report.change == pytest.approx(7)
    assert report.against_previous == pytest.approx(7 / 3)
    assert report.against_standard == pytest.approx(7 / 3)
    assert row_of(report, kpis["A1"]).previous == Decimal(30)


def test_first_period_has_nothing_before_it(period):
    report = period_report(period)
    assert (report.previous, report.change, report.against_previous) == (None, None, None)


def test_change_from_zero_has_no_percentage(period, kpis, scorecard):
    before = factories.period(scorecard, start=date(2026, 4, 1), end=date(2026, 6, 30))
    factories.measurement(kpis["A1"], before, 0)
    factories.measurement(kpis["A1"], period, 30)
    report = period_report(period)
    assert report.change == pytest.approx(3)
    assert report.against_previous is None


# -- What lifts the index


def test_gains_add_up_to_the_best_index(org):
    report = period_report(lasem(org).period)
    assert sum(gain.to_goal for gain in report.gains) == pytest.approx(10 - report.index)
    assert report.gains[0].code == "P-1"
    by_code = {gain.code: gain for gain in report.gains}
    assert by_code["I-1"].next_light == "amber"
    assert by_code["C-6"].next_light == "green"
    assert by_code["C-6"].to_standard == 0


# -- Speed


def test_queries_do_not_grow_with_kpis(flat_queries, period, kpis, scorecard):
    factories.measurement(kpis["A1"], period)

    def grow() -> None:
        perspective = factories.perspective(scorecard)
        for _ in range(5):
            kpi = factories.kpi(factories.objective(perspective))
            factories.target(kpi)
            factories.measurement(kpi, period)

    flat_queries(lambda: period_report(Period.objects.get(pk=period.pk)), grow)
