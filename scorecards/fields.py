"""Form fields of the scorecard."""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organizations import figures
from scorecards import calendar
from scorecards.numbers import (
    NumberUnclear,
    NumberUnreadable,
    UnitKind,
    Unread,
    input_text,
    parse_number,
)

UNREADABLE = {
    Unread.CHARACTERS: _("“%(typed)s” can't be read as a number. Write digits only, such as 1500."),
    Unread.SIGN: _("“%(typed)s” has more than one sign. Write one minus sign, in front."),
    Unread.SEPARATORS: _(
        "“%(typed)s” can't be read as a number. "
        "Write it without points or commas between thousands, such as 1500."
    ),
    Unread.UNFINISHED: _(
        "“%(typed)s” looks unfinished. Write the digits after the comma, or leave the comma out."
    ),
    Unread.EXPONENT: _("Write “%(typed)s” in full, such as 100000."),
    Unread.CURRENCY: _("This value is not in rupiah. Write the number alone, without “Rp”."),
    Unread.PERCENT: _("This value is not a percentage. Write the number alone, without “%%”."),
    Unread.NOT_WHOLE: _("This counts whole things. Write a number without decimals."),
    Unread.TOO_LARGE: _("This number is too large. Write at most 15 digits before the comma."),
    Unread.TOO_PRECISE: _("This number has too many decimals. Write at most 6 of them."),
}


class NumberField(forms.Field):
    """A number typed the Indonesian or English way; asks where it can mean two things.

    What was typed stays in the box when there is something to ask. ``decimals`` and
    ``unit_kind`` decide how a text is read, see `parse_number`.
    """

    widget = forms.TextInput
    default_error_messages = {
        "unclear": _(
            "“%(typed)s” can mean %(first)s or %(second)s. "
            "Write %(first_plain)s or %(second_plain)s."
        ),
        "min_value": _("Write a number that is at least %(limit)s."),
        "max_value": _("Write a number that is at most %(limit)s."),
    }

    def __init__(
        self,
        *,
        decimals: int = 2,
        unit_kind: UnitKind | str = UnitKind.NUMBER,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        **kwargs: object,
    ) -> None:
        self.decimals = decimals
        self.unit_kind = UnitKind(unit_kind)
        self.min_value = min_value
        self.max_value = max_value
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: object) -> object:
        return value if isinstance(value, str) else input_text(value)

    def to_python(self, value: object) -> Decimal | None:
        typed = "" if value is None else str(value).strip()
        if typed in self.empty_values:
            return None
        try:
            reading = parse_number(typed, decimals=self.decimals, unit_kind=self.unit_kind)
        except NumberUnreadable as error:
            # EMPTY can't come here except for invisible characters, which are no number either.
            message = UNREADABLE.get(error.reason, UNREADABLE[Unread.CHARACTERS])
            raise ValidationError(message, error.reason, {"typed": typed}) from error
        except NumberUnclear as error:
            raise self._ask(typed, error.candidates) from error
        return reading.value

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise self._outside("min_value", self.min_value)
        if self.max_value is not None and value > self.max_value:
            raise self._outside("max_value", self.max_value)

    def has_changed(self, initial: object, data: object) -> bool:
        """1.5 in the database and "1,50" in the box are the same number."""
        try:
            return self.to_python(data) != figures.as_decimal(initial)
        except ValidationError:
            return True

    def _ask(self, typed: str, candidates: list[Decimal]) -> ValidationError:
        first, second = candidates[:2]
        words = {
            "typed": typed,
            "first": _spaced(first),
            "second": _spaced(second),
            "first_plain": input_text(first),
            "second_plain": input_text(second),
        }
        return ValidationError(self.error_messages["unclear"], "unclear", words)

    def _outside(self, code: str, limit: Decimal | int) -> ValidationError:
        return ValidationError(self.error_messages[code], code, {"limit": figures.trimmed(limit)})


def _spaced(number: Decimal) -> str:
    """With spaces between thousands: neither a point nor a comma that could be misread again."""
    grouped = f"{number:,f}".replace(",", figures.NO_BREAK_SPACE)
    return grouped.replace(".", figures.decimal_mark())


class DayField(forms.DateField):
    """A day from the browser's calendar, or typed the Indonesian way; it may stay empty."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {
        "invalid": _("Write the day like 2026-07-01 or 1-7-2026."),
        "year": _("Choose a year from %(first)s to %(last)s."),
    }

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("required", False)
        # A browser's date field sends the first form; people type the others.
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
        super().__init__(input_formats=formats, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"min": f"{calendar.FIRST_YEAR}-01-01", "max": f"{calendar.LAST_YEAR}-12-31"}

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not calendar.FIRST_YEAR <= value.year <= calendar.LAST_YEAR:
            limits = {"first": calendar.FIRST_YEAR, "last": calendar.LAST_YEAR}
            raise ValidationError(self.error_messages["year"], "year", limits)
