"""Labelled square matrices in a grid: where they stand, whose they are, and what they say."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from organizations.text_fields import visible_line
from scorecards.interchange.document import Faults, ValueFault, refused, too_many
from scorecards.interchange.sheets import normal
from scorecards.interchange.values import check_text, shown
from scorecards.methods import ahp
from surveys.interchange.fitting import plain_name
from surveys.interchange.project import LONGEST_NAME
from surveys.judgement_files.given import Given, GivenExpert, GivenGroup, Part
from surveys.judgement_files.grids import Grid
from surveys.judgement_files.labels import Labels, unknown_label
from surveys.judgement_files.printed import (
    DECIMAL,
    FRACTION,
    Printed,
    joined_ratio,
    read_printed,
    whole_judgement,
)

FEWEST = 2
# A line that says whose the matrices below it are.
EXPERT_WORDS = {"pakar", "nama pakar", "ahli", "expert", "expert s name", "nama", "name"}
# Squares in a file, and faults after which no more are looked for.
MOST_BLOCKS, MOST_FAULTS = 5_000, 1_000
# How far above a matrix its title may stand.
TITLE_ROWS = 3


@dataclass(frozen=True)
class Block:
    """A header of labels in ``row``, right of ``column``, where the rows' own labels stand."""

    grid: Grid
    row: int
    column: int
    labels: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.labels)

    @property
    def place(self) -> str:
        return self.grid.place(self.row, self.column)

    @property
    def titles(self) -> tuple[str, ...]:
        """What stands above, and in the corner; the sheet's title too."""
        above = range(max(1, self.row - TITLE_ROWS), self.row + 1)
        columns = {0, *range(max(0, self.column - 1), self.column + 2)}
        return (*(self.grid.text(row, at) for row in above for at in columns), self.grid.title)


def find_blocks(grid: Grid) -> Iterator[Block]:
    """From the top down; the rows of a matrix are no headers of another."""
    last = 0
    for row in grid.numbers:
        if row <= last:
            continue
        block = _block_at(grid, row)
        if block is not None:
            last = row + block.size
            yield block


def _block_at(grid: Grid, row: int) -> Block | None:
    """A header has texts, and the row below begins with one of them."""
    below = grid.rows.get(row + 1, ())
    column = next((place for place, text in enumerate(below) if text), None)
    if column is None or not _is_text(below[column]):
        return None
    labels = []
    for text in grid.rows[row][column + 1 :]:
        if not text or not _is_text(text):
            break
        labels.append(text)
    known = {plain_name(each) for each in labels}
    if len(labels) < FEWEST or not _begins(grid, row, column, known):
        return None
    return Block(grid, row, column, tuple(labels))


def _begins(grid: Grid, row: int, column: int, known: set[str]) -> bool:
    """A misspelt label shall be named, so one that is the same in head and side is enough."""
    side = [grid.text(row + 1 + step, column) for step in range(len(known))]
    return any(plain_name(each) in known for each in side if each)


def _is_text(text: str) -> bool:
    plain = text.replace(" ", "")
    return not (DECIMAL.fullmatch(plain) or FRACTION.fullmatch(plain))


@dataclass
class Matrices:
    """Collects the matrices of a file, in whatever order they come."""

    labels: Labels
    faults: Faults
    is_group: bool
    fallback: str
    experts: dict[str, GivenExpert] = field(default_factory=dict)
    groups: dict[int, GivenGroup] = field(default_factory=dict)
    found: int = 0

    def read(self, grid: Grid) -> None:
        name = self._checked_name(grid, grid.title or self.fallback, 1, 0)
        lines = _expert_lines(grid)
        for block in find_blocks(grid):
            self.found += 1
            if self.found > MOST_BLOCKS:
                raise refused(too_many(self.found, MOST_BLOCKS), block.place)
            if len(self.faults.found) > MOST_FAULTS:
                self.faults.refuse()
            for row in sorted(each for each in lines if each <= block.row):
                text, column = lines.pop(row)
                name = self._checked_name(grid, text, row, column)
            self._take(block, name)

    def _checked_name(self, grid: Grid, text: str, row: int, column: int) -> str:
        try:
            name = visible_line(check_text(text, LONGEST_NAME))
            return name or self.fallback
        except ValueFault as fault:
            self.faults.add(grid.place(row, column), str(fault))
            return shown(text)

    def _take(self, block: Block, name: str) -> None:
        before = len(self.faults.found)
        try:
            part = self._part(block)
        except ValueFault as fault:
            self.faults.add(block.place, str(fault))
            return
        columns = self._places(block, part, is_header=True)
        rows = self._places(block, part, is_header=False)
        if len(self.faults.found) > before:
            return
        cells = self._cells(block, rows, columns)
        if self.is_group:
            self._take_group(block, part, cells)
        else:
            self._take_expert(block, part, cells, name)

    def _part(self, block: Block) -> Part:
        if block.size > ahp.LARGEST_MATRIX:
            raise ValueFault(
                _("At most %(largest)d elements can be compared.") % {"largest": ahp.LARGEST_MATRIX}
            )
        return self.labels.fitting_part(block.labels, block.titles)

    def _places(self, block: Block, part: Part, *, is_header: bool) -> list[int]:
        """The element of each row or column; every one of the part has to be there once."""
        found: list[int] = []
        for step in range(block.size):
            at = (
                (block.row, block.column + 1 + step)
                if is_header
                else (block.row + 1 + step, block.column)
            )
            label = block.grid.text(*at)
            place = self.labels.place(label, part)
            if not label:
                fault = _("A row of the matrix is missing here, or its label.")
            elif place is None:
                fault = str(unknown_label(label, part))
            elif place in found:
                fault = _("“%(label)s” stands here twice.") % {"label": shown(label)}
            else:
                found.append(place)
                continue
            self.faults.add(block.grid.place(*at), fault)
        missing = [part.names[place] for place in range(part.size) if place not in found]
        if is_header and missing and block.size < part.size:
            self.faults.add(
                block.place,
                _("“%(part)s” also has %(names)s. Leave cells empty where nothing was judged.")
                % {"part": shown(part.title), "names": ", ".join(f"“{shown(n)}”" for n in missing)},
            )
        return found

    def _cells(
        self, block: Block, rows: list[int], columns: list[int]
    ) -> dict[tuple[int, int], tuple[Printed, str]]:
        """The filled cells off the diagonal, by the questionnaire's places, and where they are."""
        found = {}
        for i, row in enumerate(rows):
            for j, column in enumerate(columns):
                at = (block.row + 1 + i, block.column + 1 + j)
                text = block.grid.text(*at)
                if not text or text in ("-", "–"):
                    continue
                try:
                    printed = read_printed(text)
                    if row == column and not printed.holds(1.0):
                        raise ValueFault(
                            _("On the diagonal stands 1, not “%(value)s”.") % {"value": shown(text)}
                        )
                except ValueFault as fault:
                    self.faults.add(block.grid.place(*at), str(fault))
                    continue
                if row != column:
                    found[row, column] = (printed, block.grid.place(*at))
        return found

    def _take_expert(
        self,
        block: Block,
        part: Part,
        cells: dict[tuple[int, int], tuple[Printed, str]],
        name: str,
    ) -> None:
        given = []
        for row, column in part.pairs:
            above, below = cells.get((row, column)), cells.get((column, row))
            try:
                if above:
                    signed = whole_judgement(above[0], below[0] if below else None)
                elif below:
                    signed = whole_judgement(below[0])
                    signed = 1 if signed == 1 else -signed
                else:
                    continue
            except ValueFault as fault:
                self.faults.add((above or below)[1], str(fault))
                continue
            given.append(Given(row, column, signed))
        if not given:
            return
        expert = self.experts.get(normal(name), GivenExpert(name))
        if part.number in expert.answers:
            self.faults.add(
                block.place,
                _(
                    "“%(part)s” stands here twice for %(name)s. Above each expert's matrices "
                    "write a line with “Expert” and the name."
                )
                % {"part": shown(part.title), "name": shown(name)},
            )
            return
        answers = {**expert.answers, part.number: tuple(given)}
        self.experts[normal(name)] = GivenExpert(expert.name, answers=answers)

    def _take_group(
        self, block: Block, part: Part, cells: dict[tuple[int, int], tuple[Printed, str]]
    ) -> None:
        if not cells:
            return
        ratios = []
        for row, column in part.pairs:
            above, below = cells.get((row, column)), cells.get((column, row))
            try:
                if above:
                    ratios.append(joined_ratio(above[0], below[0] if below else None))
                elif below:
                    ratios.append(1 / joined_ratio(below[0]))
                else:
                    missing = {"row": part.names[row], "column": part.names[column]}
                    self.faults.add(
                        block.place,
                        _("A group matrix has every pair; “%(row)s” against “%(column)s” is empty.")
                        % missing,
                    )
            except ValueFault as fault:
                self.faults.add((above or below)[1], str(fault))
        if part.number in self.groups:
            self.faults.add(
                block.place,
                _("“%(part)s” has a group matrix already in this file.")
                % {"part": shown(part.title)},
            )
        elif len(ratios) == len(part.pairs):
            self.groups[part.number] = GivenGroup(part.number, tuple(ratios))


def _expert_lines(grid: Grid) -> dict[int, tuple[str, int]]:
    """Row -> the name and its column, in lines such as "Pakar; Sri Rahayu" or "Pakar: Sri"."""
    found = {}
    for row in grid.numbers:
        filled = [(column, text) for column, text in enumerate(grid.rows[row]) if text]
        column, first = filled[0]
        word, sign, rest = first.partition(":")
        if plain_name(word) not in EXPERT_WORDS:
            continue
        if rest.strip():
            found[row] = (rest.strip(), column)
        elif len(filled) == FEWEST:
            found[row] = (filled[1][1], filled[1][0])
    return found
