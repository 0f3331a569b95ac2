"""Numbers as Indonesians and English speakers type them.

``1.500`` is fifteen hundred to one reader and one and a half to another. Money and what is
counted have thousands there; elsewhere `parse_number` asks. It reads words too (1,5 juta, 900rb),
Rp and a negative number in brackets, and never guesses. The table in
tests/scorecards/test_numbers.py shows what each text gives.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, product

from django.utils import translation
from django.utils.translation import gettext

from organizations import figures
from scorecards.typed_numbers import NumberUnreadable, Typed, Unread, unwrap
from scorecards.units import (
    BILLION,
    MAGNITUDES,
    MILLION,
    THOUSAND,
    TRILLION,
    Unit,
    UnitKind,
    unit_kind_of,
    unit_of,
)

__all__ = [
    "NumberUnclear",
    "NumberUnreadable",
    "Reading",
    "UnitKind",
    "Unread",
    "input_text",
    "meaning",
    "parse_number",
    "read_back",
    "says_more",
    "unambiguous",
    "unit_kind_of",
]

# What a measured value's column holds (scorecards.models.measure_field).
MOST_WHOLE_DIGITS = 15
# No fraction above it: SQLite keeps fifteen digits, and would round that to a sixteenth.
LARGEST = Decimal(10) ** MOST_WHOLE_DIGITS - 1
MOST_DECIMALS = 6


@dataclass(frozen=True)
class Reading:
    """The number that was understood, and the text that it was read from."""

    value: Decimal
    text: str


class NumberUnclear(ValueError):
    """The text can mean each of these numbers."""

    def __init__(self, candidates: list[Decimal], text: str) -> None:
        super().__init__(f"{text!r} can mean {' or '.join(map(str, candidates))}")
        self.candidates = candidates
        self.text = text


def parse_number(
    text: str,
    *,
    decimals: int = 2,
    unit: str | None = None,
    unit_kind: UnitKind | str | None = None,
) -> Reading:
    """Read a number written the Indonesian or the English way.

    ``unit`` is the name of what is asked for, or ``unit_kind`` where it has none. ``decimals`` is
    how many the field shows: a plain number without any has thousands in ``1.500``.

    Raises `NumberUnclear` with the candidates, or `NumberUnreadable` with the reason.
    """
    of = Unit.of_kind(unit_kind or UnitKind.NUMBER) if unit is None else unit_of(unit)
    if unit_kind is not None:
        of = replace(of, kind=UnitKind(unit_kind))
    typed = unwrap(text, of)
    readings = list(dict.fromkeys(_meanings(typed, of, decimals)))
    if not readings:
        raise NumberUnreadable(_why_unreadable(typed.body), text)
    if of.kind is UnitKind.COUNT:
        readings = [reading for reading in readings if is_whole(reading)]
        if not readings:
            raise NumberUnreadable(Unread.NOT_WHOLE, text)
    values = [_within_limits(typed.sign * reading, text) for reading in readings]
    if len(values) > 1:
        raise NumberUnclear(values, text)
    return Reading(values[0], text)


def is_whole(number: Decimal) -> bool:
    """Whatever its size: the remainder of more digits than decimals keep is an error."""
    return number == number.to_integral_value()


# -- From digits, separators and words like "juta" to all that they can mean.

_GROUPED = r"(?P<whole>[1-9]\d{{0,2}}(?:{group}\d{{3}})+)(?:{point}(?P<decimals>\d+))?"
# ".5" and ",5" have nothing before the separator.
_UNGROUPED = re.compile(r"(?P<whole>\d*)[.,](?P<decimals>\d+)|(?P<only>\d+)", re.ASCII)
_STYLES = [
    _UNGROUPED,
    re.compile(_GROUPED.format(group=r"\.", point=","), re.ASCII),  # Indonesian 1.234,5
    re.compile(_GROUPED.format(group=",", point=r"\."), re.ASCII),  # English 1,234.5
    # 1 234,5. With three decimals it could be groups of two kinds, so that isn't taken.
    re.compile(_GROUPED.format(group=" ", point=r"[.,](?!\d{3}$)"), re.ASCII),
]
# "1500.000" breaks the rule of grouping, but may be meant as 1.500.000: always asked.
_CARELESS = re.compile(r"([1-9]\d{3,})[.,](\d{3})", re.ASCII)
_WORDS = re.compile(r"[^\W\d_]+")
# Possessive, as a text that only looks like pieces must not be tried in every way of cutting it.
_PIECE = r"([\d.,][\d., ]*+)([^\W\d_]++)\.?+"
_PIECES = re.compile(rf"(?:{_PIECE}\s*+)++", re.ASCII)
# Triliun, miliar, juta and ribu. More pieces are no number, and each doubles what is to be tried.
_MOST_PIECES = 4
# Not beside every number: "5 m" may be metres, "2 t" tonnes.
_LETTERS = {"k": [THOUSAND], "m": [MILLION, BILLION], "b": [BILLION], "t": [TRILLION]}
_COUNTED = {UnitKind.MONEY, UnitKind.THINGS, UnitKind.COUNT}


def _meanings(typed: Typed, of: Unit, decimals: int) -> Iterator[Decimal]:
    """In the unit that is asked for: Rp 1.500.000 are 1.5 where it is "juta rupiah"."""
    words = _WORDS.findall(typed.body)
    takes_letters = typed.has_currency or of.kind in _COUNTED or of.is_scaled_money
    scales = {word: _magnitudes(word, takes_letters=takes_letters) for word in words}
    if words and all(scales.values()):
        yield from (amount / of.scale for amount in _in_words(typed.body, scales))
        return
    is_amount = typed.has_currency and of.scale > 1
    has_thousands = of.kind in _COUNTED or (of.kind is UnitKind.NUMBER and decimals == 0)
    for reading in _readings(typed.body, has_thousands=has_thousands or typed.has_currency):
        # "Rp 12" beside "juta rupiah" is more likely meant as twelve of them.
        if is_amount and 0 < reading * 10 < of.scale:
            yield reading
        yield reading / of.scale if is_amount else reading


def _magnitudes(word: str, *, takes_letters: bool) -> list[int]:
    """What a word can multiply by; nothing where it is no such word."""
    if word in MAGNITUDES:
        return [MAGNITUDES[word]]
    if word not in _LETTERS or not takes_letters:
        return []
    # An Indonesian M is a miliar, an English one a million.
    is_indonesian = (translation.get_language() or "").startswith("id")
    return _LETTERS[word][-1:] if is_indonesian else _LETTERS[word]


def _in_words(body: str, scales: Mapping[str, list[int]]) -> Iterator[Decimal]:
    """1,5 juta, or 1 juta 500 ribu: each smaller than what stands before it counts in."""
    found = re.findall(_PIECE, body, re.ASCII) if _PIECES.fullmatch(body) else []
    if not 1 <= len(found) <= _MOST_PIECES:
        return
    pieces = [
        [
            (reading * scale, scale)
            for reading in _readings(digits.rstrip())
            for scale in scales[word]
        ]
        for digits, word in found
    ]
    for together in product(*pieces):
        if all(later[0] < earlier[1] for earlier, later in pairwise(together)):
            yield sum((amount for amount, _scale in together), Decimal(0))


def _readings(digits: str, *, has_thousands: bool = False) -> Iterator[Decimal]:
    """The larger meaning first: with separators as groups, then as a decimal point.

    ``has_thousands``: where there are groups, there is no other meaning.
    """
    if match := _CARELESS.fullmatch(digits):
        yield Decimal(match[1] + match[2])
    for style in reversed(_STYLES):
        if match := style.fullmatch(digits):
            parts = match.groupdict()
            whole = parts.get("only") or re.sub(r"\D", "", parts["whole"] or "") or "0"
            yield Decimal(f"{whole}.{parts.get('decimals') or 0}")
            if has_thousands and style is not _UNGROUPED:
                return


def _why_unreadable(body: str) -> Unread:
    if body[:1] in ("-", "+"):
        return Unread.SIGN
    if re.fullmatch(r"[\d.,]+e[-+]?\d+", body):
        return Unread.EXPONENT
    words = set(_WORDS.findall(body))
    if words & set(MAGNITUDES) and words <= {*MAGNITUDES, *_LETTERS}:
        return Unread.MAGNITUDES
    if not re.fullmatch(r"[\d., ]+", body):
        return Unread.CHARACTERS
    if body[-1] in ".,":
        return Unread.UNFINISHED
    return Unread.SEPARATORS


def _within_limits(value: Decimal, text: str) -> Decimal:
    if abs(value) > LARGEST:
        raise NumberUnreadable(Unread.TOO_LARGE, text)
    if figures.count_decimals(value) > MOST_DECIMALS:
        raise NumberUnreadable(Unread.TOO_PRECISE, text)
    # No trailing zeros, no exponent, no "-0".
    return figures.rounded(value, figures.count_decimals(value))


# -- Back to text.


def input_text(value: Decimal | float | int | None, unit: str | None = None) -> str:
    """The value as it may be typed in the active language, read back as the same value.

    Three decimals get a zero behind them (1,1250): 1,125 could be read as thousands. Beside a
    ``unit`` of money or things it has thousands, which can mean nothing else there.
    """
    number = figures.as_decimal(value)
    if number is None:
        return ""
    decimals = min(figures.count_decimals(number), MOST_DECIMALS)
    if decimals == 3 and abs(number) >= 1:
        decimals = 4
    if unit and unit_kind_of(unit) in _COUNTED:
        return figures.figure(number, decimals)
    plain = f"{figures.rounded(number, decimals):f}"
    return plain.replace(".", figures.decimal_mark())


def unambiguous(value: Decimal) -> str:
    """As it is best written to be read as this number by every field."""
    return figures.trimmed(value) if abs(value) >= MILLION else input_text(value)


def read_back(value: Decimal | float | int, unit: str = "", language: str | None = None) -> str:
    """What the page says it understood: "Read as: 1.500 rupiah"."""
    with translation.override(language or translation.get_language()):
        return gettext("Read as: %(value)s") % {"value": meaning(value, unit)}


def says_more(text: str) -> bool:
    """Whether a text takes a second look to be sure of: words, brackets, seven digits."""
    return re.search(r"[^\W\d_]|[(]|\d{7}", text) is not None


def meaning(value: Decimal | float | int, unit: str = "") -> str:
    """The value in words that leave no doubt: 1.500 rupiah; 1,5 juta rupiah (Rp1.500.000)."""
    if unit.strip().casefold() in figures.CURRENCY_UNITS:
        return f"{figures.trimmed(value, 2)}{figures.NO_BREAK_SPACE}rupiah"
    said = figures.measure(value, unit)
    of, number = unit_of(unit), figures.as_decimal(value)
    if of.is_scaled_money and number:
        return f"{said} ({figures.rupiah(of.amount(number))})"
    return said
