"""A whole design as JSON, and a new scorecard made of it: equal to the one it came from."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from scorecards.exports.design_json import design_as_data, design_as_json
from scorecards.interchange import schema
from scorecards.interchange.collecting import collect_design
from scorecards.interchange.reading import read_design
from scorecards.models import Scorecard, Target
from scorecards.services.design import link_objectives
from scorecards.services.importing import make_scorecard
from scorecards.services.initiatives import add_initiative
from surveys.demo.bayat import make_bayat
from surveys.demo.lasem import make_lasem
from tests import factories
from tests.scorecards.designs import designs, small
from tests.scorecards.pages import page

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
GUIDE = Path(__file__).parents[2] / "docs" / "interchange.md"
# Fields of a row that don't travel, and why.
ROW = {"id", "version", "saved_at", "saved_by", "scorecard", "order"}
ELSEWHERE = {
    Scorecard: {"organization", "strategy", "created_at"},
    Target: set(),
}


def imported(design, organization, by):
    return make_scorecard(organization=organization, design=design, by=by, now=NOW)


@pytest.mark.parametrize("make", [make_lasem, make_bayat])
def test_importing_what_was_exported_gives_an_equal_scorecard(org, other_org, alice, make):
    exported = collect_design(make(org, alice))
    assert len(exported.kpis) > 15
    assert exported.weights.perspectives or exported.weights.kpis
    read = read_design(design_as_json(exported).encode())
    copy = imported(read, other_org, alice)
    assert collect_design(copy) == exported
    assert copy.organization == other_org


@pytest.mark.slow
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(design=designs())
def test_any_design_comes_back_as_it_went(other_org, alice, design):
    read = read_design(design_as_json(design).encode())
    assert read == design
    copy = imported(read, other_org, alice)
    assert collect_design(copy) == design


def test_every_field_of_a_design_travels():
    models = {section.columns[0].field.model: section.columns for section in _sections()}
    models[Scorecard] = schema.SCORECARD
    assert len(models) == 7
    for model, columns in models.items():
        own = {field.name for field in model._meta.get_fields() if field.concrete}
        travels = {column.key for column in columns}
        assert own - ROW - ELSEWHERE.get(model, set()) == travels, model


def _sections():
    return schema.SECTIONS.values()


def test_accounts_measurements_and_names_of_experts_stay(org, alice):
    scorecard = make_lasem(org, alice)
    text = design_as_json(collect_design(scorecard))
    assert scorecard.weight_sets.first().particulars["matrices"][0]["experts"][0]["name"]
    assert "Pakar 1" not in text
    assert alice.email not in text
    assert alice.name not in text
    assert not {"measurements", "periods", "survey_id"} & set(re.findall(r'"(\w+)":', text))


def test_numbers_are_texts_to_the_last_digit(org):
    kpi = factories.kpi(factories.objective(factories.perspective(factories.scorecard(org))))
    factories.target(kpi, worst=0, standard=1, goal="123456789.123456")
    [row] = design_as_data(collect_design(kpi.scorecard))["targets"]
    assert (row["worst"], row["goal"], row["rungs"]) == ("0", "123456789.123456", [])


def test_weights_that_lost_a_member_come_back_as_they_are(org, other_org, alice):
    scorecard = make_bayat(org, alice)
    scorecard.perspectives.get(code="CS").delete()
    exported = collect_design(scorecard)
    assert 0 < sum(exported.weights.perspectives.values()) < 0.99
    copy = imported(read_design(design_as_json(exported).encode()), other_org, alice)
    assert collect_design(copy) == exported


def test_characters_that_no_file_holds_are_left_out(org):
    perspective = factories.perspective(factories.scorecard(org), name="Dua\x01 baris\r\nsaja ")
    design = collect_design(perspective.scorecard)
    assert design.perspectives[0]["name"] == "Dua baris\nsaja"
    assert read_design(design_as_json(design).encode()) == design


def test_whoever_reads_may_export(org, bob, client_for):
    scorecard = factories.scorecard(org, name="Pelanggan ‘Küche’ 顧客")
    answer = client_for(bob).get(page("design-json", scorecard))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''pelanggan-")
    assert json.loads(answer.content)["scorecard"]["name"] == scorecard.name


def test_export_page_offers_both_files(org, bob, client_for):
    scorecard = factories.scorecard(org)
    content = client_for(bob).get(page("export", scorecard)).content.decode()
    assert page("design-json", scorecard) in content
    assert page("design-xlsx", scorecard) in content
    design = client_for(bob).get(page("scorecard", scorecard)).content.decode()
    assert page("export", scorecard) in design
    upload = reverse("scorecards:import", args=[org.slug])
    listing = client_for(bob).get(reverse("scorecards:scorecard-list", args=[org.slug]))
    assert upload not in listing.content.decode()


def test_queries_do_not_grow_with_the_design(org, alice, flat_queries):
    scorecard = factories.scorecard(org, strategy=factories.strategy(org))

    def grow():
        perspective = factories.perspective(scorecard)
        kpi = factories.kpi(factories.objective(perspective))
        factories.target(kpi)
        other = factories.objective(perspective)
        link_objectives(cause=kpi.objective, effect=other, by=alice)
        add_initiative(about=kpi, name="Pelatihan", by=alice)

    grow()
    flat_queries(lambda: collect_design(Scorecard.objects.get(pk=scorecard.pk)), grow)


# -- docs/interchange.md


def example():
    [text] = re.findall(r"```json\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return text


def test_the_example_of_the_guide_is_a_scorecard(other_org, alice):
    design = read_design(example().encode())
    assert design_as_data(design) == json.loads(example())
    copy = imported(design, other_org, alice)
    assert collect_design(copy) == design


def test_the_guide_names_every_key_and_its_kind():
    text = GUIDE.read_text(encoding="utf-8")
    tables = {key: section.columns for key, section in schema.SECTIONS.items()}
    tables |= {"scorecard": schema.SCORECARD, "strategy": schema.STRATEGY}
    for key, columns in tables.items():
        part = re.search(rf"^### `{key}`$(.*?)(?=^##|\Z)", text, re.DOTALL | re.MULTILINE)[1]
        rows = re.findall(r"^\| `(\w+)`(\*?) \| (\w+)", part, re.MULTILINE)
        named = {name: (star == "*", kind) for name, star, kind in rows if name != "missions"}
        wanted = {
            column.key: (column.required, column.kind.value)
            for column in columns
            if column.key != "missions"
        }
        assert named == wanted, key


def test_small_is_read_with_the_models_defaults():
    design = read_design(json.dumps(small()).encode())
    assert design.scorecard["scoring"] == "omax"
    assert design.kpis[0]["status"] == "adopted"
    assert design.targets[0]["valid_from"] == date(2026, 1, 1)
    assert replace(design, weights=None) == read_design(
        json.dumps(small() | {"weights": None}).encode()
    )
