"""Red KPIs about which nobody does anything: on the list, in the report, in the checklist."""

from datetime import UTC, date, datetime

import pytest

from scorecards.models import KPI, Measurement, Scorecard
from scorecards.selectors.checklist import check_design, latest_reds
from scorecards.selectors.design import load_design
from scorecards.selectors.initiatives import initiative_list, load_red_kpis
from scorecards.selectors.report import period_report
from scorecards.services.initiatives import add_initiative
from scorecards.services.periods import close_period
from tests import factories
from tests.scorecards.pages import in_english, page

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def scorecard(org) -> Scorecard:
    return factories.scorecard(org)


@pytest.fixture
def period(scorecard):
    return factories.period(scorecard)


@pytest.fixture
def red(scorecard, period) -> KPI:
    """Measured at its worst; beside it stands a green one."""
    objective = factories.objective(factories.perspective(scorecard))
    kpi, green = factories.kpi(objective, code="MERAH"), factories.kpi(objective, code="HIJAU")
    for each, value in ((kpi, 0), (green, 100)):
        factories.target(each)
        factories.measurement(each, period, value, note="Pesanan sedikit")
    return kpi


def left_alone(scorecard: Scorecard) -> list[KPI]:
    return [red.kpi for red in initiative_list(scorecard, TODAY).left_alone]


def test_only_the_red_one_stands_out(scorecard, period, red) -> None:
    found = initiative_list(scorecard, TODAY)

    assert [each.kpi for each in found.left_alone] == [red]
    assert found.period == period_report(period).name


def test_nothing_stands_out_before_anything_is_measured(scorecard) -> None:
    found = initiative_list(scorecard, TODAY)

    assert (found.left_alone, found.period) == ((), "")


@pytest.mark.parametrize(
    ("fields", "helps"),
    [
        ({"status": "planned"}, True),
        ({"status": "running", "progress": 10}, True),
        ({"status": "stopped"}, False),
        ({"status": "done"}, False),
        ({"status": "done", "end": date(2026, 9, 30)}, False),
        ({"status": "done", "end": date(2026, 10, 1)}, True),
    ],
)
@pytest.mark.parametrize("for_objective", [False, True])
def test_an_initiative_counts_while_it_can_still_help(
    scorecard, red, edi, fields, helps, for_objective
) -> None:
    """One that was over when the period ended has shown what it could."""
    about = red.objective if for_objective else red

    add_initiative(about=about, name="Pameran", by=edi, **fields)

    assert left_alone(scorecard) == ([] if helps else [red])


@pytest.mark.parametrize("status", ["dropped", "candidate"])
def test_kpis_that_no_longer_count_are_left_out_of_a_frozen_report(
    scorecard, period, red, edi, status
) -> None:
    close_period(period=period, by=edi, now=NOW)
    KPI.objects.filter(pk=red.pk).update(status=status)

    assert left_alone(scorecard) == []


def test_kpis_that_are_gone_are_left_out_of_a_frozen_report(scorecard, period, red, edi) -> None:
    close_period(period=period, by=edi, now=NOW)
    Measurement.objects.filter(kpi=red).delete()
    red.delete()

    assert left_alone(scorecard) == []
    assert load_red_kpis(scorecard, period_report(period), TODAY) == ()


def test_checklist_asks_for_an_initiative(scorecard, red, edi) -> None:
    def after_measuring():
        design = load_design(scorecard, TODAY)
        return check_design(design, latest_reds(design, TODAY)).after_measuring

    [check] = after_measuring()
    assert not check.required
    assert [repair.url for repair in check.repairs] == [
        f"{page('initiative-create', scorecard)}?kpi={red.pk}"
    ]

    add_initiative(about=red, name="Pameran", by=edi)

    assert [check.done for check in after_measuring()] == [True]


def test_checklist_is_silent_before_a_report(scorecard) -> None:
    design = load_design(scorecard, TODAY)

    assert check_design(design, latest_reds(design, TODAY)).after_measuring == ()


def report_page(client, period) -> str:
    url = page("report", period.scorecard, period.start)
    return in_english(client).get(url).content.decode()


def test_report_offers_editors_an_initiative(scorecard, period, red, edi, bob, client_for) -> None:
    offer = f"{page('initiative-create', scorecard)}?kpi={red.pk}"

    assert offer in report_page(client_for(edi), period)
    # After an editor has seen it: what is drawn once for all readers holds no button.
    assert offer not in report_page(client_for(bob), period)


def test_closed_report_stays_while_its_initiatives_change(period, red, edi, client_for) -> None:
    close_period(period=period, by=edi, now=NOW)
    frozen, client = period_report(period), client_for(edi)
    assert "1 red KPI has no initiative yet" in report_page(client, period)

    add_initiative(about=red, name="Pameran batik", by=edi)

    content = report_page(client, period)
    assert "Pameran batik" in content
    assert "no initiative yet" not in content
    assert period_report(period) == frozen


def test_report_without_red_says_nothing_of_initiatives(scorecard, period, red, client_for, edi):
    Measurement.objects.filter(kpi=red).delete()

    assert "report-initiatives" not in report_page(client_for(edi), period)


def test_report_queries_do_not_grow(scorecard, period, red, edi, client_for, flat_queries) -> None:
    client = client_for(edi)

    def grow() -> None:
        for _number in range(5):
            kpi = factories.kpi(red.objective)
            factories.target(kpi)
            factories.measurement(kpi, period, 0)
            add_initiative(about=kpi, name="Pameran", by=edi)

    grow()
    flat_queries(lambda: report_page(client, period), grow)
