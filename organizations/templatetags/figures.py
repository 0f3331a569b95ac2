"""``{% load figures %}``: numbers and days in the active language."""

from datetime import date, datetime
from typing import Protocol

from django import template

from organizations import figures
from organizations.figures import Number

register = template.Library()


class Measured(Protocol):
    """Whatever has a unit and a number of decimals, such as a KPI."""

    unit: str
    decimals: int


@register.filter(is_safe=True)
def figure(value: Number | None, decimals: int = 0) -> str:
    """``{{ level|figure:2 }}``: 5,33."""
    return figures.figure(value, decimals)


@register.filter(is_safe=True)
def exactly(value: Number | None, decimals: int) -> str:
    """``{{ survey.cut_off|exactly:2 }}``: 0,80, but 0,875: what is decided by isn't rounded."""
    return figures.exactly(value, decimals)


@register.filter(is_safe=True)
def beside(value: Number | None, limit: Number | None) -> str:
    """``{{ check.cr|beside:check.limit }}``: 0,081, but 0,1004 beside a limit of 0,10."""
    return figures.figure_beside(value, limit)


@register.filter(is_safe=True)
def trimmed(value: Number | None, decimals: int = figures.MOST_DECIMALS) -> str:
    """``{{ mean|trimmed:3 }}``: 5,3 for 5.300."""
    return figures.trimmed(value, decimals)


@register.filter(is_safe=True)
def percent(share: Number | None, decimals: int = 1) -> str:
    """``{{ weight|percent:1 }}``: 13,2 % for 0.132."""
    return figures.percent(share, decimals)


@register.filter(is_safe=True)
def rupiah(value: Number | None) -> str:
    """``{{ budget|rupiah }}``: Rp1.234.567."""
    return figures.rupiah(value)


@register.filter
def measure(value: Number | None, of: "Measured | str" = "") -> str:
    """``{{ value|measure:kpi }}`` or ``{{ value|measure:"%" }}``: the value with its unit."""
    if isinstance(of, str):
        return figures.measure(value, of)
    return figures.measure(value, of.unit, of.decimals)


@register.filter(is_safe=True)
def day(value: date | None) -> str:
    """``{{ period.end|day }}``: 21 November 2026."""
    return figures.day(value)


@register.filter
def moment(value: datetime | None, zone: str | None = None) -> str:
    """``{{ invited_at|moment }}``: 21 November 2026 10.42 WIB, by the organization's clock."""
    return figures.moment(value, zone)


@register.filter(is_safe=True)
def svg(value: float) -> str:
    """``x="{{ node.x|svg }}"``: a coordinate, with a point in every language: 12.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
