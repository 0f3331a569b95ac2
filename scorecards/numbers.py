"""Numbers as Indonesians and English speakers type them.

``1.500`` is fifteen hundred to one reader and one and a half to another. `parse_number` takes
what can only mean one thing, and asks where a text can mean two: it never guesses. The table in
tests/scorecards/test_numbers.py shows what each input gives.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext

from organizations import figures

# What a measured value's column holds (scorecards.models.measure_field).
MOST_WHOLE_DIGITS = 15
MOST_DECIMALS = 6
LONGEST_TEXT = 60


class UnitKind(StrEnum):
    """What the number counts, as far as it decides how a text is read."""

    COUNT = "count"  # whole things: people, complaints
    MONEY = "money"  # rupiah, seldom with sen
    PERCENT = "percent"
    RATIO = "ratio"  # decimals matter, whatever number of them is shown
    NUMBER = "number"


class Unread(StrEnum):
    """Why a text can't be read."""

    EMPTY = "empty"
    CHARACTERS = "characters"
    SIGN = "sign"
    SEPARATORS = "separators"
    UNFINISHED = "unfinished"
    EXPONENT = "exponent"
    CURRENCY = "currency"
    PERCENT = "percent"
    NOT_WHOLE = "not_whole"
    TOO_LARGE = "too_large"
    TOO_PRECISE = "too_precise"


@dataclass(frozen=True)
class Reading:
    """The number that was understood, and the text that it was read from."""

    value: Decimal
    text: str


class NumberUnreadable(ValueError):
    """The text is no number, for this reason."""

    def __init__(self, reason: Unread, text: str) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.reason = reason
        self.text = text


class NumberUnclear(ValueError):
    """The text can mean each of these numbers."""

    def __init__(self, candidates: list[Decimal], text: str) -> None:
        super().__init__(f"{text!r} can mean {' or '.join(map(str, candidates))}")
        self.candidates = candidates
        self.text = text


def unit_kind_of(unit: str) -> UnitKind:
    """The kind that a unit's name gives away. "juta rupiah" counts millions: a plain number."""
    name = unit.strip().casefold()
    if name in figures.CURRENCY_UNITS:
        return UnitKind.MONEY
    if name in {"%", "persen", "percent"}:
        return UnitKind.PERCENT
    if name in {"rasio", "ratio", "indeks", "index", "kali"}:
        return UnitKind.RATIO
    return UnitKind.NUMBER


def parse_number(
    text: str, *, decimals: int = 2, unit_kind: UnitKind | str = UnitKind.NUMBER
) -> Reading:
    """Read a number written the Indonesian or the English way.

    ``decimals`` is how many the field shows: without any, ``1.500`` is 1500. A field of a ratio
    or a percentage asks all the same, because there 1,5 is as likely.

    Raises `NumberUnclear` with the candidates, or `NumberUnreadable` with the reason.
    """
    kind = UnitKind(unit_kind)
    sign, digits = _strip(text, kind)
    readings = list(dict.fromkeys(_readings(digits)))
    if not readings:
        raise NumberUnreadable(_why_unreadable(digits), text)
    whole = [reading for reading in readings if reading == reading.to_integral_value()]
    if kind is UnitKind.COUNT and not whole:
        raise NumberUnreadable(Unread.NOT_WHOLE, text)
    expects_whole = kind in {UnitKind.COUNT, UnitKind.MONEY} or (
        kind is UnitKind.NUMBER and decimals == 0
    )
    if expects_whole and whole:
        readings = whole
    values = [_within_limits(sign * reading, text) for reading in readings]
    if len(values) > 1:
        raise NumberUnclear(values, text)
    return Reading(values[0], text)


# -- From what was typed to a sign and bare digits with separators.

_SIGNS = {"-": -1, "+": 1}
_SAME_AS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\t", " "),
        "\uff0b": "+",
        "\uff0c": ",",
        "\uff0e": ".",
        "\uff05": "%",
        "\u066b": ",",  # Arabic decimal comma
        "\u200e": "",  # marks of writing direction come along when text is copied
        "\u200f": "",
        "\ufeff": "",
    }
)
_NO_SEN = re.compile(r"[.,]-$")  # the habit of writing Rp1.500,-
_CURRENCY = re.compile(r"^([-+]?)\s*(?:rp\.?|idr)\s*(?=[-+]?[\d.,])", re.IGNORECASE)


def _strip(text: str, kind: UnitKind) -> tuple[int, str]:
    plain = _plain(text)
    if not plain:
        raise NumberUnreadable(Unread.EMPTY, text)
    if len(plain) > LONGEST_TEXT:
        raise NumberUnreadable(Unread.TOO_LARGE, text)
    without_currency = _CURRENCY.sub(r"\1", plain)
    if without_currency != plain and kind is not UnitKind.MONEY:
        raise NumberUnreadable(Unread.CURRENCY, text)
    if kind is UnitKind.MONEY:
        without_currency = _NO_SEN.sub("", without_currency)
    number = without_currency.removesuffix("%")
    if number != without_currency and kind is not UnitKind.PERCENT:
        raise NumberUnreadable(Unread.PERCENT, text)
    number = number.strip()
    if number[:1] in _SIGNS:
        return _SIGNS[number[0]], number[1:].strip()
    return 1, number


def _plain(text: str) -> str:
    """Every script's digits as 0 to 9. A superscript is no digit: 5² isn't 52."""
    translated = str(text).translate(_SAME_AS)
    digits = (str(unicodedata.decimal(character, character)) for character in translated)
    return "".join(digits).strip()


# -- From bare digits to all that they can mean.

_GROUPED = r"(?P<whole>[1-9]\d{{0,2}}(?:{group}\d{{3}})+)(?:{point}(?P<decimals>\d+))?"
_STYLES = [
    # Without grouping; ".5" and ",5" have nothing before the separator.
    re.compile(r"(?P<whole>\d*)[.,](?P<decimals>\d+)|(?P<only>\d+)", re.ASCII),
    re.compile(_GROUPED.format(group=r"\.", point=","), re.ASCII),  # Indonesian 1.234,5
    re.compile(_GROUPED.format(group=",", point=r"\."), re.ASCII),  # English 1,234.5
    # 1 234,5. With three decimals it could be groups of two kinds, so that isn't taken.
    re.compile(_GROUPED.format(group=" ", point=r"[.,](?!\d{3}$)"), re.ASCII),
]
# "1500.000" breaks the rule of grouping, but may be meant as 1.500.000.
_CARELESS = re.compile(r"([1-9]\d{3,})[.,](\d{3})", re.ASCII)


def _readings(digits: str) -> Iterator[Decimal]:
    """The larger meaning first: with separators as groups, then as a decimal point."""
    if match := _CARELESS.fullmatch(digits):
        yield Decimal(match[1] + match[2])
    for style in reversed(_STYLES):
        if match := style.fullmatch(digits):
            parts = match.groupdict()
            whole = parts.get("only") or re.sub(r"\D", "", parts["whole"] or "") or "0"
            yield Decimal(f"{whole}.{parts.get('decimals') or 0}")


def _why_unreadable(digits: str) -> Unread:
    if digits[:1] in _SIGNS:
        return Unread.SIGN
    if re.fullmatch(r"[\d.,]+[eE][-+]?\d+", digits):
        return Unread.EXPONENT
    if not re.fullmatch(r"[\d., ]+", digits):
        return Unread.CHARACTERS
    if digits[-1] in ".,":
        return Unread.UNFINISHED
    return Unread.SEPARATORS


def _within_limits(value: Decimal, text: str) -> Decimal:
    if abs(value) >= Decimal(10) ** MOST_WHOLE_DIGITS:
        raise NumberUnreadable(Unread.TOO_LARGE, text)
    if figures.count_decimals(value) > MOST_DECIMALS:
        raise NumberUnreadable(Unread.TOO_PRECISE, text)
    # No trailing zeros, no exponent, no "-0".
    return figures.rounded(value, figures.count_decimals(value))


# -- Back to text.


def input_text(value: Decimal | float | int | None) -> str:
    """The value as it may be typed in the active language, read back as the same value.

    Three decimals get a zero behind them (1,1250): 1,125 could be read as thousands.
    """
    number = figures.as_decimal(value)
    if number is None:
        return ""
    decimals = min(figures.count_decimals(number), MOST_DECIMALS)
    if decimals == 3 and abs(number) >= 1:
        decimals = 4
    plain = f"{figures.rounded(number, decimals):f}"
    return plain.replace(".", figures.decimal_mark())


def read_back(value: Decimal | float | int, unit: str = "", language: str | None = None) -> str:
    """What the page says it understood: "Read as: 1.500 rupiah"."""
    with translation.override(language or translation.get_language()):
        if unit_kind_of(unit) is UnitKind.MONEY:
            meaning = f"{figures.trimmed(value, 2)}{figures.NO_BREAK_SPACE}rupiah"
        else:
            meaning = figures.measure(value, unit)
        return gettext("Read as: %(value)s") % {"value": meaning}
