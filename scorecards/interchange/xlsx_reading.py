"""A design from a workbook. Sheets and headers are known by their words, in either language."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from scorecards.interchange import first_version, schema, sheets
from scorecards.interchange.cells import FORMULA, Cell, Measure, is_empty, read_cell
from scorecards.interchange.document import (
    Faults,
    FileRefused,
    Source,
    SourceRow,
    ValueFault,
    refused,
    too_many,
)
from scorecards.interchange.schema import SECTIONS, Column, Kind
from scorecards.interchange.sheets import SheetColumn
from scorecards.interchange.values import check_text, check_value, shown
from scorecards.interchange.workbook import LAST_ROW, OpenedWorkbook, check_archive

# Something may be written above the headers.
LAST_HEADER_ROW = 10
SURE_HEADERS = 2
SETTING_CELLS = 2
Cells = tuple[Cell, ...]
# KPI code -> how its numbers are written.
Measures = Mapping[str, Measure]


def read_xlsx(content: bytes, faults: Faults) -> Source:
    """Raises FileRefused for what is no such workbook; other faults are collected."""
    check_archive(content)
    try:
        with OpenedWorkbook(content) as book:
            return _Reader(book, faults).read()
    except FileRefused:
        raise
    except Exception as error:
        # A damaged or hostile file makes openpyxl stumble in any way there is.
        raise refused(_("This Excel file is damaged and can't be read.")) from error


class _Reader:
    def __init__(self, book: OpenedWorkbook, faults: Faults) -> None:
        self.book = book
        self.faults = faults
        self.titles = self._find_sheets()
        self.is_first_version = False
        self.leaves_words_open = True

    def read(self) -> Source:
        if "scorecard" not in self.titles:
            raise refused(
                _("This workbook has no sheet “%(title)s”. Begin with the empty template.")
                % {"title": sheets.SCORECARD}
            )
        scorecard = self._read_settings("scorecard", schema.SCORECARD)
        strategy = self._read_settings("strategy", schema.STRATEGY)
        sections: dict[str, list[SourceRow]] = {}
        for key in SECTIONS:
            measures = _measures(sections["kpis"]) if key == "targets" else {}
            sections[key] = self._read_section(key, measures) if key in self.titles else []
        if self.is_first_version and self.leaves_words_open:
            scorecard.values["anchor_words"] = first_version.LASEM
        return Source(scorecard, strategy, sections)

    def _find_sheets(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for title in self.book.titles:
            key = sheets.sheet_keys().get(sheets.normal(title))
            if key in found:
                self.faults.add(title, _("There are two sheets of this kind. Keep one."))
            elif key:
                found[key] = title
        return found

    def _read_settings(self, key: str, columns: tuple[Column, ...]) -> SourceRow | None:
        """A sheet of two columns: what it is, and its value."""
        known, missions = sheets.headers_of(key), sheets.mission_numbers()
        places: dict[str, int] = {}
        row = SourceRow({}, lambda column: self._cell_place(key, places.get(column)))
        texts: dict[int, str] = {}
        filled: dict[str, Cell] = {}
        for number, cells in self._filled_rows(key, schema.MOST_MISSIONS * 2):
            label = sheets.normal(cells[0].value or "")
            if key == "strategy" and label in missions and len(cells) >= SETTING_CELLS:
                self._read_mission(texts, missions[label], cells[1], number)
            elif label in known and len(cells) >= SETTING_CELLS:
                name = known[label].column.key
                places[name], filled[name] = number, cells[1]
            elif number > 1 and len(cells) >= SETTING_CELLS and not is_empty(cells[1]):
                self.faults.add(
                    self._cell_place(key, number),
                    _("“%(label)s” is not known here.") % {"label": shown(cells[0].value or "")},
                )
        if key == "strategy" and not texts and all(map(is_empty, filled.values())):
            return None
        words = filled.get("anchor_words")
        if words is not None and not is_empty(words):
            self.leaves_words_open = False
        for column in columns:
            self._take(row, SheetColumn(column), filled.get(column.key), Measure())
        if key == "strategy":
            row.values["missions"] = self._numbered(texts)
        return row

    def _read_mission(self, texts: dict[int, str], number: int, cell: Cell, row: int) -> None:
        if is_empty(cell):
            return
        try:
            text = read_cell(schema.STRATEGY[-1], cell)
            texts[number] = check_text(text, schema.LONGEST_MISSION)
        except ValueFault as fault:
            texts[number] = ""  # the numbers of the others stay
            self.faults.add(self._cell_place("strategy", row), str(fault))

    def _numbered(self, texts: dict[int, str]) -> tuple[str, ...]:
        """Objectives name missions by number, so there may be no gap."""
        for number in range(1, max(texts, default=0)):
            if number not in texts:
                self.faults.add(
                    self.titles["strategy"],
                    _("Mission %(number)d is empty, but a later one isn't. Move them up.")
                    % {"number": number},
                )
        return tuple(texts[number] for number in sorted(texts))

    def _read_section(self, key: str, measures: Measures) -> list[SourceRow]:
        section, rows = SECTIONS[key], self._filled_rows(key, SECTIONS[key].most)
        columns: dict[int, SheetColumn] = {}
        found: list[SourceRow] = []
        for number, cells in rows:
            if columns:
                found.append(self._read_row(key, columns, number, cells, measures))
            else:
                columns = self._find_headers(key, number, cells)
            if not columns and number >= LAST_HEADER_ROW:
                break
        if not columns:
            self.faults.add(self.titles[key], _("The headers are missing from this sheet."))
            return []
        given = {each.column.key for each in columns.values()}
        for column in section.columns:
            if column.required and column.key not in given:
                self.faults.add(
                    self.titles[key],
                    _("The column “%(column)s” is missing.") % {"column": column.label},
                )
        return found

    def _find_headers(self, key: str, number: int, cells: Cells) -> dict[int, SheetColumn]:
        known = sheets.headers_of(key)
        words = {
            place: sheets.normal(cell.value)
            for place, cell in enumerate(cells)
            if not is_empty(cell)
        }
        found = {place: known[word] for place, word in words.items() if word in known}
        if len(found) < SURE_HEADERS:
            return {}
        if any(first_version.is_first_header(key, words[place]) for place in found):
            self.is_first_version = True
        for place in words.keys() - found.keys():
            self.faults.add(
                self._place(key, number),
                _("The column “%(column)s” is not known.") % {"column": shown(cells[place].value)},
            )
        if len(set(found.values())) < len(found):
            self.faults.add(self._place(key, number), _("A column stands here twice."))
        return found

    def _read_row(
        self,
        key: str,
        columns: dict[int, SheetColumn],
        number: int,
        cells: Cells,
        measures: Measures,
    ) -> SourceRow:
        labels = {each.column.key: each.column.label for each in columns.values()}
        row = SourceRow({}, lambda column: self._place(key, number, labels.get(column, "")))
        by_column = {each: cells[place] for place, each in columns.items() if place < len(cells)}
        measure = measures.get(_code_in(by_column), Measure())
        for column in SECTIONS[key].columns:
            if column.kind is Kind.RUNGS:
                self._take_rungs(row, column, by_column, measure)
            else:
                each = SheetColumn(column)
                self._take(row, each, by_column.get(each), measure)
        for place, cell in enumerate(cells):
            if place not in columns and not is_empty(cell):
                self.faults.add(
                    self._place(key, number),
                    _("“%(value)s” stands in a column without a header.")
                    % {"value": shown(cell.value)},
                )
        return row

    def _take(self, row: SourceRow, each: SheetColumn, cell: Cell | None, measure: Measure) -> None:
        column = each.column
        try:
            value = None if cell is None else read_cell(column, cell, measure)
            row.values[column.key] = check_value(column, value)
        except ValueFault as fault:
            self.faults.add(row.where(column.key), str(fault))

    def _take_rungs(
        self,
        row: SourceRow,
        column: Column,
        cells: dict[SheetColumn, Cell],
        measure: Measure,
    ) -> None:
        rungs: list[Any] = []
        try:
            for each, cell in cells.items():
                if each.rung is not None and not is_empty(cell):
                    rungs.append((each.rung, read_cell(column, cell, measure)))
            in_order = tuple(rung for _level, rung in sorted(rungs))
            row.values[column.key] = check_value(column, in_order)
        except ValueFault as fault:
            self.faults.add(row.where(column.key), str(fault))

    def _filled_rows(self, key: str, most: int) -> Iterator[tuple[int, Cells]]:
        """The rows in which something stands; stops where there are too many."""
        if key not in self.titles:
            return
        count = 0
        for number, cells, typed in self.book.rows(self.titles[key]):
            if number > LAST_ROW:
                self.faults.add(
                    self.titles[key],
                    _("This sheet goes on below row %(last)d. Delete the empty rows at its end.")
                    % {"last": LAST_ROW},
                )
                return
            cells = with_unfinished(cells, typed)
            if all(map(is_empty, cells)):
                continue
            count += 1
            if count > most + LAST_HEADER_ROW:
                self.faults.add(self.titles[key], too_many(count - 1, most))
                return
            yield number, cells

    def _place(self, key: str, number: int, column: str = "") -> str:
        words = {"sheet": self.titles[key], "row": number, "column": column}
        if column:
            return _("%(sheet)s, row %(row)d, column “%(column)s”") % words
        return _("%(sheet)s, row %(row)d") % words

    def _cell_place(self, key: str, number: int | None) -> str:
        return self.titles[key] if number is None else self._place(key, number)


def with_unfinished(cells: Cells, typed: Cells) -> Cells:
    """A formula that no spreadsheet has computed yet looks empty; here it stands as typed."""
    return tuple(
        as_typed if as_typed.data_type == FORMULA and cell.value is None else cell
        for cell, as_typed in zip(cells, typed, strict=False)
    )


def _measures(kpis: list[SourceRow]) -> dict[str, Measure]:
    return {
        str(row.values["code"]).casefold(): Measure(row.values["decimals"], row.values["unit"])
        for row in kpis
        if row.values.keys() >= {"code", "unit", "decimals"}
    }


def _code_in(cells: dict[SheetColumn, Cell]) -> str:
    """The KPI that a row of the targets is about."""
    code = next((cell.value for each, cell in cells.items() if each.column.key == "kpi"), "")
    return str(code).strip().casefold()
