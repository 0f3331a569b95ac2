"""Levels 3 and 10 have the words of OMAX, or, where a scorecard keeps them, of the Lasem study."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from scorecards.anchor_words import anchor_words
from scorecards.interchange.reading import read_design
from scorecards.models import Scorecard
from scorecards.selectors.report import build_report, from_json, to_json
from scorecards.services.periods import close_period
from tests import factories
from tests.scorecards.designs import small
from tests.scorecards.pages import in_english, page
from tests.source import ROOT

pytestmark = pytest.mark.django_db
KEPT = ROOT / "tests" / "versions" / "0.1.0"


@pytest.fixture
def kpi(org):
    scorecard = factories.scorecard(org)
    kpi = factories.kpi(factories.objective(factories.perspective(scorecard)), unit="%")
    factories.target(kpi)
    return kpi


@pytest.mark.parametrize(
    ("choice", "language", "standard", "goal"),
    [
        ("standard", "id", "standar", "target"),
        ("lasem", "id", "target", "nilai terbaik"),
        ("standard", "en", "standard", "target"),
        ("lasem", "en", "target", "best value"),
    ],
)
def test_words_of_a_choice(choice, language, standard, goal):
    with translation.override(language):
        words = anchor_words(choice)
        assert (words.standard, words.goal) == (standard, goal)
        assert words.heading("goal").endswith("(level 10)")


def test_a_new_scorecard_follows_the_field(org, edi, client_for):
    client_for(edi).post(
        reverse("scorecards:scorecard-create", args=[org.slug]),
        {"name": "Baru", "frequency": "yearly", "scoring": "omax"},
    )
    assert Scorecard.objects.get().anchor_words == "standard"


@pytest.mark.parametrize(
    ("choice", "standard", "goal"),
    [("standard", "standard", "target"), ("lasem", "target", "best value")],
)
def test_pages_of_a_scorecard_speak_its_words(kpi, edi, client_for, choice, standard, goal):
    scorecard, period = kpi.scorecard, factories.period(kpi.scorecard)
    Scorecard.objects.update(anchor_words=choice)
    factories.measurement(kpi, period, 30, note="")
    client = in_english(client_for(edi))

    def reading(name, *args):
        return " ".join(client.get(page(name, scorecard, *args)).content.decode().split())

    with translation.override("en"):
        heading = anchor_words(choice).heading
        assert f"{heading('standard')} (%)" in reading("target-create", kpi.pk)
        assert heading("goal") in reading("target-plan-create")
    assert f"{standard} <b>30%</b> · {goal} 100%" in reading("kpi", kpi.pk)
    assert f"<span>{standard} 30%</span>" in reading("entry", period.start)
    report = reading("report", period.start)
    assert f"Only just at the {standard}: level 3, which is still red." in report
    assert f"Worst value = level 0, {standard} = level 3, {goal} = level 10." in report
    assert ("the words of the Lasem study" in report) is (choice == "lasem")
    assert f">To {goal}</th>" in report


@pytest.mark.parametrize("choice", Scorecard.AnchorWords.values)
def test_who_stands_exactly_at_level_3_needs_no_note(kpi, edi, client_for, choice):
    Scorecard.objects.update(anchor_words=choice)
    kpi.scorecard.refresh_from_db()
    period = factories.period(kpi.scorecard)
    factories.measurement(kpi, period, 30, note="", origin="manual")
    [row] = build_report(period).rows
    assert (row.light, row.on_standard, row.asks_note) == ("red", True, False)
    entry = client_for(edi).get(page("entry", kpi.scorecard, period.start)).content.decode()
    assert "entry-row__ask" not in entry
    close_period(period=period, by=edi, now=timezone.now())
    period.refresh_from_db()
    assert period.status == "closed"


def test_a_report_frozen_in_the_first_form_is_the_same_report(kpi):
    period = factories.period(kpi.scorecard)
    factories.measurement(kpi, period, 30, note="")
    live = build_report(period)
    written = json.dumps(to_json(live))
    for first, now in (
        ("target_level", "standard_level"),
        ("against_target", "against_standard"),
        ("on_target", "on_standard"),
        ("to_target", "to_standard"),
        ("to_best", "to_goal"),
        ("target_value", "standard_value"),
        ("best_value", "goal_value"),
    ):
        assert f'"{now}"' in written
        written = written.replace(f'"{now}"', f'"{first}"')
    frozen = json.loads(written)
    frozen["schema"] = 1
    del frozen["report"]["settings"]["anchor_words"]

    report = from_json(frozen)

    assert report.settings.anchor_words == "lasem"
    assert to_json(report)["report"] == {
        **to_json(live)["report"],
        "settings": {**to_json(live)["report"]["settings"], "anchor_words": "lasem"},
    }


@pytest.mark.parametrize("file", ["design.json", "design-id.xlsx", "design-en.xlsx"])
def test_designs_of_version_0_1_0_are_read_as_what_they_meant(file):
    """In either language, with whatever words its heads and choices had."""
    design = read_design((KEPT / file).read_bytes())
    assert design.scorecard["anchor_words"] == "lasem"
    points = [(row["worst"], row["standard"], row["goal"]) for row in design.targets]
    assert points[:2] == [
        (Decimal(50), Decimal(70), Decimal("95.5")),
        (Decimal(0), Decimal("0.5"), Decimal(1)),
    ]
    assert design.targets[1]["standard_high"] == 2
    assert [row["kind"] for row in design.targets[:2]] == ["anchors", "range"]


def test_keys_of_both_versions_in_one_file_are_refused():
    document = small() | {"version": 1}
    document["targets"][0] |= {"target": "60"}
    with pytest.raises(Exception, match="known|dikenal"):
        read_design(json.dumps(document).encode())


def test_version_2_says_its_words_itself():
    document = small()
    assert read_design(json.dumps(document).encode()).scorecard["anchor_words"] == "standard"
    document["scorecard"]["anchor_words"] = "lasem"
    assert read_design(json.dumps(document).encode()).scorecard["anchor_words"] == "lasem"
