"""The sheet of a screening: ratings with live sums, means and Aiken's V beside ours."""

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from surveys.exports.research_xlsx_cells import Cell, Formula, Looked, Sheet
from surveys.models.screening import HIGHEST_RATING, LOWEST_RATING
from surveys.selectors.research_rows import Expert
from surveys.selectors.research_screening import ScreeningData

TITLE_ROW, NOTE_ROW, CODES, LABELS, FIGURES = 0, 1, 3, 4, 5
# Live figures and ours, one row each; an empty row; the experts.
KEYS = ("raters", "total", "mean", "validity")
EXPERTS = FIGURES + 2 * len(KEYS) + 3
FIRST = 1


class RatingSheet:
    """Experts are rows, candidates columns; only answers that were sent are here."""

    def __init__(self, sheet: Sheet, screening: ScreeningData, experts: tuple[Expert, ...]) -> None:
        self.sheet = sheet
        self.screening = screening
        self.experts = [each for each in experts if each.counts]

    def write(self) -> None:
        looks, write_row = self.sheet.looks, self.sheet.write_row
        note = _("Tinted cells are formulas. Change a rating at the bottom, and they change.")
        self.sheet.write(TITLE_ROW, 0, Looked(_("Ratings"), looks.title))
        self.sheet.write(NOTE_ROW, 0, Looked(note, looks.note))
        candidates = self.screening.candidates
        codes = [Looked(each.code, looks.header) for each in candidates]
        write_row(CODES, [Looked(_("Candidate"), looks.header), *codes])
        write_row(LABELS, [Looked("", looks.header), *(each.label for each in candidates)])
        for number, key in enumerate(KEYS):
            write_row(FIGURES + number, [Looked(_names()[key], looks.label), *self._live(key)])
        for number, key in enumerate(KEYS):
            row = FIGURES + len(KEYS) + 1 + number
            ours = _("ours: %(figure)s") % {"figure": _names()[key]}
            write_row(row, [Looked(ours, looks.label), *self._ours(key)])
        write_row(EXPERTS - 1, [Looked(_("Expert"), looks.header)])
        for number, expert in enumerate(self.experts):
            write_row(EXPERTS + number, self._expert(expert))

    def _live(self, key: str) -> list[Cell]:
        last = max(EXPERTS, EXPERTS + len(self.experts) - 1)
        cells: list[Cell] = []
        for place, result in enumerate(self.screening.results):
            column = FIRST + place
            given = self.sheet.range((EXPERTS, last), (column, column))
            raters = xl_rowcol_to_cell(FIGURES, column)
            total = xl_rowcol_to_cell(FIGURES + 1, column)
            lowest, span = LOWEST_RATING, HIGHEST_RATING - LOWEST_RATING
            texts = {
                "raters": f"COUNT({given})",
                "total": f"SUM({given})",
                "mean": f'IF({raters}=0,"",{total}/{raters})',
                "validity": f'IF({raters}=0,"",({total}-{lowest}*{raters})/({span}*{raters}))',
            }
            value = getattr(result.figures, key)
            cells.append(Formula(texts[key], "" if value is None else value))
        return cells

    def _ours(self, key: str) -> list[Cell]:
        look = self.sheet.looks.number
        return [Looked(getattr(each.figures, key), look) for each in self.screening.results]

    def _expert(self, expert: Expert) -> list[Cell]:
        given = (
            self.screening.in_force.get((expert.code, each.number))
            for each in self.screening.candidates
        )
        return [
            Looked(expert.code, self.sheet.looks.label),
            *(each.points if each else None for each in given),
        ]


def _names() -> dict[str, str]:
    return {
        "raters": _("Raters"),
        "total": _("Sum"),
        "mean": _("Mean"),
        "validity": _("Aiken's V, ratings from %(lowest)d to %(highest)d")
        % {"lowest": LOWEST_RATING, "highest": HIGHEST_RATING},
    }
