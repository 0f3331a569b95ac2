"""The strategy map as a picture: for a chat group, a slide, or a wall."""

from pathlib import Path

import typst

from scorecards.exports.map_svg import colours, map_svg
from scorecards.models import Scorecard

FONTS = Path(__file__).parent / "fonts"
# The drawing comes in as data, so that no text of it is ever read as a command.
PAGE = b"""
#set page(width: auto, height: auto, margin: 10pt, fill: rgb(sys.inputs.paper))
#image(bytes(sys.inputs.map), format: "svg", width: 842pt)
"""
# A4 across at this many dots per inch is 2 200 dots wide: sharp in print, 150 KB to send.
DOTS_PER_INCH = 188.0


def map_png(scorecard: Scorecard, *, with_status: bool = True) -> bytes | None:
    """The map as PNG, of the width of A4 landscape; None when there is nothing to draw."""
    drawing = map_svg(scorecard, with_status=with_status)
    if drawing is None:
        return None
    picture = typst.compile(
        PAGE,
        sys_inputs={"map": drawing.decode(), "paper": colours()["paper"]},
        format="png",
        ppi=DOTS_PER_INCH,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    # A list would be several pages, and this document has one.
    return picture if isinstance(picture, bytes) else picture[0]
