"""Where things stand on the sheet of one part."""

from dataclasses import dataclass

from scorecards.methods import ahp

# The eigenvector by squaring the matrix so often: 256 steps of the power method.
SQUARINGS = 8
# Columns A and B say what a row is.
FIRST = 2
TITLE_ROW, NOTE_ROW, TOP = 0, 1, 3


@dataclass(frozen=True)
class Layout:
    """Where things stand on the sheet; rows and columns count from 0."""

    size: int
    pairs: int
    experts: int

    @property
    def matrix(self) -> int:
        return TOP + 1

    @property
    def sums(self) -> int:
        return self.matrix + self.size

    @property
    def consistency(self) -> int:
        return self.sums + 2

    @property
    def normalised(self) -> int:
        return self.consistency + len(CONSISTENCY) + 3

    def square(self, number: int) -> int:
        """First row of the matrix squared so often; 0 is the group's matrix itself."""
        if not number:
            return self.matrix
        return self.normalised + self.size + 2 + (number - 1) * (self.size + 2)

    @property
    def judgements(self) -> int:
        """First row of the experts."""
        return self.square(SQUARINGS) + self.size + 3

    @property
    def last_expert(self) -> int:
        return self.judgements + self.experts - 1

    # Columns right of the group's matrix.
    @property
    def weights(self) -> int:
        return FIRST + self.size + 1

    @property
    def columns(self) -> tuple[int, int]:
        return FIRST, FIRST + self.size - 1


@dataclass(frozen=True)
class RandomIndex:
    """The table that CR is measured by: its name, its values, and the range that has them."""

    name: str
    values: tuple[float, ...]
    range: str


CONSISTENCY = ("lambda_max", "ci", "ri", "cr")
# Live, in the order of ahp.METHODS; then the same as we computed them.
LIVE_WEIGHTS = len(ahp.METHODS)

# Columns of the experts' rows.
WEIGHT, COUNTS, JUDGEMENTS = 2, 3, 4
