"""One printed figure beside the computed one, and how far the two agree."""

from dataclasses import dataclass, replace
from enum import StrEnum

from organizations.arithmetic import Line
from organizations.figures import figure
from scorecards.methods.lights import round_half_up
from surveys.studies.reasons import Reason
from surveys.studies.words import Words

MORE_DECIMALS = 2
# Binary rounding must not push a printed figure over the edge of its own range.
ON_THE_EDGE = 1e-9


class Grade(StrEnum):
    """How a printed figure stands to the computed one."""

    # The computed figure, rounded (half up) to the printed decimals, is the printed one.
    AGREES = "agrees"
    # Not so, but inputs that are printed the same way can give the printed figure.
    WITHIN = "within"
    DIFFERS = "differs"
    # The computation starts from this figure, so there is nothing to compare.
    GIVEN = "given"
    # The paper prints no such figure.
    UNPRINTED = "unprinted"


@dataclass(frozen=True, slots=True)
class Shown:
    """A number with the decimals that it is shown with, a line of arithmetic, or words."""

    value: float | str | Line | None
    decimals: int = 0

    @property
    def is_line(self) -> bool:
        return isinstance(self.value, Line)

    @property
    def text(self) -> str:
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, Line):
            return self.value.text
        return figure(self.value, self.decimals)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure of a paper.

    ``decimals`` are those of the printed row: a paper that drops trailing zeros writes 1 for
    1.00. ``bounds`` hold what the computation can give while its inputs stay within their own
    rounding. ``others`` are further computed figures that help to understand this one.
    """

    code: Words
    printed: float | str | None
    computed: float | str | None
    decimals: int = 0
    name: Words = ""
    bounds: tuple[float, float] | None = None
    reason: Reason | None = None
    given: bool = False
    others: tuple[Shown, ...] = ()
    more_decimals: int = MORE_DECIMALS
    # How the computed figure came about, where it is a line of arithmetic.
    line: Line | None = None
    # The sum of those above it.
    is_total: bool = False

    @property
    def grade(self) -> Grade:
        if self.given:
            return Grade.GIVEN
        if self.printed is None:
            return Grade.UNPRINTED
        if isinstance(self.printed, str) or isinstance(self.computed, str):
            return Grade.AGREES if self.printed == self.computed else Grade.DIFFERS
        if self.computed is None:
            return Grade.DIFFERS
        if abs(round_half_up(self.computed, self.decimals) - self.printed) < ON_THE_EDGE:
            return Grade.AGREES
        return Grade.WITHIN if self._is_possible(self.printed) else Grade.DIFFERS

    def _is_possible(self, printed: float) -> bool:
        if self.bounds is None:
            return False
        half = half_unit(self.decimals)
        low, high = self.bounds
        return low - half - ON_THE_EDGE <= printed <= high + half + ON_THE_EDGE

    @property
    def printed_text(self) -> str:
        return Shown(self.printed, self.decimals).text

    @property
    def computed_text(self) -> str:
        """With more decimals than printed, so that a rounding can be followed. A sum has one
        less than its parts, which are rounded themselves."""
        return Shown(self.computed, self.decimals + self.more_decimals - self.is_total).text


def given(code: str, printed: float, decimals: int) -> Comparison:
    """A printed figure that the computation starts from."""
    return Comparison(code, printed, printed, decimals, given=True)


def half_unit(decimals: int) -> float:
    """Half of the last printed digit: how far rounding may have moved a figure."""
    return 0.5 * 10.0**-decimals


def explained(comparison: Comparison, *, within: Reason, differs: Reason) -> Comparison:
    """Attach the reason that fits the comparison's grade."""
    return replace(comparison, reason=within if comparison.grade is Grade.WITHIN else differs)
