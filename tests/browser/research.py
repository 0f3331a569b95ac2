"""Research data as people get it: downloaded by a press, opened as their programs do."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pyreadstat
from playwright.sync_api import Page

Rows = list[dict[str, Any]]


def fetch(page: Page, key: str, folder: Path) -> Path:
    """The file behind the button of the page with all research files."""
    with page.expect_download() as waiting:
        page.locator(f"button[formaction$='/{key}']").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def workbook_rows(path: Path, *columns: str) -> Rows:
    """The sheet with these columns; sheets have names in the reader's language."""
    for sheet in openpyxl.load_workbook(path, data_only=True):
        names, *rows = sheet.iter_rows(values_only=True)
        if set(columns) <= set(names):
            return [dict(zip(names, row, strict=True)) for row in rows]
    raise AssertionError(f"no sheet of {path.name} has {columns}")


def csv_rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def json_tables(path: Path) -> dict[str, Rows]:
    return json.loads(path.read_text(encoding="utf-8"))["tables"]


def sav_data(path: Path) -> pandas.DataFrame:
    data, _meta = pyreadstat.read_sav(path)
    return data
