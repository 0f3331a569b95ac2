"""The research data as a workbook: tables to read and sheets that compute along."""

import io
import tempfile
from collections.abc import Iterable

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook

from scorecards.methods import ahp
from scorecards.models import Scorecard
from surveys.exports import research_words as words
from surveys.exports.research_about import codebook, facts
from surveys.exports.research_table import Kind, Table
from surveys.exports.research_tables import research_tables
from surveys.exports.research_xlsx_cells import OPTIONS, Looked, Looks, Sheet, sheet_name
from surveys.exports.research_xlsx_experts import ExpertSheet
from surveys.exports.research_xlsx_group import GroupSheet
from surveys.exports.research_xlsx_layout import RandomIndex
from surveys.exports.research_xlsx_ratings import RatingSheet
from surveys.selectors.research_data import ResearchData

# Nobody reads more, and a workbook takes long to open; the CSV files have all rows.
MOST_ROWS = 25_000
WIDTHS = {Kind.TEXT: 18, Kind.MOMENT: 20}
USUAL_WIDTH = 11


def research_as_xlsx(data: ResearchData) -> bytes:
    """The workbook; while it is made its rows wait on disk, so that only the packed file counts."""
    file = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        Workbook(file, OPTIONS | {"tmpdir": folder}) as book,
    ):
        _Book(book, data).write()
    return file.getvalue()


class _Book:
    def __init__(self, book: Workbook, data: ResearchData) -> None:
        self.book = book
        self.data = data
        self.looks = Looks.of(book)
        self.names: set[str] = set()

    def write(self) -> None:
        tables = research_tables(self.data)
        self._write_about(tables)
        self._write_table(codebook(tables))
        for table in tables:
            self._write_table(table)
        if self.data.screening is not None:
            sheet = self._sheet(_("Ratings"))
            RatingSheet(sheet, self.data.screening, self.data.experts).write()
        elif self.data.parts:
            self._write_parts()

    def _sheet(self, title: str) -> Sheet:
        return Sheet(self.book, sheet_name(title, self.names), self.looks)

    def _write_about(self, tables: Iterable[Table]) -> None:
        sheet, looks = self._sheet(_("About")), self.looks
        sheet.made.set_column(0, 0, 34)
        sheet.made.set_column(1, 1, 100)
        sheet.write(0, 0, Looked(self.data.survey.name, looks.title))
        row = 2
        for fact in facts(self.data):
            value = Looked(fact.shown or fact.value, looks.note)
            sheet.write_row(row, [Looked(fact.name, looks.label), value])
            row += 1
        row += 1
        sheet.write_row(row, [Looked(each, looks.header) for each in (_("Sheet"), _("Holds"))])
        for number, table in enumerate(tables, start=row + 1):
            sheet.write_row(
                number, [Looked(table.title, looks.label), Looked(table.about, looks.note)]
            )
        sheet.made.activate()

    def _write_table(self, table: Table) -> None:
        sheet = self._sheet(table.title)
        for column, variable in enumerate(table.variables):
            sheet.made.set_column(column, column, WIDTHS.get(variable.kind, USUAL_WIDTH))
        sheet.made.freeze_panes(1, 1)
        header = [Looked(variable.name, self.looks.header) for variable in table.variables]
        sheet.write_row(0, header)
        for row, cells in enumerate(table.rows(), start=1):
            if row > MOST_ROWS:
                note = _("There are more rows. The files for statistics programs have all of them.")
                sheet.write(row, 0, Looked(note, self.looks.note))
                break
            sheet.write_row(row, list(cells))

    def _write_parts(self) -> None:
        random_index = self._write_random_index()
        for figures in self.data.figures:
            part = figures.part
            title = f"{part.number} {part.code or words.part_title(part)}"
            group = self._sheet(title)
            group.made.set_column(0, 0, 30)
            group.made.set_column(1, 1, 30)
            GroupSheet(group, figures, random_index).write()
            ending = _("%(part)s experts") % {"part": title}
            experts = self._sheet(ending)
            experts.made.set_column(1, 1, 30)
            ExpertSheet(experts, group, figures, random_index).write()

    def _write_random_index(self) -> RandomIndex:
        sheet, looks = self._sheet(_("Random index")), self.looks
        chosen = self.data.rules.random_index
        names = {key: str(Scorecard.RandomIndex(key).label) for key in ahp.RANDOM_INDICES}
        sheet.write_row(0, [Looked(each, looks.header) for each in ("n", *names.values())])
        for size in range(1, ahp.LARGEST_MATRIX + 1):
            values = [ahp.RANDOM_INDICES[key][size - 1] for key in names]
            sheet.write_row(size, [size, *values])
        column = 1 + list(names).index(chosen)
        place = sheet.range((1, ahp.LARGEST_MATRIX), (column, column))
        return RandomIndex(names[chosen], ahp.RANDOM_INDICES[chosen], sheet.elsewhere(place))
