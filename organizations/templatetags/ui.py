"""What the shared components need beyond Django's own tags. Documented in docs/components.md."""

from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.formats import number_format

register = template.Library()

# Both drawings are 200 units wide; their templates say so in viewBox.
LADDER_LEFT, LADDER_RIGHT, LADDER_FLOOR = 0, 200, 26
# Steps rise from red to green, so the ladder is readable without colour.
LADDER_HEIGHTS = {"red": 4, "amber": 7, "green": 10}
GAUGE_CENTRE, GAUGE_RADIUS = 100, 84
GAP = 1.5


@dataclass(frozen=True)
class Scale:
    """The run of levels from `low` to `high` with its two limits, as fractions from 0 to 1."""

    low: float
    high: float
    red_to: float
    green_from: float

    def fraction(self, level: float) -> float:
        return min(max((float(level) - self.low) / (self.high - self.low), 0.0), 1.0)

    def parts(self) -> list[tuple[str, float, float]]:
        red, green = self.fraction(self.red_to), self.fraction(self.green_from)
        return [("red", 0.0, red), ("amber", red, green), ("green", green, 1.0)]


def unlocalized(number: float) -> str:
    """SVG wants a point, whatever the page's language writes."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def localized(number: float) -> str:
    """As the reader's language writes it: 2,6 rather than 2.6 or 2,60."""
    return number_format(Decimal(unlocalized(number)))


@register.inclusion_tag("components/_ladder.html")
def ladder(
    level: float | None,
    light: str = "none",
    *,
    red_to: float = 3,
    green_from: float = 8,
    low: float = 0,
    high: float = 10,
    label: str = "",
) -> dict[str, Any]:
    """Three rising steps and the level's place on them. Without `label` it is decoration."""
    scale = Scale(float(low), float(high), float(red_to), float(green_from))
    span = LADDER_RIGHT - LADDER_LEFT
    steps = [
        {
            "light": name,
            "x": unlocalized(LADDER_LEFT + start * span + (GAP if start else 0)),
            "width": unlocalized(max((end - start) * span - (GAP if start else 0), 0)),
            "y": LADDER_FLOOR - LADDER_HEIGHTS[name],
            "height": LADDER_HEIGHTS[name],
        }
        for name, start, end in scale.parts()
    ]
    marker = None if level is None else unlocalized(LADDER_LEFT + scale.fraction(level) * span)
    return {"steps": steps, "marker": marker, "light": light, "label": label}


@register.inclusion_tag("components/_ladder_axis.html")
def ladder_axis(
    *, red_to: float = 3, green_from: float = 8, low: float = 0, high: float = 10
) -> dict[str, Any]:
    """The four numbers that stand above a column of ladders, at the ladders' own places."""
    scale = Scale(float(low), float(high), float(red_to), float(green_from))
    span = LADDER_RIGHT - LADDER_LEFT
    ticks = [
        {"x": unlocalized(LADDER_LEFT + scale.fraction(level) * span), "text": localized(level)}
        for level in (low, red_to, green_from, high)
    ]
    return {"ticks": ticks}


def _arc(start: float, end: float) -> str:
    """The path of a part of the upper half circle, 0 at its left end and 1 at its right."""

    def point(fraction: float) -> str:
        angle = pi * (1 - fraction)
        x = GAUGE_CENTRE + GAUGE_RADIUS * cos(angle)
        y = GAUGE_CENTRE - GAUGE_RADIUS * sin(angle)
        return f"{unlocalized(x)} {unlocalized(y)}"

    return f"M{point(start)}A{GAUGE_RADIUS} {GAUGE_RADIUS} 0 0 1 {point(end)}"


@register.inclusion_tag("components/_gauge.html")
def gauge(
    level: float | None,
    light: str = "none",
    *,
    text: str,
    caption: str = "",
    label: str = "",
    red_to: float = 3,
    green_from: float = 8,
    low: float = 0,
    high: float = 10,
) -> dict[str, Any]:
    """A half circle of three arcs with a needle; `text` is the level as the reader reads it."""
    scale = Scale(float(low), float(high), float(red_to), float(green_from))
    gap = 0.008
    arcs = [
        {"light": name, "path": _arc(start + (gap if start else 0), end - (gap if end < 1 else 0))}
        for name, start, end in scale.parts()
        if end - start > 2 * gap
    ]
    needle = None if level is None else unlocalized(180 * scale.fraction(level))
    return {
        "arcs": arcs,
        "needle": needle,
        "light": light,
        "text": text,
        "caption": caption,
        "label": label,
    }


@register.filter
def error_anchor(field: BoundField) -> str:
    """The id that a link in the error summary jumps to. Groups of radios or ticks have none
    of their own: their first choice takes the focus."""
    return field.id_for_label or f"{field.auto_id}_0"
