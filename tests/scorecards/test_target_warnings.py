"""What is said about a target that is allowed, but perhaps not meant."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from scorecards.library.catalog import frameworks
from scorecards.models import KPI, Period, Scorecard, Target
from scorecards.selectors.target_view import describe_target
from scorecards.selectors.target_warnings import is_easier, target_warnings, turns_round
from tests import factories
from tests.scorecards.pages import in_english, page

BEFORE, NOW = date(2025, 1, 1), date(2026, 1, 1)
RANGE = ("worst", "standard", "goal", "standard_high", "worst_high")


@pytest.fixture
def kpi(org) -> KPI:
    objective = factories.objective(factories.perspective(factories.scorecard(org)))
    return factories.kpi(objective, unit="%", decimals=0)


def draft(kpi: KPI, *points: int, kind: str = "anchors", day: date = NOW) -> Target:
    if kind == "ladder":
        return Target(kpi=kpi, kind=kind, valid_from=day, rungs=[str(point) for point in points])
    names = RANGE if kind != "cut_points" else ("cut_1", "cut_2", "cut_3", "cut_4")
    values = dict(zip(names, map(Decimal, points), strict=False))
    return Target(kpi=kpi, kind=kind, valid_from=day, **values)


def said(target: Target) -> list[str]:
    with translation.override("en"):
        return list(target_warnings(target))


def test_sound_target_is_not_warned_about(kpi):
    factories.target(kpi, 5, 10, 25, valid_from=BEFORE)

    assert said(draft(kpi, 5, 12, 25)) == []


@pytest.mark.parametrize(
    ("before", "now", "easier"),
    [
        ((5, 10, 25), (5, 8, 25), True),
        ((5, 10, 25), (5, 10, 25), False),
        ((5, 10, 25), (5, 12, 20), False),
        ((25, 15, 5), (25, 18, 5), True),  # lower is better
        ((25, 15, 5), (25, 12, 5), False),
        ((2, 4, 4), (2, 4, 5), False),  # level 10 before, 3 now
        ((2, 4, 4), (2, 3, 5), False),
    ],
)
def test_easier_target_is_pointed_out(kpi, before, now, easier):
    factories.target(kpi, *before, valid_from=BEFORE)

    assert (said(draft(kpi, *now)) == ["It is easier to reach than the target before."]) is easier


def test_kinds_are_compared_with_each_other(kpi):
    ladder = draft(kpi, *range(11), kind="ladder", day=BEFORE)
    narrow = draft(kpi, 0, 4, 10, 16, 20, kind="range", day=BEFORE)
    wide = draft(kpi, 0, 3, 10, 18, 20, kind="range")

    assert is_easier(draft(kpi, 0, 2, 10), ladder)
    assert not is_easier(draft(kpi, 0, 4, 10), ladder)
    assert is_easier(wide, narrow)
    assert not is_easier(narrow, wide)
    assert turns_round(wide, ladder)


def test_cut_points_and_means(kpi):
    before = draft(kpi, 10, 20, 30, 40, kind="cut_points", day=BEFORE)
    mean = Target(kpi=kpi, kind="mean", valid_from=BEFORE)

    assert is_easier(draft(kpi, 10, 20, 29, 40, kind="cut_points"), before)
    assert not is_easier(draft(kpi, 10, 20, 31, 40, kind="cut_points"), before)
    assert turns_round(draft(kpi, 40, 30, 20, 10, kind="cut_points"), before)
    assert not is_easier(before, mean)
    assert not turns_round(mean, before)


def test_turned_direction_is_pointed_out(kpi):
    factories.target(kpi, 5, 10, 25, valid_from=BEFORE)

    warning, _rungs = said(draft(kpi, 25, 10, 5))

    assert warning == "Other values count as good than by the target before."


def test_target_before_is_the_one_that_it_follows(kpi):
    factories.target(kpi, 5, 10, 25, valid_from=BEFORE)
    factories.target(kpi, 5, 20, 25, valid_from=date(2027, 1, 1))

    assert said(draft(kpi, 5, 12, 25)) == []


def test_closed_periods_are_told_by_where_the_day_falls(kpi):
    factories.period(kpi.scorecard, start=BEFORE, end=date(2025, 12, 31), status="closed")
    factories.period(kpi.scorecard, start=NOW, end=date(2026, 6, 30), status=Period.Status.CLOSED)
    factories.period(kpi.scorecard, start=date(2026, 7, 1), end=date(2026, 12, 31))

    within, from_then = said(draft(kpi, 5, 10, 25, day=date(2025, 3, 1)))

    assert "2025" in within
    assert from_then.startswith("1 period ")
    assert said(draft(kpi, 5, 10, 25, day=date(2026, 7, 1))) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_illustration_of_the_library_is_no_target(kpi, language):
    entry = next(each for each in frameworks()[4].kpis if each.illustration)
    shown = entry.illustration
    kpi.name, kpi.basis = getattr(entry.name, language), getattr(entry.basis, language)
    points = (shown.worst, shown.standard, shown.goal)

    [warning] = said(draft(kpi, *points))
    assert kpi.basis in warning
    assert said(draft(kpi, *points[:2], points[2] * 2)) == []
    kpi.basis = ""
    assert said(draft(kpi, *points)) == []


def test_day_may_be_missing_while_it_is_typed(kpi):
    target = draft(kpi, 5, 10, 25)
    target.valid_from = None

    assert said(target) == []


def test_page_warns_before_and_after_saving(kpi, edi, client_for):
    factories.target(kpi, 5, 10, 25, valid_from=BEFORE)
    typed = {"valid_from": "2026-01-01", "kind": "anchors"}
    typed |= {"worst": "5", "standard": "8", "goal": "25"}
    client, url = client_for(edi), page("target-create", kpi.scorecard, kpi.pk)

    looked = client.get(page("target-preview", kpi.scorecard, kpi.pk), typed)
    saved = client.post(url, typed, follow=True)

    assert len(looked.context["preview"].warnings) == 1
    assert [each.level_tag for each in saved.context["messages"]] == ["warning", "success"]


@pytest.mark.parametrize(
    ("mode", "said_of"),
    [
        ("floor", "Rounded, levels 0 to 1; 2 to 6; 7 to 10 "),
        ("exact", "levels 0 to 1; 2 to 6; 7 to 10 look alike"),
    ],
)
def test_levels_that_rounding_puts_in_one_place_are_named(kpi, mode, said_of):
    """Anchors 0, 1, 2 without decimals."""
    kpi.scorecard.level_mode = mode
    with translation.override("en"):
        [warning] = target_warnings(draft(kpi, 0, 1, 2))
        assert said_of in warning


def test_levels_that_are_apart_are_not_warned_about(kpi):
    kpi.scorecard.level_mode = "rung"
    assert target_warnings(draft(kpi, 0, 30, 100)) == ()


# -- Where it is said


def kpi_text(client, kpi: KPI) -> str:
    html = in_english(client).get(page("kpi", kpi.scorecard, kpi.pk)).text
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_kpis_page_says_which_levels_look_alike(kpi, client_for, alice):
    factories.target(kpi, 0, 1, 2)
    assert "levels 0 to 1; 2 to 6; 7 to 10 look alike" in kpi_text(client_for(alice), kpi)
    Scorecard.objects.update(level_mode="rung")
    text = kpi_text(client_for(alice), kpi)
    assert "Rounded, levels 0 to 1; 2 to 6; 7 to 10 have the same value" in text
    assert "Levels lie between the rounded values that you see here." in text


def test_a_plan_names_the_kpis_whose_levels_rounding_merges(kpi, client_for, alice):
    Scorecard.objects.update(level_mode="floor")
    names = ("worst", "standard", "goal")
    typed = {f"kpi-{kpi.pk}-{name}": point for name, point in zip(names, "012", strict=True)}
    saved = in_english(client_for(alice)).post(
        page("target-plan-create", kpi.scorecard),
        {"valid_from": "2026-01-01", "seen": "", **typed},
        follow=True,
    )
    said = [str(message) for message in saved.context["messages"]]
    assert f"Rounded, some levels have the same value: {kpi.code}." in said[0]


def test_a_plan_says_what_its_values_are_for(kpi, client_for, alice):
    text = in_english(client_for(alice)).get(page("target-plan-create", kpi.scorecard)).text
    assert "<b>Standard (level 3)</b>: What is usual today, and has to be passed." in text
    assert "Exactly here is still red." in text
    Scorecard.objects.update(red_limit=2)
    text = in_english(client_for(alice)).get(page("target-plan-create", kpi.scorecard)).text
    assert "still red" not in text
    Scorecard.objects.update(scoring="likert")
    text = in_english(client_for(alice)).get(page("target-plan-create", kpi.scorecard)).text
    assert "has to be passed" not in text


def test_a_standard_that_is_the_target_shows_no_levels_between(kpi, client_for, alice):
    """At 90 stood level 3, red, and level 7, amber; who has 90 is green."""
    target = factories.target(kpi, 60, 90, 90)
    with translation.override("en"):
        view = describe_target(target, kpi.scorecard)
    assert [(rung.level, rung.light) for rung in view.rungs if "90" in rung.value] == [
        (10, "green")
    ]
    assert [rung.level for rung in view.rungs] == [10, 2, 1, 0]
    assert "whoever reaches them gets level 10 at once" in view.note
    assert view.note in kpi_text(client_for(alice), kpi)


def test_one_side_of_a_range_may_have_no_levels_between(kpi):
    view = describe_target(draft(kpi, 0, 10, 10, 20, 30, kind="range"), kpi.scorecard)
    assert [rung.level for rung in view.rungs] == list(range(10, -1, -1))
    assert [rung.level for rung in view.rungs if not rung.value] == list(range(9, 2, -1))
    assert all(rung.high_value for rung in view.rungs)


@pytest.mark.parametrize(
    ("cuts", "best", "least"),
    [((5, 10, 15, 20), "20% or more", "less than 5%"), ((20, 15, 10, 5), "5% or less", "more")],
)
def test_limits_of_scores_say_their_side(kpi, cuts, best, least):
    kpi.scorecard.scoring = "likert"
    with translation.override("en"):
        rungs = describe_target(draft(kpi, *cuts, kind="cut_points"), kpi.scorecard).rungs
    assert rungs[0].value == best
    assert rungs[-1].value.startswith(least)


def test_an_illustration_is_known_in_scorecards_of_before(kpi):
    """The library called a paper "makalah" once, and wrote so into the KPI."""
    [entry] = [
        each
        for framework in frameworks()
        for each in framework.kpis
        if each.basis.once and each.code == "CV1-1"
    ]
    kpi.name, kpi.basis = entry.name.id, entry.basis.once
    shown = entry.illustration
    [warning] = said(draft(kpi, int(shown.worst), int(shown.standard), int(shown.goal)))
    assert "as an illustration only (Makalah Toko Loocs (abstrak))" in warning
