"""The rows of a table of judgements: whose they are, and what they say of that person."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from organizations.text_fields import visible_line
from scorecards.interchange.document import Faults, ValueFault, refused, too_many
from scorecards.interchange.values import check_text, shown
from surveys.interchange.project import LONGEST_NAME
from surveys.judgement_files.given import MOST_ANSWERS, MOST_EXPERTS, Given, GivenExpert
from surveys.judgement_files.grids import Grid
from surveys.judgement_files.labels import Labels
from surveys.models.invitation import LARGEST_EXPERT_WEIGHT

WEIGHT = re.compile(r"\d{1,6}(?:[.,]\d{1,17})?", re.ASCII)


def header_of(grid: Grid) -> tuple[int, dict[str, int]]:
    """The first row that has something, and the column of each of its words."""
    row = next(iter(grid.numbers), 0)
    return row, {text: place for place, text in enumerate(grid.rows.get(row, ())) if text}


class Rows:
    """Goes through the rows of one table."""

    def __init__(self, grid: Grid, labels: Labels, faults: Faults) -> None:
        self.grid = grid
        self.labels = labels
        self.parts = labels.parts
        self.faults = faults
        self.header, self.columns = header_of(grid)
        if len(self.columns) < sum(map(bool, grid.rows.get(self.header, ()))):
            raise refused(_("A column stands here twice."), grid.place(self.header, 0))
        self.experts: dict[str, GivenExpert] = {}
        self.remarks: list[str] = []
        self.left_out = 0
        self.count = 0

    @property
    def numbers(self) -> list[int]:
        return [number for number in self.grid.numbers if number > self.header]

    def text(self, row: int, key: str) -> str:
        return self.grid.text(row, self.columns[key]) if key in self.columns else ""

    def fault(self, row: int, key: str, fault: object) -> None:
        self.faults.add(self.grid.place(row, self.columns.get(key, 0)), str(fault))

    def expert(self, row: int, name: str, code: str = "") -> GivenExpert:
        """The person of a row, with what the row says of him."""
        about: dict[str, Any] = {"name": self._line(row, "name", name), "code": code}
        for key in ("position", "institution"):
            about[key] = self._line(row, key, self.text(row, key))
        for key in ("started_at", "submitted_at"):
            about[key] = self._moment(row, key)
        return GivenExpert(**about, weight=self._weight(row))

    def add(self, row: int, key: str, expert: GivenExpert, part: int, given: Given) -> None:
        """Append an answer to those of an expert, who is known by ``key``."""
        known = self.experts.setdefault(key, expert)
        answers = dict(known.answers)
        answers[part] = (*answers.get(part, ()), given)
        self.experts[key] = replace(known, answers=answers)
        self.count += 1
        if self.count > MOST_ANSWERS or len(self.experts) > MOST_EXPERTS:
            most = MOST_EXPERTS if len(self.experts) > MOST_EXPERTS else MOST_ANSWERS
            raise refused(too_many(most + 1, most), self.grid.place(row, 0))

    def _line(self, row: int, key: str, text: str) -> str:
        try:
            return visible_line(check_text(without_apostrophe(text), LONGEST_NAME))
        except ValueFault as fault:
            self.fault(row, key, fault)
            return ""

    def _moment(self, row: int, key: str) -> str | None:
        return self.moment(row, key) if self.text(row, key) else None

    def moment(self, row: int, key: str) -> str | None:
        """An ISO text in UTC; a moment that can't be read is a fault."""
        text = self.text(row, key)
        try:
            found = parse_datetime(text)
        except ValueError:
            found = None
        if found is None or not 1970 <= found.year < 2200:
            self.fault(row, key, _("“%(value)s” is no date and time.") % {"value": shown(text)})
            return None
        return _in_utc(found).isoformat()

    def _weight(self, row: int) -> float:
        text = self.text(row, "expert_weight")
        value = float(text.replace(",", ".")) if WEIGHT.fullmatch(text) else None
        if text and (value is None or value > LARGEST_EXPERT_WEIGHT):
            self.fault(
                row,
                "expert_weight",
                _("“%(value)s” is no expert weight from 0 to %(most)d.")
                % {"value": shown(text), "most": LARGEST_EXPERT_WEIGHT},
            )
        return 1.0 if value is None else value


def without_apostrophe(text: str) -> str:
    """Our CSV files have one before what a spreadsheet would run as a formula."""
    return text[1:] if text.startswith("'") else text


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
