"""The sheet of one part with each expert's own matrix, its weights and its consistency."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from xlsxwriter.utility import xl_rowcol_to_cell

from scorecards.methods import ahp
from surveys.exports import research_words as words
from surveys.exports.research_xlsx_cells import Cell, Formula, Looked, Sheet
from surveys.exports.research_xlsx_layout import FIRST, JUDGEMENTS, Layout, RandomIndex
from surveys.selectors.research_figures import ExpertFigures, PartFigures

# Squares of so many experts; beyond, nobody looks at them one by one.
MOST_EXPERTS = 200
TITLE_ROW, NOTE_ROW, TOP = 0, 1, 3
CONSISTENCY = 4


class ExpertSheet:
    """``group`` is the sheet whose rows at the bottom hold the judgements."""

    def __init__(
        self, sheet: Sheet, group: Sheet, figures: PartFigures, random_index: RandomIndex
    ) -> None:
        self.sheet = sheet
        self.group = group
        self.figures = figures
        self.random_index = random_index
        part = figures.part
        self.layout = Layout(part.size, len(part.pairs), len(figures.experts))

    def write(self) -> None:
        looks = self.sheet.looks
        self.sheet.write(TITLE_ROW, 0, Looked(words.part_title(self.figures.part), looks.title))
        self.sheet.write(NOTE_ROW, 0, Looked(self._note(), looks.note))
        # Header, a row for each element, an empty one.
        height = max(self.layout.size, CONSISTENCY) + 2
        for number, each in enumerate(self.figures.experts[:MOST_EXPERTS]):
            self._write_expert(TOP + number * height, number, each)

    def _note(self) -> str:
        if len(self.figures.experts) > MOST_EXPERTS:
            return ngettext(
                "The first %(n)d expert. All are in the sheet before and in Consistency.",
                "The first %(n)d experts. All are in the sheet before and in Consistency.",
                MOST_EXPERTS,
            ) % {"n": MOST_EXPERTS}
        return _(
            "Each expert's judgements, from the sheet before, as a square. Lambda max is taken at "
            "the weights in use, by %(method)s: the mean of the last column."
        ) % {"method": words.methods()[self.figures.method]}

    def _write_expert(self, top: int, number: int, each: ExpertFigures) -> None:
        rows = self._rows(top, number, each)
        for row, cells in sorted(rows.items()):
            for column, cell in sorted(cells.items(), key=lambda item: item[0]):
                self.sheet.write(row, column, cell)

    def _rows(self, top: int, number: int, each: ExpertFigures) -> dict[int, dict[int, Cell]]:
        part, looks = self.figures.part, self.sheet.looks
        size, first = self.layout.size, top + 1
        height = max(size, CONSISTENCY)
        rows: dict[int, dict[int, Cell]] = {row: {} for row in range(top, first + height)}
        rows[top][0] = Looked(each.expert.code, looks.header)
        rows[top][1] = Looked("", looks.header)
        for place, element in enumerate(part.elements):
            rows[top][FIRST + place] = Looked(element.code, looks.header)
            rows[first + place][0] = Looked(element.code, looks.label)
            rows[first + place][1] = element.label
            rows[first + place][FIRST + place] = 1
        for pair, (i, j) in enumerate(part.pairs):
            self._put_pair(rows, first, (i, j), pair, number, each)
        if each.measured.weights:
            self._put_weights(rows, top, each)
        return rows

    def _put_pair(
        self,
        rows: dict[int, dict[int, Cell]],
        first: int,
        place: tuple[int, int],
        pair: int,
        number: int,
        each: ExpertFigures,
    ) -> None:
        signed = each.judged.get(place)
        if signed is None:
            return
        i, j = place
        ratio = float(signed) if signed > 0 else -1 / signed
        looks = self.sheet.looks
        source = xl_rowcol_to_cell(self.layout.judgements + number, JUDGEMENTS + pair)
        upper = Formula(self.group.elsewhere(source), ratio, look=looks.ratio)
        rows[first + i][FIRST + j] = upper
        mirrored = xl_rowcol_to_cell(first + i, FIRST + j)
        rows[first + j][FIRST + i] = Formula(f"1/{mirrored}", 1 / ratio, look=looks.ratio)

    def _put_weights(self, rows: dict[int, dict[int, Cell]], top: int, each: ExpertFigures) -> None:
        looks, size, first = self.sheet.looks, self.layout.size, top + 1
        names, weights = words.methods(), each.measured.weights
        column = self.layout.weights
        for number, method in enumerate(ahp.METHODS):
            rows[top][column + number] = Looked(str(names[method]), looks.header)
            for place in range(size):
                value = Looked(weights[method][place], looks.number)
                rows[first + place][column + number] = value
        if each.answered == len(self.figures.part.pairs):
            self._put_consistency(rows, top, each)

    def _put_consistency(
        self, rows: dict[int, dict[int, Cell]], top: int, each: ExpertFigures
    ) -> None:
        looks, size, first = self.sheet.looks, self.layout.size, top + 1
        measured, last = each.measured, first + size - 1
        used = self.layout.weights + list(ahp.METHODS).index(self.figures.method)
        vector = self.sheet.range((first, last), (used, used))
        column = self.layout.weights + len(ahp.METHODS)
        rows[top][column] = Looked(_("(matrix x weights in use) / weights"), looks.header)
        weights = np.array(measured.weights[self.figures.method])
        image = _square(each, size) @ weights / weights
        for place in range(size):
            own = xl_rowcol_to_cell(first + place, used)
            judged = self.sheet.range((first + place, first + place), self.layout.columns)
            text = f"SUM(MMULT({judged},{vector}))/{own}"
            rows[first + place][column] = Formula(text, float(image[place]), array=True)
        ratios = self.sheet.range((first, last), (column, column))
        cells = [xl_rowcol_to_cell(first + place, column + 3) for place in range(CONSISTENCY)]
        found = (
            ("lambda max", f"AVERAGE({ratios})", measured.lambda_max, measured.lambda_max),
            ("CI", f"MAX(0,({cells[0]}-{size})/({size}-1))", measured.ci, measured.ci),
            (
                f"RI, {self.random_index.name}",
                f"INDEX({self.random_index.range},{size})",
                self._index,
                None,
            ),
            ("CR", f'IF({cells[2]}=0,"",{cells[1]}/{cells[2]})', measured.cr, measured.cr),
        )
        rows[top][column + 3] = Looked(_("in this sheet"), looks.header)
        rows[top][column + 4] = Looked(_("ours"), looks.header)
        for place, (name, text, value, ours) in enumerate(found):
            row = rows[first + place]
            row[column + 2] = Looked(name, looks.label)
            row[column + 3] = Formula(text, "" if value is None else value)
            if ours is not None:
                row[column + 4] = Looked(ours, looks.number)

    @property
    def _index(self) -> float:
        return self.random_index.values[self.layout.size - 1]


def _square(each: ExpertFigures, size: int) -> np.ndarray:
    square = np.ones((size, size))
    for (i, j), signed in each.judged.items():
        ratio = signed if signed > 0 else -1 / signed
        square[i, j], square[j, i] = ratio, 1 / ratio
    return square
