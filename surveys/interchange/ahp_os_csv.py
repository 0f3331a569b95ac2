"""The table of a project's participants, as AHP-OS saves it: each one's matrix of each node.

The elements of a node are not named in it. Numbers have six decimals, with a comma where
semicolons part the cells.
"""

import csv
import io
import math
import re
from collections.abc import Iterator

import numpy as np
from django.utils.translation import gettext as _

from scorecards.errors import explain
from scorecards.interchange.csv_reading import declared_separator
from scorecards.interchange.document import Faults, ValueFault, refused, too_many
from scorecards.interchange.values import check_text, shown
from scorecards.methods import ahp
from scorecards.methods.errors import MethodError
from surveys.expert_list.text import BYTE_ORDER_MARK, decoded
from surveys.interchange.project import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_PROJECT_NAME,
    MOST_NODES,
    MOST_PARTICIPANTS,
    Node,
    Participant,
    Project,
    suggested_line,
)

MOST_LINES = 200_000
LARGEST = ahp.LARGEST_MATRIX
SEPARATORS = ",;"
SIZE = re.compile(r"(\d{1,2})x(\d{1,2})\b", re.ASCII)
# A number that was rounded to six decimals, against the judgement that it came from.
ROUNDING = 0.02


def read_participants_csv(content: bytes) -> Project:
    """Raises FileRefused with every fault of the file."""
    lines = list(_lines(content))
    faults = Faults()
    found = _Table(faults)
    found.read(lines)
    if found.has_weights_only:
        raise refused(
            _(
                "This is a table of results: it has weights, and no judgements. In AHP-OS, open "
                "the project and save the project (JSON) or the input data of its participants."
            )
        )
    if not found.judged and not faults.found:
        raise refused(_("This is no table of the participants of an AHP-OS project."))
    faults.refuse()
    return found.project()


def _lines(content: bytes) -> Iterator[tuple[int, list[str], str]]:
    """Number, cells and decimal mark of each line."""
    declared, text = declared_separator(decoded(content).removeprefix(BYTE_ORDER_MARK))
    separator, skipped = declared or _separator_of(text), 1 if declared else 0
    if separator not in SEPARATORS:
        raise refused(_("Commas or semicolons have to part the cells of this file."))
    mark = "," if separator == ";" else "."
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            number = reader.line_num + skipped
            if number > MOST_LINES:
                raise refused(too_many(number, MOST_LINES))
            yield number, [cell.strip() for cell in cells], mark
    except csv.Error as error:
        raise refused(_("This file is damaged, or no table at all.")) from error


def _separator_of(text: str) -> str:
    """Lines begin with a word of AHP-OS, which has neither sign: what follows it parts cells."""
    found = (sign for line in text.splitlines() for sign in line if sign in SEPARATORS)
    return next(found, ",")


class _Table:
    """Goes through the lines: who is meant, which node, and then its rows."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.facts: dict[str, str] = {}
        self.nodes: dict[str, Node] = {}
        self.judged: dict[str, dict[str, tuple[int, ...]]] = {}
        self.has_weights_only = False
        self.participant = ""

    def read(self, lines: list[tuple[int, list[str], str]]) -> None:
        place = 0
        while place < len(lines):
            number, cells, _mark = lines[place]
            place += 1
            try:
                size = self._line(cells)
                if size:
                    self._matrix(cells[1], size, lines[place : place + size])
                    place += size
            except ValueFault as fault:
                self.faults.add(_("line %(number)d") % {"number": number}, str(fault))

    def _line(self, cells: list[str]) -> int:
        """How many rows of a matrix follow; 0 when none do."""
        key = cells[0] if cells else ""
        value = cells[1] if len(cells) > 1 else ""
        if key == "Participant":
            self.participant = check_text(value, LONGEST_NAME)
            if not self.participant:
                raise ValueFault(_("The name of the participant is missing."))
            self.judged.setdefault(self.participant, {})
            if len(self.judged) > MOST_PARTICIPANTS:
                raise refused(too_many(len(self.judged), MOST_PARTICIPANTS))
        elif key in ("Alternatives", "Criterion"):
            raise refused(
                _("This project compares alternatives. Only weights of criteria can be taken over.")
            )
        elif key in ("Weights", "Group result"):
            self.has_weights_only = True
        elif key == "Node" and len(cells) > 2:
            return self._size(value, cells[2])
        elif not self.participant and value:
            self.facts[key] = value
        return 0

    def _size(self, name: str, text: str) -> int:
        found = SIZE.match(text)
        if not name or found is None or found[1] != found[2] or not 2 <= int(found[1]) <= LARGEST:
            raise ValueFault(
                _("“%(name)s”: a matrix of 2x2 to %(largest)dx%(largest)d has to follow.")
                % {"name": shown(name), "largest": LARGEST}
            )
        if not self.participant:
            raise ValueFault(_("The name of the participant is missing."))
        return int(found[1])

    def _matrix(self, name: str, size: int, rows: list[tuple[int, list[str], str]]) -> None:
        name = check_text(" ".join(name.split()), LONGEST_NAME)
        node = self.nodes.setdefault(name, Node(name, size))
        if node.size != size:
            raise ValueFault(_("“%(name)s” has matrices of two sizes.") % {"name": shown(name)})
        if len(self.nodes) > MOST_NODES:
            raise refused(too_many(len(self.nodes), MOST_NODES))
        if name in self.judged[self.participant]:
            raise ValueFault(
                _("%(name)s judged this node twice.") % {"name": shown(self.participant)}
            )
        values = [_numbers(row, size) for row in rows]
        if len(values) < size:
            raise ValueFault(_("Rows of the matrix “%(name)s” are missing.") % {"name": name})
        self.judged[self.participant][name] = _judgements(np.array(values), node)

    def project(self) -> Project:
        return Project(
            name=suggested_line(self.facts.get("Project Name", ""), LONGEST_PROJECT_NAME),
            code=suggested_line(self.facts.get("Session Code", ""), LONGEST_CODE),
            nodes=tuple(self.nodes.values()),
            participants=tuple(
                Participant(name, None, given) for name, given in self.judged.items() if given
            ),
        )


def _numbers(row: tuple[int, list[str], str], size: int) -> list[float]:
    number, cells, mark = row
    given = cells[1 : size + 1]
    if len(given) < size or (cells and cells[0]):
        raise ValueFault(_("Line %(number)d is no row of a matrix.") % {"number": number})
    return [_number(cell, mark, number) for cell in given]


def _number(cell: str, mark: str, line: int) -> float:
    plain = cell.replace(mark, ".")
    if re.fullmatch(r"\d{1,3}(\.\d{1,20})?", plain, re.ASCII):
        value = float(plain)
        if value > 0 and math.isfinite(value):
            return value
    raise ValueFault(
        _("Line %(number)d: “%(value)s” is no number above 0.")
        % {"number": line, "value": shown(cell)}
    )


def _judgements(matrix: np.ndarray, node: Node) -> tuple[int, ...]:
    """Whole judgements of a full matrix; raises ValueFault naming the cells at fault."""
    names = [_("element %(number)d") % {"number": place + 1} for place in range(node.size)]
    if not np.allclose(np.diag(matrix), 1.0, rtol=0, atol=ROUNDING):
        raise ValueFault(_("“%(name)s”: the diagonal has to be 1.") % {"name": shown(node.name)})
    np.fill_diagonal(matrix, 1.0)
    try:
        ahp.check_reciprocal(matrix)
    except MethodError as error:
        raise ValueFault(f"“{shown(node.name)}”: {explain(error, names)}") from error
    return tuple(_signed(matrix, pair, node, names) for pair in node.pairs)


def _signed(matrix: np.ndarray, pair: tuple[int, int], node: Node, names: list[str]) -> int:
    row, column = pair
    # The larger of the two cells has lost the least by rounding.
    against = matrix[row, column] < 1
    strength = float(max(matrix[row, column], matrix[column, row]))
    whole = round(strength)
    if not 1 <= whole <= 9 or abs(strength - whole) > ROUNDING:
        raise ValueFault(
            _("“%(node)s”, %(row)s against %(column)s: %(value)s is no judgement from 1 to 9.")
            % {
                "node": shown(node.name),
                "row": names[row],
                "column": names[column],
                "value": f"{strength:g}",
            }
        )
    return -whole if against and whole > 1 else whole
