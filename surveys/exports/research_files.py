"""Every file of research data: its name in addresses, what it is for, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scorecards.exports.csv_format import FOR_PROGRAMS, CsvFormat, for_reader
from scorecards.exports.download import (
    CSV,
    JSON,
    XLSX,
    download,
    download_pieces,
    file_name,
)
from surveys.exports.ahp_os import ahp_os_json
from surveys.exports.comparisons import ahpsurvey_csv, ahpsurvey_script, ahpy_json
from surveys.exports.research_csv import table_as_csv
from surveys.exports.research_json import research_as_json
from surveys.exports.research_sav import table_as_sav
from surveys.exports.research_sps import table_as_sps
from surveys.exports.research_table import Table
from surveys.exports.research_tables import long_table, wide_table
from surveys.exports.research_xlsx import research_as_xlsx
from surveys.selectors.research_data import ResearchData

SAV = "application/x-spss-sav"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class ResearchFile:
    """``key`` stands in the address. ``pairwise_only``: a screening has no such file."""

    key: str
    title: str | Promise
    text: str | Promise
    make: Callable[[ResearchData, datetime], HttpResponseBase]
    pairwise_only: bool = False

    def suits(self, *, is_screening: bool) -> bool:
        return not (self.pairwise_only and is_screening)


def _xlsx(data: ResearchData, _now: datetime) -> HttpResponseBase:
    body = research_as_xlsx(data)
    return download(body, name=data.survey.name, ending="xlsx", content_type=XLSX)


def _csv(
    of: Callable[[ResearchData], Table], words: str, form: Callable[[], CsvFormat]
) -> Callable[[ResearchData, datetime], HttpResponseBase]:
    def make(data: ResearchData, _now: datetime) -> HttpResponseBase:
        name = f"{data.survey.name} {words}"
        pieces = table_as_csv(of(data), form())
        return download_pieces(pieces, name=name, ending="csv", content_type=CSV)

    return make


def _for_programs() -> CsvFormat:
    return FOR_PROGRAMS


def _json(data: ResearchData, _now: datetime) -> HttpResponseBase:
    pieces = research_as_json(data)
    return download_pieces(pieces, name=data.survey.name, ending="json", content_type=JSON)


def _sav(data: ResearchData, _now: datetime) -> HttpResponseBase:
    name = data.survey.name
    body = table_as_sav(wide_table(data), name=name)
    return download(body, name=name, ending="sav", content_type=SAV)


def _sps(data: ResearchData, _now: datetime) -> HttpResponseBase:
    name = data.survey.name
    body = table_as_sps(wide_table(data), data, file_name=file_name(name, "sav"))
    return download(body, name=name, ending="sps", content_type=PLAIN)


def _ahp_os(data: ResearchData, now: datetime) -> HttpResponseBase:
    name = f"{data.survey.name} AHP-OS"
    return download(ahp_os_json(data, now), name=name, ending="json", content_type=JSON)


def _ahpy(data: ResearchData, _now: datetime) -> HttpResponseBase:
    name = f"{data.survey.name} ahpy"
    return download(ahpy_json(data), name=name, ending="json", content_type=JSON)


def _ahpsurvey_name(data: ResearchData) -> str:
    return f"{data.survey.name} ahpsurvey"


def _ahpsurvey(data: ResearchData, _now: datetime) -> HttpResponseBase:
    body = ahpsurvey_csv(data)
    return download(body, name=_ahpsurvey_name(data), ending="csv", content_type=CSV)


def _ahpsurvey_r(data: ResearchData, _now: datetime) -> HttpResponseBase:
    name = _ahpsurvey_name(data)
    body = ahpsurvey_script(data, file_name=file_name(name, "csv"))
    return download(body, name=name, ending="R", content_type=PLAIN)


GROUPS: tuple[tuple[str | Promise, tuple[ResearchFile, ...]], ...] = (
    (
        _("To read and to compute along"),
        (
            ResearchFile(
                "data.xlsx",
                _("Excel workbook"),
                _(
                    "Everything, one sheet for each table, with a codebook. Weights and "
                    "consistency are live formulas: change a cell and see what follows."
                ),
                _xlsx,
            ),
            ResearchFile(
                "table-wide.csv",
                _("CSV for your spreadsheet, wide"),
                _(
                    "One row for each expert. Cells and decimals are parted as spreadsheets in "
                    "your language expect it."
                ),
                _csv(wide_table, "wide spreadsheet", for_reader),
            ),
            ResearchFile(
                "table-long.csv",
                _("CSV for your spreadsheet, long"),
                _(
                    "One row for each answer that was ever given. Cells and decimals are parted as "
                    "spreadsheets in your language expect it."
                ),
                _csv(long_table, "long spreadsheet", for_reader),
            ),
        ),
    ),
    (
        _("For statistics programs"),
        (
            ResearchFile(
                "answers.sav",
                _("SPSS data"),
                _("One row for each expert, with labels, missing values and levels."),
                _sav,
            ),
            ResearchFile(
                "answers.sps",
                _("SPSS syntax"),
                _("Opens the SPSS data, labels it and checks it. Keep both in one folder."),
                _sps,
            ),
            ResearchFile(
                "answers-wide.csv",
                _("CSV, wide"),
                _(
                    "One row for each expert, one column for each question: the answers in force. "
                    "Commas and decimal points, in every language."
                ),
                _csv(wide_table, "wide", _for_programs),
            ),
            ResearchFile(
                "answers-long.csv",
                _("CSV, long"),
                _(
                    "One row for each answer that was ever given, changed ones too. "
                    "Commas and decimal points, in every language."
                ),
                _csv(long_table, "long", _for_programs),
            ),
            ResearchFile(
                "data.json",
                "JSON",
                _("Everything, with its codebook, for programs of your own."),
                _json,
            ),
        ),
    ),
    (
        _("For other programs of the method"),
        (
            ResearchFile(
                "ahp-os.json",
                _("AHP-OS project"),
                _(
                    "A project file that the import of AHP-OS (bpmsg.com) reads. It knows only "
                    "whole parts: one in which an expert left comparisons out is without that "
                    "expert."
                ),
                _ahp_os,
                pairwise_only=True,
            ),
            ResearchFile(
                "ahpsurvey.csv",
                _("Table for R's ahpsurvey"),
                _("Judgements from -9 to 9, a column for each pair."),
                _ahpsurvey,
                pairwise_only=True,
            ),
            ResearchFile(
                "ahpsurvey.R",
                _("Script for R's ahpsurvey"),
                _(
                    "Reads that table and computes every part, of experts who answered it whole. "
                    "Keep both in one folder."
                ),
                _ahpsurvey_r,
                pairwise_only=True,
            ),
            ResearchFile(
                "ahpy.json",
                _("Comparisons for Python's ahpy"),
                _("Ratios of the group and of each expert, part by part."),
                _ahpy,
                pairwise_only=True,
            ),
        ),
    ),
)
FILES = {file.key: file for _title, files in GROUPS for file in files}


def file_groups(*, is_screening: bool) -> list[tuple[str | Promise, list[ResearchFile]]]:
    """What the export page offers: titles with their files, none of them empty."""
    groups = [
        (title, [file for file in files if file.suits(is_screening=is_screening)])
        for title, files in GROUPS
    ]
    return [(title, files) for title, files in groups if files]
