"""A link as a QR code: its dark squares as one path, which a template or a file draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import segno
from django.template.loader import render_to_string

# White room around it, without which a camera doesn't find it.
MARGIN = 4
# Any of the eight patterns can be read; trying them all takes most of the time.
MASK = 3


@dataclass(frozen=True)
class QrCode:
    """``size`` is the side with its margin, in squares; ``path`` is the d of an SVG path."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """15 % of it may be dirty or torn, and it is still read."""
    made = segno.make_qr(text, error="m", boost_error=False, mask=MASK)
    side = len(made.matrix) + 2 * MARGIN
    return QrCode(side, "".join(_runs(made.matrix)))


def qr_svg(text: str, title: str) -> str:
    """The code as a file of its own."""
    return render_to_string("surveys/qr.svg", {"qr": qr_code(text), "title": title})


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[str]:
    for y, row in enumerate(matrix, start=MARGIN):
        x = MARGIN
        for dark, squares in groupby(row):
            width = len(list(squares))
            if dark:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width
