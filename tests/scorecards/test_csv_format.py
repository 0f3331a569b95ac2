"""One rule for every CSV file that the site writes, and what its readers take."""

import ast
import csv
import io
from pathlib import Path

import pytest
from django.utils import translation

from scorecards.exports.cells import number_cell
from scorecards.exports.csv_format import FOR_PROGRAMS, for_reader
from scorecards.interchange.csv_reading import declared_separator

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("language", "line"),
    [("id", "\ufeffKPI;1234567,25;a, b\r\n"), ("en", '\ufeffKPI,1234567.25,"a, b"\r\n')],
)
def test_cells_and_decimals_follow_the_reader(language, line) -> None:
    with translation.override(language):
        assert for_reader().text([["KPI", number_cell(1234567.25), "a, b"]]) == line


@pytest.mark.parametrize("language", ["id", "en"])
def test_separator_is_never_the_decimal_mark(language) -> None:
    with translation.override(language):
        form = for_reader()
    assert form.separator != form.decimal_mark
    assert FOR_PROGRAMS.separator != FOR_PROGRAMS.decimal_mark


def test_what_is_written_is_read_back() -> None:
    rows = [["a;b", 'c"d', "e,f"], ["", "two\nlines", "-1"]]
    for language in ("id", "en"):
        with translation.override(language):
            form = for_reader()
        text = form.text(rows).removeprefix("\ufeff")
        assert list(csv.reader(io.StringIO(text, newline=""), delimiter=form.separator)) == rows


def test_csv_is_written_in_one_place() -> None:
    writers = [
        str(path.relative_to(ROOT))
        for app in ("organizations", "scorecards", "surveys")
        for path in sorted((ROOT / app).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"writer", "DictWriter"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "csv"
    ]
    # The second writes the text of a box on a page, not a file.
    assert writers == ["scorecards/exports/csv_format.py", "surveys/expert_list/text.py"]


@pytest.mark.parametrize(
    ("text", "separator", "rest"),
    [
        ("sep=;\r\na;b", ";", "a;b"),
        ("SEP=,\na,b", ",", "a,b"),
        ('"sep=;"\na;b', ";", "a;b"),
        ("sep=\t\na\tb", "\t", "a\tb"),
        ("sep=;", ";", ""),
        ("sep=ab\nc", "", "sep=ab\nc"),
        ("name;sep=;", "", "name;sep=;"),
        ("", "", ""),
    ],
)
def test_first_line_may_say_what_parts_the_cells(text, separator, rest) -> None:
    assert declared_separator(text) == (separator, rest)
