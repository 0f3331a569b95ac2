"""What a workbook is refused for, and how its cells are read."""

import io
import itertools
import json
import resource
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from scorecards.exports.design_xlsx import design_as_xlsx
from scorecards.interchange import first_version, schema, sheets
from scorecards.interchange.document import FileRefused
from scorecards.interchange.reading import read_design
from tests.scorecards.designs import small

CONTENT_TYPES = "[Content_Types].xml"


def workbook(change=None, document=None):
    """The workbook of the small design, in English; ``change`` edits it as Excel would."""
    with translation.override("en"):
        content = design_as_xlsx(read_design(json.dumps(document or small()).encode()))
    if change is None:
        return content
    book = load_workbook(io.BytesIO(content))
    change(book)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(sheet, header, row=2):
    """The cell under a header."""
    column = next(c.column for c in sheet[1] if str(c.value).removesuffix(" *") == header)
    return sheet.cell(row, column)


def put(title, header, value, row=2, number_format=None):
    def change(book):
        found = cell(book[title], header, row)
        found.value = value
        if number_format:
            found.number_format = number_format

    return workbook(change)


def refusal(content):
    with pytest.raises(FileRefused) as refused, translation.override("en"):
        read_design(content)
    return [str(fault) for fault in refused.value.faults]


# -- Archives that are no plain workbook


def archive(entries, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in entries:
            made.writestr(name, content)
    return file.getvalue()


def added(*entries):
    """A good workbook with more in it."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as good:
        own = [(name, good.read(name)) for name in good.namelist()]
    return archive([*own, *entries])


def replaced(name, content):
    with zipfile.ZipFile(io.BytesIO(workbook())) as good:
        own = {each: good.read(each) for each in good.namelist()}
    return archive((own | {name: content}).items())


def encrypted():
    content = bytearray(workbook())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 1)
    return bytes(content)


def of_a_later_version():
    """The directory says that it takes version 15.7 of the format to unpack an entry."""
    content = bytearray(workbook())
    content[content.find(b"PK\x01\x02") + 6] = 157
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (lambda: workbook()[:-500], "damaged"),
        (of_a_later_version, "damaged"),
        (lambda: b"PK\x03\x04" + b"x" * 100, "damaged"),
        (lambda: added(("xl/vbaProject.bin", b"x")), "macros"),
        (lambda: added(("../../x", b"x" * 30 * 1024**2)), "unpacks"),
        (lambda: added(("x", b"x" * 41 * 1024**2)), "unpacks"),
        (lambda: added(*((f"x{number}", b"") for number in range(200))), "unpacks"),
        (encrypted, "password"),
        (lambda: archive([("word/document.xml", b"<x/>")]), "no Excel"),
        (lambda: replaced("xl/workbook.xml", b"<workbook"), "damaged"),
        (lambda: replaced("xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row"), "damaged"),
        (lambda: saved(Workbook()), "Scorecard"),
    ],
)
def test_archives_that_are_no_such_workbook(content, word):
    [fault] = refusal(content())
    assert word in fault


def test_a_bomb_is_refused_by_its_directory_alone():
    bomb = archive(
        [(CONTENT_TYPES, b""), ("xl/workbook.xml", b""), ("bomb", b"\0" * 200 * 1024**2)]
    )
    assert len(bomb) < 1024**2
    before, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "unpacks" in refusal(bomb)[0]
    assert time.monotonic() - before < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 20_000


def test_an_entity_bomb_is_refused():
    entities = "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12)
    )
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><sst>&e11;</sst>'
    before = time.monotonic()
    assert "damaged" in refusal(replaced("xl/sharedStrings.xml", bomb.encode()))[0]
    assert time.monotonic() - before < 1


def test_the_size_that_a_sheet_claims_is_not_believed():
    with zipfile.ZipFile(io.BytesIO(workbook())) as good:
        [name] = [
            name
            for name in good.namelist()
            if name.startswith("xl/worksheets/sheet") and b"Kepuasan" in _texts(good, name)
        ]
        sheet = good.read(name).decode()
    start = sheet.index("<dimension")
    end = sheet.index(">", start) + 1
    for claimed in ("A1:B2", "A1:XFD1048576"):
        lie = f'{sheet[:start]}<dimension ref="{claimed}"/>{sheet[end:]}'
        before = time.monotonic()
        assert len(read_design(replaced(name, lie.encode())).kpis) == 2
        assert time.monotonic() - before < 3


def _texts(archive, name):
    """The shared strings that a sheet uses, as one text."""
    strings = archive.read("xl/sharedStrings.xml").split(b"<si>")[1:]
    sheet = archive.read(name)
    return b" ".join(
        text for number, text in enumerate(strings) if b't="s"><v>%d</v>' % number in sheet
    )


# -- Rows and headers


def test_rows_far_below_are_refused_rather_than_left_out():
    def far(book):
        book["KPIs"]["A20002"] = "C-1"

    assert any("20000" in fault for fault in refusal(workbook(far)))


def test_too_many_rows():
    def many(book):
        sheet = book["Perspectives"]
        for row in range(2, 60):
            sheet.cell(row, 1, f"P{row}")
            sheet.cell(row, 2, "Perspektif")

    assert any("30" in fault for fault in refusal(workbook(many)))


def test_each_fault_names_sheet_row_and_column():
    def spoil(book):
        cell(book["KPIs"], "Unit", 3).value = "x" * 31
        cell(book["Targets"], "KPI").value = "Kepuasan"
        cell(book["Targets"], "Standard (level 3)").value = "tujuh"

    faults = refusal(workbook(spoil))
    assert faults[0].startswith("KPIs, row 3, column “Unit”: ")
    assert faults[1].startswith("Targets, row 2, column “Standard (level 3)”: ")
    assert faults[2].startswith("Targets, row 2, column “KPI”: ")
    assert "K1" in faults[2]


def test_something_above_the_headers_does_no_harm():
    def title(book):
        book["KPIs"].insert_rows(1, 2)
        book["KPIs"]["A1"] = "KPI kami tahun ini"

    assert len(read_design(workbook(title)).kpis) == 2


def test_sheets_without_headers_or_with_strange_columns():
    def spoil(book):
        book["Links"].delete_rows(1)
        book["KPIs"].cell(1, 30, "Warna")
        book["KPIs"].cell(2, 31, "merah")
        book["Objectives"].delete_cols(3)
        book["Initiatives"].cell(1, 20, "Notes")
        book.copy_worksheet(book["Targets"]).title = "target"
        book["Strategy"]["A20"] = "Motto"
        book["Strategy"]["B20"] = "Maju"

    faults = " / ".join(refusal(workbook(spoil)))
    for words in (
        "Links: The headers",
        "KPIs, row 1: The column “Warna”",
        "KPIs, row 2: “merah”",
        "Objectives: The column “Objective” is missing",
        "Initiatives, row 1: A column stands here twice",
        "Strategy, row 20: “Motto”",
    ):
        assert words in faults


def test_sheets_of_ones_own_are_left_alone():
    def add(book):
        book.create_sheet("Catatan")["A1"] = "Rapat 3 Mei"

    assert len(read_design(workbook(add)).kpis) == 2


def test_missions_have_no_gap():
    def gap(book):
        sheet = book["Strategy"]
        [row] = [c.row for c in sheet["A"] if c.value == "Mission 1"]
        sheet.cell(row, 2).value = None

    assert any("Mission 1" in fault for fault in refusal(workbook(gap)))


def test_a_mission_that_is_too_long():
    def fill(book):
        sheet = book["Strategy"]
        [row] = [c.row for c in sheet["A"] if c.value == "Mission 2"]
        sheet.cell(row, 2).value = "x" * 1001

    [fault] = refusal(workbook(fill))
    assert fault.startswith("Strategy, row ")


def test_without_a_strategy_there_is_none():
    design = read_design(workbook(document=small() | {"strategy": None, "objectives": [], **EMPTY}))
    assert design.strategy is None


EMPTY = {"links": [], "kpis": [], "targets": [], "initiatives": [], "weights": None}


# -- Cells


@pytest.mark.parametrize(
    ("value", "number_format", "number"),
    [
        (70, None, "70"),
        (70.5, None, "70.5"),
        (0.1 + 0.2 + 60, None, "60.3"),
        ("70,5", None, "70.5"),
        ("70.5 %", None, "70.5"),
        (0.705, "0.0%", "70.5"),
        (" 70 ", None, "70"),
    ],
)
def test_numbers_as_excel_or_people_write_them(value, number_format, number):
    content = put("Targets", "Standard (level 3)", value, number_format=number_format)
    assert read_design(content).targets[0]["standard"] == Decimal(number)


@pytest.mark.parametrize(
    ("title", "header", "value", "word"),
    [
        ("Targets", "Standard (level 3)", "1.500", "1500"),
        ("Targets", "Standard (level 3)", date(2026, 5, 1), "date"),
        ("Targets", "Standard (level 3)", True, "TRUE"),
        ("Targets", "Standard (level 3)", "#DIV/0!", "#DIV/0!"),
        ("Targets", "Standard (level 3)", "=1/3", "formula"),
        ("Targets", "Valid from", "besok", "2026-07-01"),
        ("Targets", "Kind of target", "perkiraan", "perkiraan"),
        ("KPIs", "Decimals", 1.5, "whole"),
        ("KPIs", "Decimals", 1e40, "6"),
        ("KPIs", "Name", datetime(2026, 5, 1, 7), "date"),
        ("KPIs", "Names of the numbers", "baru", "new ="),
        ("Objectives", "Missions it supports", 1.2, "1; 3"),
        ("Objectives", "Missions it supports", "satu", "1; 3"),
    ],
)
def test_cells_that_can_not_be_read(title, header, value, word):
    [fault] = refusal(put(title, header, value))
    assert fault.startswith(f"{title}, row 2")
    assert word in fault


@pytest.mark.parametrize(
    ("title", "header", "value", "key", "found"),
    [
        ("Targets", "Valid from", datetime(2026, 7, 1), "valid_from", date(2026, 7, 1)),
        ("Targets", "Valid from", "1-7-2026", "valid_from", date(2026, 7, 1)),
        ("Targets", "Valid from", 46204, "valid_from", date(2026, 7, 1)),
        ("KPIs", "Unit", 5, "unit", "5"),
        ("KPIs", "Unit", 1.5, "unit", "1.5"),
        ("KPIs", "Status", " Calon ", "status", "candidate"),
        ("KPIs", "Status", "Calon KPI", "status", "candidate"),
        ("KPIs", "Status", "candidate", "status", "candidate"),
        ("Initiatives", "Progress in percent", 0.4, "progress", 40),
        ("Initiatives", "Progress in percent", "40 %", "progress", 40),
        ("Initiatives", "Budget in rupiah", "500.000", "budget", Decimal(500_000)),
        ("Initiatives", "Budget in rupiah", "Rp 1,5 juta", "budget", Decimal(1_500_000)),
        ("Objectives", "Missions it supports", 2, "missions", (2,)),
        ("Objectives", "Missions it supports", "2, 1", "missions", (1, 2)),
    ],
)
def test_cells_that_can_be_read(title, header, value, key, found):
    form = "0%" if header.startswith("Progress") else None
    design = read_design(put(title, header, value, number_format=form))
    assert design.section(title.lower())[0][key] == found


def test_words_of_version_0_1_0_still_mean_what_they_meant():
    """A better word for one column never takes the head that another had in people's files."""
    for section, headers in first_version.words()["headers"].items():
        for header, name in headers.items():
            found = sheets.headers_of(section)[header]
            rung = "" if found.rung is None else f" {found.rung}"
            assert f"{found.column.key}{rung}" == name, (section, header)
    columns = (
        schema.SCORECARD,
        schema.STRATEGY,
        *(each.columns for each in schema.SECTIONS.values()),
    )
    by_name = {
        f"{column.field.model._meta.model_name}.{column.key}": column
        for column in itertools.chain(*columns)
    }
    for name, choices in first_version.words()["choices"].items():
        assert sheets.choices_of(by_name[name]).items() >= choices.items()
    assert sheets.sheet_keys().items() >= first_version.words()["sheets"].items()


def test_a_stored_result_of_a_formula_is_taken():
    """As Excel stores it: both the formula and its result stand in the cell."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as good:
        sheets = {name: good.read(name) for name in good.namelist()}
    [(name, sheet)] = [(name, xml) for name, xml in sheets.items() if b"<v>95.5</v>" in xml]
    computed = sheet.replace(b"<v>95.5</v>", b"<f>90+5.5</f><v>95.5</v>")
    assert read_design(replaced(name, computed)).targets[0]["goal"] == Decimal("95.5")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (b"NaN", "damaged"),
        (b"INF", "damaged"),
        (b"1e400", "Targets, row 2, column “Target (level 10)”: "),
    ],
)
def test_a_number_that_is_none(value, words):
    with zipfile.ZipFile(io.BytesIO(workbook())) as good:
        sheets = {name: good.read(name) for name in good.namelist()}
    [(name, sheet)] = [(name, xml) for name, xml in sheets.items() if b"<v>95.5</v>" in xml]
    [fault] = refusal(replaced(name, sheet.replace(b"<v>95.5</v>", b"<v>%b</v>" % value)))
    assert words in fault


def test_a_ladder_stands_in_eleven_cells():
    document = small()
    rungs = [str(rung) for rung in range(0, 110, 10)]
    document["targets"] = [
        {"kpi": "K1", "valid_from": "2026-01-01", "kind": "ladder", "rungs": rungs}
    ]
    content = workbook(document=document)
    assert [str(rung) for rung in read_design(content).targets[0]["rungs"]] == rungs

    def spoil(book):
        cell(book["Targets"], "Value of level 4").value = 5

    [fault] = refusal(workbook(spoil, document))
    assert "Values of the levels" in fault
