"""One candidate's ratings on their scale: a dot for each rating that was given, by its share.

Like the other drawings it has no fixed width: sideways everything is in per cent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import figures

HEIGHT = 28.0
LARGEST_RADIUS = 9.0
# Per cent left free at both ends, so that the outer dots are whole.
EDGE = 8.0


@dataclass(frozen=True, slots=True)
class StripDot:
    x: float
    radius: float


@dataclass(frozen=True, slots=True)
class RatingStrip:
    """``mean_x`` and ``cut_x`` are None where there is none, or it lies outside the scale."""

    dots: tuple[StripDot, ...]
    mean_x: float | None
    cut_x: float | None
    text: str
    height: float = HEIGHT
    left: float = EDGE
    right: float = 100 - EDGE


def draw_strip(
    counts: Sequence[int], mean: float | None, cut_mean: float | None = None
) -> RatingStrip:
    """``counts`` of the ratings 1, 2, …; ``cut_mean``: the mean at which the cut-off lies."""
    most, total = len(counts), sum(counts)
    return RatingStrip(
        dots=tuple(
            StripDot(_place(points, most), LARGEST_RADIUS * sqrt(count / total))
            for points, count in enumerate(counts, start=1)
            if count
        ),
        mean_x=None if mean is None else _place(mean, most),
        cut_x=_place(cut_mean, most) if cut_mean is not None and 1 <= cut_mean <= most else None,
        text=strip_text(counts, mean),
    )


def strip_text(counts: Sequence[int], mean: float | None) -> str:
    """The picture in words: 3 experts gave 4, 2 experts gave 5; mean 4.40."""
    if mean is None:
        return _("Nobody rated it.")
    given = (
        ngettext("%(n)s expert gave %(points)s", "%(n)s experts gave %(points)s", count)
        % {"n": count, "points": points}
        for points, count in enumerate(counts, start=1)
        if count
    )
    return _("%(given)s; mean %(mean)s") % {
        "given": ", ".join(given),
        "mean": figures.figure(mean, 2),
    }


def _place(points: float, most: int) -> float:
    """Where a rating stands, in per cent of the width."""
    return EDGE + (100 - 2 * EDGE) * (points - 1) / (most - 1)
