"""Opens files of research data for tests."""

import io
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from surveys.exports.research_xlsx import research_as_xlsx
from surveys.selectors.research_data import ResearchData


@dataclass(frozen=True)
class Book:
    """A workbook with its formulas, and the same with the values that stand in them."""

    formulas: Workbook
    values: Workbook

    @classmethod
    def of(cls, content: bytes) -> "Book":
        return cls(
            load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True)
        )

    @classmethod
    def made(cls, data: ResearchData) -> "Book":
        return cls.of(research_as_xlsx(data))

    def computed(self) -> dict[tuple[str, str], tuple[str, object]]:
        """By sheet and place, each formula and its value."""
        return {
            (sheet.title, cell.coordinate): (
                formula_of(cell),
                self.values[sheet.title][cell.coordinate].value,
            )
            for sheet in self.formulas
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }


def formula_of(cell: Cell) -> str:
    return cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
