"""What stands around a number that somebody typed: a sign or brackets, Rp, the unit's name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scorecards.units import CURRENCY, PERCENT, Unit, UnitKind

LONGEST_TEXT = 60


class Unread(StrEnum):
    """Why a text can't be read."""

    EMPTY = "empty"
    CHARACTERS = "characters"
    SIGN = "sign"
    SEPARATORS = "separators"
    UNFINISHED = "unfinished"
    EXPONENT = "exponent"
    MAGNITUDES = "magnitudes"
    CURRENCY = "currency"
    PERCENT = "percent"
    NOT_WHOLE = "not_whole"
    TOO_LARGE = "too_large"
    TOO_PRECISE = "too_precise"


class NumberUnreadable(ValueError):
    """The text is no number, for this reason."""

    def __init__(self, reason: Unread, text: str) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.reason = reason
        self.text = text


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
_NO_SEN = re.compile(r"(?<=\w)[.,][-=]{1,2}$")  # the habit of writing Rp1.500,-
# Possessive: a box full of dashes takes no longer than another.
_FRAME = re.compile(
    r"(?P<signs>[-+\s]*+)(?P<open>\(?)(?P<inner>[-+\s]*+)(?P<currency>(?:(?:rp\.?|idr)(?![^\W\d_]))?)"
    r"(?P<after>[-+\s]*+)(?P<late>\(?)(?P<last>[-+\s]*+)(?P<body>[^()]*+)(?P<close>\)?)"
)
_SIGNS = ("signs", "inner", "after", "last")


@dataclass(frozen=True)
class Typed:
    """``body``: digits, separators and words like "juta", nothing else that could be read."""

    sign: int
    body: str
    has_currency: bool


def unwrap(text: str, of: Unit) -> Typed:
    """Take off what says nothing about the size. Raises `NumberUnreadable`."""
    plain = _within_length(text)
    scaled = _without_names(plain, (of.scaled_name,))
    if scaled != plain:  # 1,5 Rp juta
        plain = f"{scaled} {of.magnitude}"
    without_unit = _without_names(plain, of.names)
    outside = _without_names(without_unit, CURRENCY)
    framed = _FRAME.fullmatch(outside)
    if framed is None or len(framed["open"] + framed["late"]) != len(framed["close"]):
        raise NumberUnreadable(Unread.CHARACTERS, text)
    signs = "".join(framed[name] for name in _SIGNS).replace(" ", "") + framed["close"]
    if len(signs) > 1:
        raise NumberUnreadable(Unread.SIGN, text)
    bare = _without_names(framed["body"].strip(), of.names)
    body = _without_names(bare, CURRENCY)
    has_currency = bool(framed["currency"]) or body != bare or outside != without_unit
    if has_currency and not of.takes_currency:
        raise NumberUnreadable(Unread.CURRENCY, text)
    if of.kind is not UnitKind.PERCENT and _without_names(body, PERCENT) != body:
        raise NumberUnreadable(Unread.PERCENT, text)
    if has_currency or of.kind is UnitKind.MONEY:
        body = _NO_SEN.sub("", body)
    return Typed(-1 if signs in ("-", ")") else 1, body, has_currency)


def _within_length(text: str) -> str:
    plain = _plain(text)
    if not plain:
        raise NumberUnreadable(Unread.EMPTY, text)
    if len(plain) > LONGEST_TEXT:
        is_number = re.fullmatch(r"[-+\d., ]+", plain)
        raise NumberUnreadable(Unread.TOO_LARGE if is_number else Unread.CHARACTERS, text)
    return plain


def _plain(text: str) -> str:
    """Every script's digits as 0 to 9. A superscript is no digit: 5² isn't 52."""
    translated = str(text).translate(_SAME_AS)
    digits = (str(unicodedata.decimal(character, character)) for character in translated)
    return "".join(digits).strip().casefold()


def _without_names(text: str, names: Iterable[str]) -> str:
    """Without the name that stands behind the number, if it is one of these."""
    for name in map(_plain, names):
        rest = text.removesuffix(name)
        if rest != text and rest.strip() and not rest[-1:].isalpha():
            return rest.strip()
    return text
