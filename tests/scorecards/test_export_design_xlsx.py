"""The same design as a workbook: to fill in, and read back by other programs and by us."""

import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings as site
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from scorecards.exports.design_xlsx import design_as_xlsx
from scorecards.interchange import schema, sheets
from scorecards.interchange.collecting import collect_design
from scorecards.interchange.document import FileRefused
from scorecards.interchange.reading import read_design
from surveys.demo.bayat import make_bayat
from surveys.demo.lasem import make_lasem
from tests import factories
from tests.scorecards.designs import designs, small
from tests.scorecards.pages import page

LANGUAGES = [code for code, _name in site.LANGUAGES]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [make_lasem, make_bayat])
def test_a_workbook_is_read_back_in_either_language(org, alice, make, language):
    design = collect_design(make(org, alice))
    with translation.override(language):
        workbook = design_as_xlsx(design)
    for other in LANGUAGES:
        with translation.override(other):
            assert read_design(workbook) == replace(design, weights=None)


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(design=designs())
def test_any_design_comes_back_from_its_workbook(design):
    assert read_design(design_as_xlsx(design)) == replace(design, weights=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_numbers_are_not_rounded(language):
    best = "123456789012345.123456"
    document = small()
    document["targets"][0]["goal"] = best
    design = read_design(json.dumps(document).encode())
    with translation.override(language):
        [row] = read_design(design_as_xlsx(design)).targets
    assert row["goal"] == Decimal(best)


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1+1", "_x0041_", "http://a"]
)
def test_no_text_becomes_a_formula(org, start):
    text = f"{start} HYPERLINK"
    scorecard = factories.scorecard(org, name=text)
    perspective = factories.perspective(scorecard, name=text)
    kpi = factories.kpi(factories.objective(perspective, statement=text), name=text)
    factories.target(kpi)
    workbook = design_as_xlsx(collect_design(scorecard))
    book = load_workbook(io.BytesIO(workbook))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.value.strip() for cell in cells if "HYPERLINK" in str(cell.value)]
    design = read_design(workbook)
    assert {design.scorecard["name"], design.perspectives[0]["name"]} == {text.strip()}


def test_headers_are_locked_and_cells_are_not(org):
    workbook = load_workbook(io.BytesIO(design_as_xlsx()))
    with translation.override("id"):
        titles = [str(section.title) for section in schema.SECTIONS.values()]
    assert set(titles) <= set(workbook.sheetnames)
    for title in titles:
        sheet = workbook[title]
        assert sheet.protection.sheet
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].protection.locked
        assert sheet.column_dimensions["A"].width > 10
        assert sheet["A1"].comment or sheet["B1"].comment
    dimensions = [workbook[title].column_dimensions["A"] for title in titles]
    assert not any(each.protection.locked for each in dimensions)


def test_choices_and_codes_are_offered(org):
    with translation.override("id"):
        workbook = load_workbook(io.BytesIO(design_as_xlsx()))
        kpis = workbook[str(schema.KPIS.title)]
        objectives = str(schema.OBJECTIVES.title)
    sources = {each.formula1 for each in kpis.data_validations.dataValidation}
    assert any(objectives in source for source in sources)
    assert len(sources) > 4


def test_words_of_a_sheet_mean_one_thing_in_both_languages():
    """Headers, titles and choices are known by their words, so no two may be called the same."""
    for key in (*schema.SECTIONS, "scorecard", "strategy"):
        columns = {"scorecard": schema.SCORECARD, "strategy": schema.STRATEGY}
        given_columns = columns.get(key) or schema.SECTIONS[key].columns
        wanted = sheets.sheet_columns(given_columns)
        for language in LANGUAGES:
            with translation.override(language):
                headers = [sheets.normal(each.header) for each in wanted]
            assert [sheets.headers_of(key)[header] for header in headers] == wanted
        for column in given_columns:
            if column.kind is schema.Kind.CHOICE:
                for language in LANGUAGES:
                    with translation.override(language):
                        found = {
                            value: sheets.choices_of(column)[sheets.normal(label)]
                            for value, label in column.choices.items()
                        }
                    assert all(value == chosen for value, chosen in found.items()), column
    for language in LANGUAGES:
        with translation.override(language):
            titles = [str(section.title) for section in schema.SECTIONS.values()]
            titles += [str(sheets.GUIDE), str(sheets.STRATEGY), str(sheets.CHOICES)]
        assert len(set(titles)) == len(titles)
        assert all(len(title) <= 31 for title in titles)


def test_whoever_reads_gets_the_empty_template(org, bob, client_for):
    answer = client_for(bob).get(reverse("scorecards:import-template", args=[org.slug]))
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in answer["Content-Disposition"]
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    with pytest.raises(FileRefused) as refusal:
        read_design(answer.content)
    # Only the name is missing from an empty one.
    assert len(refusal.value.faults) == 1


def test_whoever_reads_may_export_the_workbook(org, bob, client_for):
    scorecard = factories.scorecard(org, name="Pelanggan")
    answer = client_for(bob).get(page("design-xlsx", scorecard))
    assert read_design(answer.content).scorecard["name"] == "Pelanggan"
    assert "pelanggan.xlsx" in answer["Content-Disposition"]
