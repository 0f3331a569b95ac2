"""How the site's CSV files are written: the one rule for all of them.

A file that people open in a spreadsheet follows the reader's language, because spreadsheets do:
semicolons and decimal commas in Indonesian, commas and decimal points in English, and a byte order
mark, which tells Excel that the bytes are UTF-8. A file that programs read is the same in every
language, after RFC 4180: commas, points, no mark, since R takes it for a part of the first
column's name. Cells are quoted where they must, and lines end with CRLF, in both.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from organizations import figures

BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class CsvFormat:
    separator: str
    decimal_mark: str
    byte_order_mark: str = ""

    def number(self, plain: str) -> str:
        """A number with a decimal point, as this format writes it."""
        return plain.replace(".", self.decimal_mark)

    def text(self, lines: Iterable[Sequence[object]]) -> str:
        return "".join(self.pieces(lines))

    def pieces(self, lines: Iterable[Sequence[object]]) -> Iterator[str]:
        """The file as it is made, some hundred rows each, so that it is never held whole."""
        writer = csv.writer(_Echo(), delimiter=self.separator, lineterminator="\r\n")
        if self.byte_order_mark:
            yield self.byte_order_mark
        piece: list[str] = []
        for line in lines:
            piece.append(writer.writerow(line))
            if len(piece) == ROWS_AT_ONCE:
                yield "".join(piece)
                piece = []
        yield "".join(piece)


class _Echo:
    """Hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def for_reader() -> CsvFormat:
    """For spreadsheets, in the language of the moment."""
    mark = figures.decimal_mark()
    return CsvFormat(";" if mark == "," else ",", mark, BYTE_ORDER_MARK)


FOR_PROGRAMS = CsvFormat(",", ".")
