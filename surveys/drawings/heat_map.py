"""A heat map: the group's judgement of every pair, and how far the experts are apart on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log

from organizations import figures
from scorecards.strategy_map.text import text_width
from surveys.drawings.labels import CODE_SIZE, NARROW, shortened

ROW_HEIGHT = 40.0
HEAD_HEIGHT = 26.0
# Codes that are wider than their column stand upright, and take this much.
UPRIGHT_HEIGHT = 76.0
# The margin of the codes at the left, in per cent.
NARROWEST_GUTTER, WIDEST_GUTTER = 9.0, 24.0
GAP = 1.0
DENSITIES = (6, 8)
# Judgements from here on take the next deeper tone.
TONES = (1.05, 1.75, 2.75, 4.5)
WIDEST_SPREAD = 9.0
SPREAD_HEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Head:
    """A code in the margin; x in per cent, y in pixels, of the middle of its row or column."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair. ``tone`` names the class: row-1 … row-4, column-1 … column-4, equal, missing."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    text: str
    title: str
    # Of the bar at the foot of the cell; 0 where the experts judge alike.
    spread: float
    bar_height: float = SPREAD_HEIGHT

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def text_y(self) -> float:
        return self.y + self.height / 2 + 1

    @property
    def bar_y(self) -> float:
        return self.y + self.height - SPREAD_HEIGHT - 3

    @property
    def bar_x(self) -> float:
        return self.middle - self.spread / 2


@dataclass(frozen=True, slots=True)
class HeatMap:
    height: float
    columns: tuple[Head, ...]
    rows: tuple[Head, ...]
    cells: tuple[Cell, ...]
    has_upright_heads: bool

    @property
    def density(self) -> str:
        """How small the figures are: from six and from eight elements on."""
        return {0: "", 1: "dense", 2: "tight"}[sum(len(self.rows) >= size for size in DENSITIES)]


def draw_heat_map(
    codes: Sequence[str],
    ratios: Sequence[Sequence[float]],
    spreads: Sequence[Sequence[float]],
    titles: Sequence[Sequence[str]],
) -> HeatMap:
    """Lay out a square of judgements.

    ``ratios[i][j]`` says how many times as important element i is as j, NaN where nobody has
    judged; ``spreads[i][j]`` by what factor the experts are typically apart from that, 1 where
    they agree and NaN where that is unknown; ``titles[i][j]`` says the cell in words.
    """
    size = len(codes)
    widest = max(text_width(code, CODE_SIZE, bold=True) for code in codes) + 6
    gutter = min(max(100 * widest / NARROW, NARROWEST_GUTTER), WIDEST_GUTTER)
    width = (100 - gutter) / size
    room = NARROW * width / 100
    upright = any(text_width(code, CODE_SIZE, bold=True) > room for code in codes)
    top = UPRIGHT_HEIGHT if upright else HEAD_HEIGHT
    cells = tuple(
        _cell(gutter + j * width, top + i * ROW_HEIGHT, width, ratio, spread, title)
        for i in range(size)
        for j, (ratio, spread, title) in enumerate(
            zip(ratios[i], spreads[i], titles[i], strict=True)
        )
        if i != j
    )
    columns = (
        Head(gutter + (j + 0.5) * width, top - 9, shortened(code, UPRIGHT_HEIGHT - 14))
        for j, code in enumerate(codes)
    )
    rows = (
        Head(0.0, top + (i + 0.5) * ROW_HEIGHT, shortened(code, NARROW * gutter / 100))
        for i, code in enumerate(codes)
    )
    return HeatMap(top + size * ROW_HEIGHT + 2, tuple(columns), tuple(rows), cells, upright)


def _cell(x: float, y: float, width: float, ratio: float, spread: float, title: str) -> Cell:
    share = 0.0
    if isfinite(spread) and spread > 1:
        share = min(log(spread) / log(WIDEST_SPREAD), 1.0)
    return Cell(
        x=x,
        y=y,
        width=width,
        height=ROW_HEIGHT,
        tone=tone(ratio),
        text=ratio_text(ratio),
        title=title,
        spread=share * (width - 2 * GAP),
    )


def tone(ratio: float) -> str:
    """The class of a judgement: whose side it is on, and how strongly."""
    if not isfinite(ratio):
        return "missing"
    strength = max(ratio, 1 / ratio)
    depth = sum(strength >= edge for edge in TONES)
    if depth == 0:
        return "equal"
    return f"{'row' if ratio > 1 else 'column'}-{depth}"


def ratio_text(ratio: float) -> str:
    """3,2 where the row's element is more important, 1/3,2 where the column's is."""
    if not isfinite(ratio):
        return figures.NOTHING
    strength = figures.trimmed(max(ratio, 1 / ratio), 1)
    return strength if ratio >= 1 or strength == "1" else f"1/{strength}"
