"""Values that a file may hold, whichever kind of file it is."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations import figures
from scorecards.interchange.document import ValueFault
from scorecards.interchange.schema import LONGEST_INPUT_NAME, RUNGS, TARGETS, Column, Kind
from scorecards.numbers import LARGEST

KEPT_CONTROLS = "\n\t"
# Digits alone: no exponent, no infinity, nothing that is no number.
PLAIN_DECIMAL = re.compile(r"-?\d{1,20}(\.\d{1,400})?", re.ASCII)


def clean_text(text: str) -> str:
    """As it is written to a file: line ends are one character, invisible controls are gone."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in plain if not _is_unfit(character)).strip()


def _is_unfit(character: str) -> bool:
    """Controls, and halves of a character, which no database stores."""
    return unicodedata.category(character) in ("Cc", "Cs") and character not in KEPT_CONTROLS


def one_line(text: str) -> str:
    return " ".join(text.split())


def check_text(text: str, longest: int | None) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(_is_unfit(character) for character in plain):
        raise ValueFault(_("This text has characters that can't be stored. Type it anew."))
    if longest is not None and len(plain) > longest:
        raise ValueFault(
            _("This text has %(length)d characters. Shorten it to at most %(longest)d.")
            % {"length": len(plain), "longest": longest}
        )
    return plain


def check_value(column: Column, value: Any) -> Any:
    """Refuse what the column can't hold; ``value`` is of the column's kind already."""
    if column.kind in (Kind.TEXT, Kind.CODE) and isinstance(value, str):
        value = check_text(value, column.longest)
    if value in (None, "", ()):
        if column.required:
            raise ValueFault(_("Fill this in."))
        return column.default if value is None else value
    if column.kind is Kind.DECIMAL:
        value = Decimal(plain_decimal(value))  # trailing zeros are no digits that are too many
    if column.kind in (Kind.DECIMAL, Kind.WHOLE):
        _check_number(column, value)
    if column.kind is Kind.DAY:
        _check_between(value.year, column)
    if column.kind is Kind.RUNGS:
        return _check_rungs(value)
    if column.kind is Kind.NAMES:
        return _check_names(value)
    return value


def _check_number(column: Column, value: Decimal | int) -> None:
    try:
        column.field.run_validators(value)
    except ValidationError as error:
        raise ValueFault(" ".join(error.messages)) from error
    if abs(value) > LARGEST:
        raise ValueFault(_("This number is too large. Write at most 15 digits before the comma."))
    if column.limits and column.kind is Kind.WHOLE:
        _check_between(int(value), column)


def _check_between(year: int, column: Column) -> None:
    if column.limits is None:
        return
    first, last = column.limits
    if not first <= year <= last:
        raise ValueFault(
            _("Choose a year from %(first)s to %(last)s.") % {"first": first, "last": last}
        )


def _check_rungs(rungs: Sequence[Decimal]) -> tuple[Decimal, ...]:
    if len(rungs) != RUNGS:
        raise ValueFault(
            _("A level scale has %(needed)d values, from level 0 to 10; these are %(given)d.")
            % {"needed": RUNGS, "given": len(rungs)}
        )
    point = TARGETS.column("worst")
    return tuple(check_value(point, rung) for rung in rungs)


def _check_names(names: dict[str, str]) -> dict[str, str]:
    """Empty names are no names."""
    checked = {key: check_text(one_line(name), LONGEST_INPUT_NAME) for key, name in names.items()}
    return {key: name for key, name in checked.items() if name}


def check_choice(column: Column, value: str) -> str:
    if value and value not in column.choices:
        raise not_offered(value, list(column.choices))
    return value


def not_offered(value: str, offered: Sequence[str]) -> ValueFault:
    return ValueFault(
        _("“%(value)s” is not one of: %(offered)s.")
        % {"value": shown(value), "offered": ", ".join(offered)}
    )


def shown(value: object) -> str:
    """A value from a file, short enough to be quoted in a message."""
    text = clean_text(str(value))
    return text if len(text) <= 40 else f"{text[:39]}…"


def plain_decimal(value: Decimal | float) -> str:
    """All digits, a point, no exponent; what `read_decimal` reads back as the same number."""
    number = value if isinstance(value, Decimal) else Decimal(repr(figures.without_noise(value)))
    return f"{number.normalize() + 0:f}" if number else "0"


def read_decimal(text: str) -> Decimal:
    if not PLAIN_DECIMAL.fullmatch(text):
        raise ValueFault(
            _("“%(value)s” is no number. Write digits with a decimal point, such as 1500.5.")
            % {"value": shown(text)}
        )
    return Decimal(text)


def read_iso_day(text: str) -> date:
    try:
        return date.fromisoformat(text) if len(text) == 10 else date.fromisoformat("")
    except ValueError as error:
        raise ValueFault(
            _("“%(value)s” is no day. Write it like 2026-07-01.") % {"value": shown(text)}
        ) from error
