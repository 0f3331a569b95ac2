"""A judgement as somebody printed it: a whole number, a fraction, or a rounded decimal."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scorecards.interchange.document import ValueFault
from scorecards.interchange.values import shown

LARGEST = 9
LONGEST = 24
# Beside the rounding of the print: that of binary numbers.
NOISE = 1e-9
FRACTION = re.compile(r"(\d{1,3})/(\d{1,3})", re.ASCII)
DECIMAL = re.compile(r"\d{1,3}(?:[.,](\d{1,20}))?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+)?|\d\d:\d\d(:\d\d)?", re.ASCII)


@dataclass(frozen=True)
class Printed:
    """A value, and between which numbers it lay before it was rounded for the print."""

    text: str
    value: float
    low: float
    high: float

    @property
    def looseness(self) -> float:
        return (self.high - self.low) / self.value

    def holds(self, value: float) -> bool:
        return self.low - NOISE <= value <= self.high + NOISE

    def is_reciprocal_of(self, other: "Printed") -> bool:
        """Whether some number in this interval is 1 divided by one in the other's."""
        return self.low * other.low <= 1 + NOISE and self.high * other.high >= 1 - NOISE

    @property
    def signed(self) -> tuple[int, ...]:
        """The judgements of Saaty's scale that this may stand for, the nearest first.

        1..9 for the row's element, -9..-2 against it.
        """
        scale = [*range(1, LARGEST + 1), *(-n for n in range(2, LARGEST + 1))]
        fitting = [n for n in scale if self.holds(ratio(n))]
        return tuple(sorted(fitting, key=lambda n: abs(ratio(n) - self.value)))


def ratio(signed: int) -> float:
    return float(signed) if signed > 0 else -1 / signed


def read_printed(text: str) -> Printed:
    """Raises ValueFault for what is no number above 0. A whole number is not rounded."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2044", "/").replace(" ", "")
    if DAY.fullmatch(plain):
        raise ValueFault(
            _("Excel made a date of this. Format the cell as text, and type it anew, as 1/3.")
        )
    if plain.startswith("="):
        raise ValueFault(_("The result of this formula is missing. Write the value itself."))
    fraction = FRACTION.fullmatch(plain)
    if fraction and int(fraction[1]) and int(fraction[2]):
        value = int(fraction[1]) / int(fraction[2])
        return Printed(text, value, value, value)
    decimal = DECIMAL.fullmatch(plain) if len(plain) <= LONGEST else None
    value = float(plain.replace(",", ".")) if decimal else 0.0
    if decimal is None or not value:
        raise ValueFault(
            _("“%(value)s” is no judgement. Write it as 3, 1/3 or 0.33.") % {"value": shown(text)}
        )
    half = 0.5 * 10 ** -len(decimal[1]) if decimal[1] else 0.0
    return Printed(text, value, max(value - half, NOISE), value + half)


def whole_judgement(printed: Printed, mirrored: Printed | None = None) -> int:
    """One expert's judgement from its cell, and from the one across the diagonal where it is given.

    Raises ValueFault where it is none of Saaty's scale, or may be several.
    """
    fitting = list(printed.signed)
    if not fitting:
        raise _no_judgement(printed)
    if mirrored is not None:
        across = {1 if n == 1 else -n for n in mirrored.signed}
        fitting = [n for n in fitting if n in across]
        if not fitting:
            raise not_reciprocal(printed, mirrored)
    is_exact = abs(ratio(fitting[0]) - printed.value) <= NOISE
    if len(fitting) > 1 and not is_exact:
        raise ValueFault(
            _("“%(value)s” may be %(values)s. Write it as a fraction.")
            % {"value": shown(printed.text), "values": _or(fitting)}
        )
    return fitting[0]


def _no_judgement(printed: Printed) -> ValueFault:
    if _may_be_mean(printed):
        text = _(
            "“%(value)s” is no judgement from 1 to 9 or from 1/2 to 1/9. A mean of several "
            "experts belongs into a group matrix: say so above."
        )
    else:
        text = _("“%(value)s” is no judgement: those go from 1/9 to 9.")
    return ValueFault(text % {"value": shown(printed.text)})


def _may_be_mean(printed: Printed) -> bool:
    return printed.low <= LARGEST + NOISE and printed.high >= 1 / LARGEST - NOISE


def not_reciprocal(printed: Printed, mirrored: Printed) -> ValueFault:
    return ValueFault(
        _(
            "“%(value)s” and “%(other)s” across the diagonal don't fit: one has to be 1 divided "
            "by the other."
        )
        % {"value": shown(printed.text), "other": shown(mirrored.text)}
    )


def joined_ratio(printed: Printed, mirrored: Printed | None = None) -> float:
    """A group's ratio from its cells: by the one that lost less by rounding.

    Raises ValueFault where no geometric mean of judgements can be so large or small.
    """
    if mirrored is not None and not printed.is_reciprocal_of(mirrored):
        raise not_reciprocal(printed, mirrored)
    if not _may_be_mean(printed):
        raise ValueFault(
            _("“%(value)s” is no mean of judgements: those lie between 1/9 and 9.")
            % {"value": shown(printed.text)}
        )
    value = printed.value
    if mirrored is not None and mirrored.looseness < printed.looseness:
        value = 1 / mirrored.value
    return value


def _or(values: Sequence[int]) -> str:
    texts = [str(n) if n > 0 else f"1/{-n}" for n in sorted(values, reverse=True)]
    return ", ".join(texts)
