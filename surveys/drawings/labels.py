"""Text inside the drawings, broken and shortened for a phone's width."""

from dataclasses import dataclass

from scorecards.strategy_map.text import ELLIPSIS, text_width, wrap

# What a drawing has on a phone of 320 px, and the sizes of css/results.css.
NARROW = 272.0
LABEL_SIZE = 13.0
LINE_HEIGHT = 17.0
MOST_LINES = 2
CODE_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Line:
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    lines: tuple[Line, ...]
    bottom: float


def lane_label(code: str, label: str, top: float, *, beside: float = 0.0) -> Label:
    """The name above a lane, leaving ``beside`` pixels at its right for figures."""
    name = f"{code} {label}".strip()
    texts = wrap(name, NARROW - beside, LABEL_SIZE, lines=MOST_LINES)
    lines = tuple(
        Line(top + LABEL_SIZE + place * LINE_HEIGHT, text) for place, text in enumerate(texts)
    )
    return Label(lines, top + len(texts) * LINE_HEIGHT + 4)


def shortened(code: str, width: float) -> str:
    """A code that fits, with an ellipsis where it is too long."""
    if text_width(code, CODE_SIZE, bold=True) <= width:
        return code
    kept = code
    while kept and text_width(kept + ELLIPSIS, CODE_SIZE, bold=True) > width:
        kept = kept[:-1]
    return kept + ELLIPSIS
