"""A study as its page shows it: parts of the paper, in blocks of comparisons."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from surveys.studies.comparison import Comparison, Grade, Shown
from surveys.studies.reasons import EXPLANATIONS, Explanation, Reason
from surveys.studies.words import Words


@dataclass(frozen=True, slots=True)
class Table:
    """One comparison a row. ``other_headings`` name the further computed figures."""

    kind = "table"

    title: Words
    rows: tuple[Comparison, ...]
    computed_heading: Words = ""
    other_headings: tuple[Words, ...] = ()
    note: Words = ""

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        return self.rows

    @property
    def lines(self) -> list[tuple[Comparison, list[tuple[Words, Shown]]]]:
        """Each row with its further figures under their headings; a total may have none."""
        return [
            (row, list(zip(self.other_headings, row.others, strict=False))) for row in self.rows
        ]

    @property
    def has_printed(self) -> bool:
        return any(row.printed is not None for row in self.rows)

    @property
    def has_total(self) -> bool:
        return any(row.is_total for row in self.rows)

    @property
    def has_computed(self) -> bool:
        return not all(row.given for row in self.rows)


@dataclass(frozen=True, slots=True)
class GridRow:
    name: Words
    cells: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix of comparisons."""

    kind = "grid"

    title: Words
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    note: Words = ""
    # Whether the last row has the sums of the columns, and of which cells: printed or computed.
    adds_down: str = ""

    @property
    def lines(self) -> list[tuple[Words, list[tuple[str, Comparison]]]]:
        """Each row's name, and its cells under their columns."""
        return [(row.name, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many printed figures were compared, and how they came out."""

    agree: int
    within: int
    differ: int

    @property
    def total(self) -> int:
        return self.agree + self.within + self.differ

    @property
    def with_rounding(self) -> int:
        return self.agree + self.within


def count(comparisons: Iterator[Comparison]) -> Counts:
    grades = Counter(comparison.grade for comparison in comparisons)
    return Counts(grades[Grade.AGREES], grades[Grade.WITHIN], grades[Grade.DIFFERS])


@dataclass(frozen=True, slots=True)
class Part:
    """One figure or table of the paper, or what goes beyond it."""

    key: str
    source: Words
    title: Words
    blocks: tuple[Table | Grid, ...]

    @property
    def counts(self) -> Counts:
        return count(comparison for block in self.blocks for comparison in block.comparisons)


@dataclass(frozen=True, slots=True)
class Found:
    """A comparison with the place where the paper prints it."""

    source: Words
    block: Words
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Difference:
    """What one explanation explains."""

    reason: Reason
    found: tuple[Found, ...]

    @property
    def explanation(self) -> Explanation:
        return EXPLANATIONS[self.reason]


@dataclass(frozen=True, slots=True)
class Study:
    """``remarks`` say what the paper leaves open; ``checks`` are no figures of the paper and
    are not counted among them."""

    id: str
    name: Words
    place: Words
    did: Words
    citation: str
    parts: tuple[Part, ...]
    remarks: tuple[Words, ...] = ()
    checks: tuple[Part, ...] = field(default=())

    @property
    def counts(self) -> Counts:
        return count(found.comparison for found in self._found())

    @property
    def differences(self) -> tuple[Difference, ...]:
        return self._explained(Grade.DIFFERS)

    @property
    def roundings(self) -> tuple[Difference, ...]:
        return self._explained(Grade.WITHIN)

    def _found(self) -> Iterator[Found]:
        for part in self.parts:
            for block in part.blocks:
                for comparison in block.comparisons:
                    yield Found(part.source, block.title, comparison)

    def _explained(self, grade: Grade) -> tuple[Difference, ...]:
        """In the order of the explanations, so that what matters most stands first."""
        found = [each for each in self._found() if each.comparison.grade is grade]
        groups = (
            Difference(reason, tuple(each for each in found if each.comparison.reason is reason))
            for reason in EXPLANATIONS
        )
        return tuple(group for group in groups if group.found)
