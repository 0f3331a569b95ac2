"""The sheet of one part: the experts' judgements, and live formulas for all that follows from them.

Whoever changes a judgement, an expert weight or who counts sees the group's matrix, the weights
by all three methods, lambda max, CI and CR change. Each formula carries the value that we
computed, and ours stand beside what the sheet computes.
"""

import numpy as np
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from scorecards.methods import ahp
from surveys.exports import research_words as words
from surveys.exports.research_xlsx_cells import Cell, Formula, Looked, Sheet
from surveys.exports.research_xlsx_layout import (
    CONSISTENCY,
    COUNTS,
    FIRST,
    JUDGEMENTS,
    LIVE_WEIGHTS,
    NOTE_ROW,
    SQUARINGS,
    TITLE_ROW,
    TOP,
    WEIGHT,
    Layout,
    RandomIndex,
)
from surveys.selectors.research_figures import ExpertFigures, PartFigures


class GroupSheet:
    """Writes one part."""

    def __init__(self, sheet: Sheet, figures: PartFigures, random_index: RandomIndex) -> None:
        self.sheet = sheet
        self.figures = figures
        self.random_index = random_index
        part = figures.part
        self.layout = Layout(part.size, len(part.pairs), len(figures.experts))
        self.cells: dict[int, dict[int, Cell]] = {}

    def write(self) -> None:
        looks, part = self.sheet.looks, self.figures.part
        self.put(TITLE_ROW, 0, Looked(words.part_title(part), looks.title))
        self.put(NOTE_ROW, 0, Looked(self._note(), looks.note))
        if self.figures.is_complete:
            self._put_live()
        for row in sorted(self.cells):
            for column in sorted(self.cells[row]):
                self.sheet.write(row, column, self.cells[row][column])
        self._write_experts()

    def put(self, row: int, column: int, cell: Cell) -> None:
        self.cells.setdefault(row, {})[column] = cell

    def _note(self) -> str:
        joined = self.figures.part.joined
        if joined:
            return _(
                "The group matrix came joined from a file: %(n)d experts, %(source)s. Tinted cells "
                "are formulas. Change a ratio above the diagonal, and they change."
            ) % {"n": joined.experts, "source": joined.source}
        if self.figures.is_complete:
            return _(
                "Tinted cells are formulas. Change a judgement, an expert weight or who counts "
                "at the bottom of this sheet, and they change. Beside them stand our own figures."
            )
        return _(
            "The group's matrix has pairs that nobody answered, which the formulas of a sheet "
            "can't fill in. The sheets Weights and Consistency have our figures."
        )

    # -- The live part

    def _put_live(self) -> None:
        group = np.array(self.figures.group, dtype=float)
        self._put_group(group)
        self._put_column_sums(group)
        self._put_normalised(group)
        powers = self._put_squares(group)
        self._put_weights(group, powers)
        self._put_consistency()

    def _put_header(self, row: int, title: str, more: tuple[str, ...] = ()) -> None:
        looks, part = self.sheet.looks, self.figures.part
        self.put(row, 0, Looked(title, looks.header))
        self.put(row, 1, Looked("", looks.header))
        for place, element in enumerate(part.elements):
            self.put(row, FIRST + place, Looked(element.code, looks.header))
        for place, text in enumerate(more):
            self.put(row, self.layout.weights + place, Looked(text, looks.header))

    def _put_labels(self, first: int) -> None:
        for place, element in enumerate(self.figures.part.elements):
            self.put(first + place, 0, Looked(element.code, self.sheet.looks.label))
            self.put(first + place, 1, element.label)

    def _put_group(self, group: np.ndarray) -> None:
        layout, looks = self.layout, self.sheet.looks
        names = words.methods()
        self._put_header(
            TOP,
            _("Group matrix: geometric mean of the experts"),
            (
                *(str(names[method]) for method in ahp.METHODS),
                *(_("ours: %(method)s") % {"method": names[method]} for method in ahp.METHODS),
                _("matrix x weights (%(method)s)") % {"method": names[self.figures.method]},
                _("divided by these weights"),
            ),
        )
        self._put_labels(layout.matrix)
        for place in range(layout.size):
            self.put(layout.matrix + place, FIRST + place, 1)
        for number, (i, j) in enumerate(self.figures.part.pairs):
            upper = (layout.matrix + i, FIRST + j)
            mirrored = xl_rowcol_to_cell(*upper)
            value = float(group[i, j])
            mean = Formula(self._mean(number), value, array=True)
            # Where the group's matrix came from a file, there are no experts' rows to join.
            self.put(*upper, Looked(value, looks.number) if self.figures.part.joined else mean)
            lower = Formula(f"1/{mirrored}", float(group[j, i]))
            self.put(layout.matrix + j, FIRST + i, lower)

    def _mean(self, pair: int) -> str:
        """The weighted geometric mean over the experts who count and answered this pair."""
        layout = self.layout
        rows = (layout.judgements, layout.last_expert)
        given = self.sheet.range(rows, (JUDGEMENTS + pair, JUDGEMENTS + pair))
        share = "*".join(self.sheet.range(rows, (each, each)) for each in (WEIGHT, COUNTS))
        answered = f"ISNUMBER({given})"
        return f"EXP(SUM(IF({answered},{share}*LN({given}),0))/SUM(IF({answered},{share},0)))"

    def _put_column_sums(self, group: np.ndarray) -> None:
        layout = self.layout
        self.put(layout.sums, 0, Looked(_("Column sum"), self.sheet.looks.label))
        for place in range(layout.size):
            column = FIRST + place
            rows = (layout.matrix, layout.sums - 1)
            total = float(group[:, place].sum())
            text = f"SUM({self.sheet.range(rows, (column, column))})"
            self.put(layout.sums, column, Formula(text, total))

    def _put_normalised(self, group: np.ndarray) -> None:
        layout = self.layout
        self._put_header(layout.normalised - 1, _("Columns normalised: cell / column sum"))
        self._put_labels(layout.normalised)
        shares = group / group.sum(axis=0)
        for i in range(layout.size):
            for j in range(layout.size):
                cell = xl_rowcol_to_cell(layout.matrix + i, FIRST + j)
                total = xl_rowcol_to_cell(layout.sums, FIRST + j)
                place = (layout.normalised + i, FIRST + j)
                self.put(*place, Formula(f"{cell}/{total}", float(shares[i, j])))

    def _put_squares(self, group: np.ndarray) -> np.ndarray:
        """The matrix squared again and again, each time divided by its sum; the last one."""
        layout, power = self.layout, group
        for number in range(1, SQUARINGS + 1):
            before = layout.square(number - 1)
            first = layout.square(number)
            steps = {"number": number, "steps": 2**number}
            title = _("Squared %(number)d times (%(steps)d steps of the power method)") % steps
            self._put_header(first - 1, title)
            self._put_labels(first)
            whole = self.sheet.range((before, before + layout.size - 1), layout.columns)
            product = power @ power
            power = product / product.sum()
            for i in range(layout.size):
                row = self.sheet.range((before + i, before + i), layout.columns)
                for j in range(layout.size):
                    column = (FIRST + j, FIRST + j)
                    other = self.sheet.range((before, before + layout.size - 1), column)
                    text = f"SUM(MMULT({row},{other}))/SUM(MMULT({whole},{whole}))"
                    self.put(first + i, FIRST + j, Formula(text, float(power[i, j]), array=True))
        return power

    def _put_weights(self, group: np.ndarray, power: np.ndarray) -> None:
        layout, measured = self.layout, self.figures.measured
        weights = measured.weights
        in_use = weights[self.figures.method]
        used = layout.weights + list(ahp.METHODS).index(self.figures.method)
        vector = self.sheet.range((layout.matrix, layout.sums - 1), (used, used))
        image = group @ np.array(in_use)
        for place in range(layout.size):
            row = layout.matrix + place
            for number, method in enumerate(ahp.METHODS):
                value = weights[method][place]
                text = self._weight_formula(method, place)
                self.put(row, layout.weights + number, Formula(text, value, array=True))
                ours = Looked(value, self.sheet.looks.number)
                self.put(row, layout.weights + LIVE_WEIGHTS + number, ours)
            own = xl_rowcol_to_cell(row, used)
            judged = self.sheet.range((row, row), layout.columns)
            column = layout.weights + 2 * LIVE_WEIGHTS
            moved = xl_rowcol_to_cell(row, column)
            product = Formula(f"SUM(MMULT({judged},{vector}))", float(image[place]), array=True)
            self.put(row, column, product)
            ratio = float(image[place]) / in_use[place]
            self.put(row, column + 1, Formula(f"{moved}/{own}", ratio))

    def _weight_formula(self, method: str, place: int) -> str:
        layout = self.layout
        rows = (layout.matrix, layout.sums - 1)
        if method == "column_mean":
            row = layout.normalised + place
            return f"AVERAGE({self.sheet.range((row, row), layout.columns)})"
        if method == "row_geometric_mean":
            row = layout.matrix + place
            own = self.sheet.range((row, row), layout.columns)
            means = "+".join(
                f"EXP(AVERAGE(LN({self.sheet.range((each, each), layout.columns)})))"
                for each in range(rows[0], rows[1] + 1)
            )
            return f"EXP(AVERAGE(LN({own})))/({means})"
        first = layout.square(SQUARINGS)
        own = self.sheet.range((first + place, first + place), layout.columns)
        whole = self.sheet.range((first, first + layout.size - 1), layout.columns)
        return f"SUM({own})/SUM({whole})"

    def _put_consistency(self) -> None:
        layout, measured = self.layout, self.figures.measured
        looks = self.sheet.looks
        rows = (layout.matrix, layout.sums - 1)
        ratios = layout.weights + 2 * LIVE_WEIGHTS + 1
        names = {
            "lambda_max": _("Lambda max at the weights in use: mean of the last column above"),
            "ci": _("CI = (lambda max - n) / (n - 1)"),
            "ri": _("RI for this n: %(table)s") % {"table": self.random_index.name},
            "cr": _("CR = CI / RI"),
        }
        places = {
            key: xl_rowcol_to_cell(layout.consistency + 1 + number, FIRST)
            for number, key in enumerate(CONSISTENCY)
        }
        size = layout.size
        texts = {
            "lambda_max": f"AVERAGE({self.sheet.range(rows, (ratios, ratios))})",
            "ci": f"MAX(0,({places['lambda_max']}-{size})/({size}-1))",
            "ri": f"INDEX({self.random_index.range},{size})",
            "cr": f'IF({places["ri"]}=0,"",{places["ci"]}/{places["ri"]})',
        }
        ours = {"lambda_max": measured.lambda_max, "ci": measured.ci, "cr": measured.cr}
        self.put(layout.consistency, 0, Looked(_("Consistency of the group"), looks.header))
        self.put(layout.consistency, 1, Looked("", looks.header))
        self.put(layout.consistency, FIRST, Looked(_("in this sheet"), looks.header))
        self.put(layout.consistency, FIRST + 1, Looked(_("ours"), looks.header))
        cached = ours | {"ri": self.random_index.values[size - 1]}
        for number, key in enumerate(CONSISTENCY):
            row = layout.consistency + 1 + number
            self.put(row, 0, Looked(names[key], looks.label))
            value = cached[key]
            self.put(row, FIRST, Formula(texts[key], "" if value is None else value))
            if ours.get(key) is not None:
                self.put(row, FIRST + 1, Looked(ours[key], looks.number))

    # -- The experts

    def _write_experts(self) -> None:
        sheet, part = self.sheet, self.figures.part
        looks = sheet.looks
        head = [_("Expert"), _("Answered"), _("Expert weight"), _("Counts (1 or 0)")]
        pairs = (f"{part.elements[i].code} : {part.elements[j].code}" for i, j in part.pairs)
        row = self.layout.judgements - 1
        sheet.write_row(row, [Looked(text, looks.header) for text in (*head, *pairs)])
        for number, each in enumerate(self.figures.experts, start=self.layout.judgements):
            sheet.write_row(number, self._expert_row(each))

    def _expert_row(self, each: ExpertFigures) -> list[Cell]:
        ratios = (each.judged.get(pair) for pair in self.figures.part.pairs)
        return [
            *(Looked(each.expert.code, self.sheet.looks.label), each.answered),
            *(each.expert.weight, int(each.counts)),
            *(
                None if signed is None else Looked(_ratio(signed), self.sheet.looks.ratio)
                for signed in ratios
            ),
        ]


def _ratio(signed: int) -> float:
    return float(signed) if signed > 0 else -1 / signed
