"""One word for what a KPI is in a period, on every page, drawing and file."""

import ast
import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import translation

from scorecards.models import KPI, Closing, Period, Scorecard
from scorecards.selectors.entry import entry_sheet
from scorecards.selectors.filled import Filled, filled_of
from scorecards.selectors.periods import period_list
from scorecards.selectors.report import build_report, from_json, headline, period_report, to_json
from scorecards.services.periods import close_period
from scorecards.states import LIGHTS, WITHOUT_LIGHT, WORDS, State, joint_state, state_of
from surveys.selectors.home import organization_home
from tests import factories
from tests.scorecards.pages import page
from tests.source import APPS, python_files, shown, templates, tree

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
COLOURS = {"fill", "stroke"}
SPRITE = Path(__file__).parents[2] / "static" / "img" / "icons.svg"
WORDS_OF = {
    "id": {
        State.GREEN: "Hijau",
        State.NOT_ENTERED: "Belum diisi",
        State.INCOMPLETE: "Belum lengkap",
        State.NO_TARGET: "Belum ada target",
        State.NOT_DUE: "Tidak diukur",
        State.NOT_APPLICABLE: "Tidak berlaku",
        State.NO_DATA: "Belum ada data",
    },
    "en": {
        State.GREEN: "Green",
        State.NOT_ENTERED: "Not entered",
        State.INCOMPLETE: "Incomplete",
        State.NO_TARGET: "No target",
        State.NOT_DUE: "Not due",
        State.NOT_APPLICABLE: "Not applicable",
        State.NO_DATA: "No data",
    },
}


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"light": "red", "is_measured": True}, State.RED),
        ({"light": "amber", "is_measured": True}, State.AMBER),
        ({"light": "green", "is_measured": True, "is_due": False}, State.GREEN),
        ({"is_measured": True}, State.NO_TARGET),
        ({"is_measured": True, "is_due": False}, State.NO_TARGET),
        ({"is_measured": False}, State.NOT_ENTERED),
        ({"is_measured": False, "is_begun": True}, State.INCOMPLETE),
        ({"is_measured": False, "is_due": False}, State.NOT_DUE),
        ({"is_measured": False, "is_due": False, "is_begun": True}, State.NOT_DUE),
        ({"is_measured": False, "not_applicable": True}, State.NOT_APPLICABLE),
        ({"is_measured": False, "not_applicable": True, "is_due": False}, State.NOT_APPLICABLE),
    ],
)
def test_state_of_a_kpi(given, state):
    assert state_of(**given) is state


@pytest.mark.parametrize(
    ("light", "states", "state"),
    [
        ("red", [State.RED, State.NOT_ENTERED], State.RED),
        ("none", [State.NOT_DUE, State.NOT_DUE], State.NOT_DUE),
        ("none", [State.NOT_ENTERED, State.NOT_DUE], State.NOT_ENTERED),
        ("none", [State.NOT_ENTERED, State.NO_TARGET], State.NO_DATA),
        ("none", [State.NOT_APPLICABLE, State.NOT_DUE], State.NO_DATA),
        ("none", [], State.NO_DATA),
    ],
)
def test_state_of_several_together(light, states, state):
    assert joint_state(light, states) is state


def test_every_state_has_a_word_of_its_own():
    for language in ("id", "en"):
        with translation.override(language):
            words = {state.word for state in State}
            assert len(words) == len(State)
            assert all(state.explanation for state in WITHOUT_LIGHT)
    assert set(LIGHTS) | set(WITHOUT_LIGHT) == set(State) == set(WORDS)


def test_every_state_has_a_shape_of_its_own_without_colour():
    symbols = ElementTree.parse(SPRITE).getroot()  # noqa: S314
    drawn = {
        symbol.get("id"): "".join(
            str({key: value for key, value in part.attrib.items() if key not in COLOURS})
            for part in symbol
        )
        for symbol in symbols
    }
    shapes = [drawn[f"light-{state.value}"] for state in State]
    assert len(set(shapes)) == len(State)


def test_nobody_else_has_words_for_them():
    """A page that says it in its own words says it otherwise one day."""
    with translation.override("en"):
        words = {state.word.casefold() for state in WITHOUT_LIGHT}
    words |= {"not filled in", "no target yet.", "no target in force", "not complete yet"}
    tag = re.compile(r"\{% translate \"([^\"]*)\"")
    files = templates()
    found = [
        (name, said)
        for name, text in files.items()
        for said in tag.findall(text)
        if said.casefold() in words
    ]
    for path in python_files(*APPS):
        if path.name != "states.py" and not {"migrations", "models"} & set(path.parts):
            found += [(shown(path), said) for said in _said(path) if said.casefold() in words]
    assert files
    assert found == []


def _said(path: Path) -> list[str]:
    """What a module gives to gettext."""
    return [
        argument.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "gettext")
        for argument in node.args
        if isinstance(argument, ast.Constant)
    ]


# -- Every page and file


@pytest.fixture
def kpis(org) -> dict[State, KPI]:
    """In March: a KPI in each state, each of an objective and a perspective of its own."""
    scorecard = factories.scorecard(org, frequency="monthly")
    march = factories.period(scorecard, start=date(2026, 3, 1), end=date(2026, 3, 31))
    found = {}
    for place, state in enumerate([State.GREEN, *WITHOUT_LIGHT[:-1]]):
        perspective = factories.perspective(scorecard, code=f"P{place}", name=f"Bagian {place}")
        objective = factories.objective(perspective, code=f"S{place}")
        rarer = {"frequency": "yearly"} if state is State.NOT_DUE else {}
        kpi = factories.kpi(objective, code=f"K{place}", **rarer)
        if state is not State.NO_TARGET:
            factories.target(kpi)
        found[state] = kpi
    factories.measurement(found[State.GREEN], march, 95)
    factories.measurement(found[State.NO_TARGET], march, 95)
    na = {"not_applicable": True, "reason": "Libur"}
    factories.measurement(found[State.NOT_APPLICABLE], march, None, **na)
    begun = found[State.INCOMPLETE]
    begun.formula = "ratio"
    begun.save()
    factories.measurement(begun, march, None, formula="ratio", inputs={"amount": "3"})
    factories.objective(factories.perspective(scorecard, code="PX", name="Kosong"), code="SX")
    return found


@pytest.fixture
def scorecard(kpis) -> Scorecard:
    return kpis[State.GREEN].scorecard


@pytest.fixture
def march(scorecard) -> Period:
    return scorecard.periods.get()


@pytest.fixture(params=["open", "closed"])
def either(request, march, alice) -> Period:
    if request.param == "closed":
        close_period(period=march, by=alice, now=NOW)
        march.refresh_from_db()
    return march


@pytest.fixture(params=["id", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture
def client(client_for, alice, language):
    found = client_for(alice)
    found.cookies["django_language"] = language
    return found


def lights(html: str) -> list[str]:
    return [unescape(word) for word in re.findall(r'light__word">([^<]*)<', html)]


def test_the_report_decides_it(either, kpis):
    states = {row.kpi_id: row.state for row in period_report(either).rows}
    assert states == {kpi.pk: state for state, kpi in kpis.items()}


def test_report(client, either, kpis, language):
    html = client.get(page("report", either.scorecard, either.start)).text
    for state, kpi in kpis.items():
        row = re.search(rf'report-row__code">{kpi.code}<.*?</tr>', html, re.DOTALL)[0]
        assert lights(row)[-1] == WORDS_OF[language][state]
        tile = re.search(rf"{kpi.objective.perspective.name}</a></p>.*?</li>", html, re.DOTALL)[0]
        assert lights(tile) == [WORDS_OF[language][state]]
    legend = html[html.index("report-legend__lights") :]
    said = lights(legend[: legend.index("</ul>")])[3:]
    assert said == [WORDS_OF[language][state] for state in WITHOUT_LIGHT[:-1]]


def test_csv(client, either, kpis, language):
    text = client.get(page("report-csv", either.scorecard, either.start)).text
    delimiter = ";" if text.count(";") > text.count(",") else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    for state, kpi in kpis.items():
        [row] = [row for row in rows if kpi.code in row]
        assert WORDS_OF[language][state] in row


def test_json(client, either, kpis):
    found = client.get(page("report-json", either.scorecard, either.start)).json()["report"]
    rows = {row["kpi_id"]: row["state"] for part in found["perspectives"] for row in part["kpis"]}
    assert rows == {kpi.pk: state.value for state, kpi in kpis.items()}
    parts = [part["state"] for part in found["perspectives"]]
    assert parts == [state.value for state in kpis]
    assert (found["state"], found["filled"], found["total"]) == ("green", 3, 5)


def test_map_and_its_file(client, either, kpis, language):
    expected = [WORDS_OF[language][state] for state in (*kpis, State.NO_DATA)]
    html = client.get(page("map", either.scorecard)).text
    assert lights(html) == expected
    drawing = client.get(page("map-svg", either.scorecard)).content
    for text in (html, drawing.decode()):
        titles = re.findall(r"<title>S[0-9X] [^<]*: ([^<]*)</title>", text)
        assert [re.sub(r" 9[,.]5$", "", title) for title in titles] == expected
    assert client.get(page("map-png", either.scorecard)).status_code == 200


def test_closing(client, march, language):
    html = client.get(page("period-close", march.scorecard, march.start)).text
    heads = re.findall(r"<h2 id=\"[^\"]*\">([^<]*)</h2>", html)
    words = WORDS_OF[language]
    assert heads[-4:-1] == [
        words[state] for state in (State.NOT_ENTERED, State.INCOMPLETE, State.NO_TARGET)
    ]


def test_kpi_pages(client, march, kpis, language):
    for state in (State.NOT_APPLICABLE, State.INCOMPLETE):
        html = client.get(page("kpi", march.scorecard, kpis[state].pk)).text
        assert f'<span class="soft">{WORDS_OF[language][state].lower()}</span>' in html
    for state in (State.NOT_ENTERED, State.NOT_DUE):
        factories.measurement(kpis[state], march, None, note="Menunggu")
        html = client.get(page("kpi", march.scorecard, kpis[state].pk)).text
        assert f'<span class="soft">{WORDS_OF[language][state].lower()}</span>' in html


def test_targets_and_entry(client, march, kpis, language):
    word = WORDS_OF[language][State.NO_TARGET]
    assert word.lower() in client.get(page("target-plan", march.scorecard)).text
    assert word.lower() in client.get(page("entry", march.scorecard, march.start)).text


# -- Totals


def test_all_count_the_same(either, kpis, org, client, language):
    """Three of five: the yearly one isn't due, one is missing and one begun."""
    report = period_report(either)
    assert Filled(report.filled, report.total) == Filled(3, 5)
    assert len(report.missing) == 2
    [line] = period_list(either.scorecard, date(2026, 3, 5)).lines
    assert line.filled == Filled(3, 5)
    said = {"id": "3 dari 5", "en": "3 of 5"}[language]
    for name in ("report", *(["entry", "period-close"] if either.is_open else [])):
        assert said in client.get(page(name, either.scorecard, either.start)).text
    assert said in client.get(page("period-list", either.scorecard)).text
    if either.is_open:
        sheet = entry_sheet(either)
        [progress] = organization_home(org).scorecards
        assert Filled(sheet.filled, sheet.total) == progress.filled == Filled(3, 5)
        assert len(sheet.rows) == 5
        assert said in client.get(f"/o/{org.slug}/").text


def test_entered_early_counts_everywhere(march, kpis, org):
    factories.measurement(kpis[State.NOT_DUE], march, 50)
    report = build_report(march)
    [progress] = organization_home(org).scorecards
    assert Filled(report.filled, report.total) == progress.filled == Filled(4, 6)
    assert filled_of([march], {march.scorecard_id: list(kpis.values())})[march.pk] == Filled(4, 6)


def test_home_does_not_count_what_was_dropped(march, kpis, org):
    kpis[State.GREEN].status = KPI.Status.DROPPED
    kpis[State.GREEN].save()
    report = build_report(march)
    [progress] = organization_home(org).scorecards
    assert Filled(report.filled, report.total) == progress.filled == Filled(2, 4)


# -- Reports of before


def test_reports_of_before_are_read(march, kpis, alice):
    """What was frozen without these fields knows no KPI that isn't due, and none begun."""
    close_period(period=march, by=alice, now=NOW)
    closing = Closing.objects.get()
    rows = [row for part in closing.report["report"]["perspectives"] for row in part["kpis"]]
    for row in rows:
        for name in ("not_due", "inputs", "formula"):
            del row[name]
    del closing.report["report"]["comparison"]
    closing.save()
    report = from_json(closing.report)
    states = {row.kpi_id: row.state for row in report.rows}
    assert states == {
        **{kpi.pk: state for state, kpi in kpis.items()},
        kpis[State.NOT_DUE].pk: State.NOT_ENTERED,
        kpis[State.INCOMPLETE].pk: State.NOT_ENTERED,
    }
    assert headline(closing.report).filled == Filled(report.filled, report.total) == Filled(3, 6)
    assert headline(closing.report).state is report.state is State.GREEN


def test_headline_has_the_state_of_the_report(march, kpis):
    kpis[State.GREEN].measurements.update(value=None)
    report = build_report(march)
    assert headline(to_json(report)).state is report.state is State.NO_DATA
    assert Decimal(headline(to_json(report)).filled.total) == report.total
