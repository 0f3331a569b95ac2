"""Form fields of the scorecard."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.text import Truncator
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
    read_back,
    says_more,
    unambiguous,
)

# Digits of a number that every column holds. Python refuses to make one of thousands.
LONGEST_ROW_NUMBER = 18
UNREADABLE = {
    Unread.CHARACTERS: _(
        "“%(typed)s” can't be read as a number. Write it in digits, such as %(example)s or 12."
    ),
    Unread.SIGN: _("“%(typed)s” has more than one sign. Write one minus sign, in front."),
    Unread.SEPARATORS: _(
        "“%(typed)s” can't be read as a number: three digits follow each mark between thousands, "
        "such as %(example)s."
    ),
    Unread.UNFINISHED: _(
        "“%(typed)s” looks unfinished. Write the digits after the comma, or leave the comma out."
    ),
    Unread.EXPONENT: _("Write “%(typed)s” in full, such as %(example)s."),
    Unread.MAGNITUDES: _(
        "“%(typed)s” can't be read as a number. Write it as %(words)s, or in digits: %(example)s."
    ),
    Unread.CURRENCY: _("Write the number alone, without “Rp”."),
    Unread.PERCENT: _("Write the number alone, without “%%”."),
    Unread.NOT_WHOLE: _("This counts whole things. Write a number without decimals."),
    Unread.TOO_LARGE: _("This number is too large. Write at most 15 digits before the comma."),
    Unread.TOO_PRECISE: _("This number has too many decimals. Write at most 6 of them."),
}
# Where the unit is known: what it is, and not only what it isn't.
WITH_UNIT = {
    Unread.CURRENCY: _("This is counted in %(unit)s. Write the number alone, without “Rp”."),
    Unread.PERCENT: _("This is counted in %(unit)s. Write the number alone, without “%%”."),
}
LONGEST_QUOTE = 40


class NumberBox(forms.BoundField):
    """The box of a number. Where it isn't plain to see, it says what was read."""

    def __init__(self, form: forms.BaseForm, field: "NumberField", name: str) -> None:
        super().__init__(form, field, name)
        read = self._read_back()
        if read:
            # Printed as markup, and a unit is what somebody typed.
            self.help_text = format_html("{}. {}", read, self.help_text)

    def _read_back(self) -> str:
        if not self.form.is_bound or not says_more(str(self.data or "")):
            return ""
        try:
            value = self.field.clean(self.data)
        except ValidationError:
            return ""
        return read_back(value, self.field.unit or "")


class NumberField(forms.Field):
    """A number as people type it, in Indonesian or English; asks where it can mean two things.

    What was typed stays in the box when there is something to ask. ``unit`` (or ``unit_kind``,
    where it has no name) and ``decimals`` decide how a text is read, see `parse_number`; of two
    meanings, one beyond the limits isn't meant.
    """

    widget = forms.TextInput
    default_error_messages = {
        "unclear": _(
            "“%(typed)s” can be read as %(first)s or %(second)s. Write the one that you mean."
        ),
        # Named as Django's validators of a model do, whose errors borrow these words.
        "min_value": _("Write a number that is at least %(limit_value)s."),
        "max_value": _("Write a number that is at most %(limit_value)s."),
    }

    def __init__(
        self,
        *,
        decimals: int = 2,
        unit: str | None = None,
        unit_kind: UnitKind | str | None = None,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        **kwargs: object,
    ) -> None:
        self.decimals = decimals
        self.unit = unit
        self.unit_kind = unit_kind
        self.min_value = min_value
        self.max_value = max_value
        super().__init__(**kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> NumberBox:
        return NumberBox(form, self, field_name)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: object) -> object:
        return value if isinstance(value, str) else input_text(value, self.unit)

    def to_python(self, value: object) -> Decimal | None:
        typed = "" if value is None else str(value).strip()
        if typed in self.empty_values:
            return None
        try:
            return self._read(typed)
        except NumberUnreadable as error:
            raise self._refuse(typed, error.reason) from error
        except NumberUnclear as error:
            likely = [number for number in error.candidates if self._is_within(number)]
            if len(likely) == 1:
                return likely[0]
            raise self._ask(typed, error.candidates) from error

    def _read(self, typed: str) -> Decimal:
        return parse_number(
            typed, decimals=self.decimals, unit=self.unit, unit_kind=self.unit_kind
        ).value

    def _is_within(self, number: Decimal) -> bool:
        is_low = self.min_value is not None and number < self.min_value
        is_high = self.max_value is not None and number > self.max_value
        return not (is_low or is_high)

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

    def _refuse(self, typed: str, reason: Unread) -> ValidationError:
        # EMPTY can't come here except for invisible characters, which are no number either.
        message = UNREADABLE.get(reason, UNREADABLE[Unread.CHARACTERS])
        words = {
            "typed": Truncator(typed).chars(LONGEST_QUOTE),
            "unit": self.unit,
            "example": figures.figure(1_500_000),
            "words": _("1.5 million"),
        }
        if self.unit:
            message = WITH_UNIT.get(reason, message)
        return ValidationError(message, reason, words)

    def _ask(self, typed: str, candidates: list[Decimal]) -> ValidationError:
        first, second = map(unambiguous, candidates[:2])
        words = {"typed": typed, "first": first, "second": second}
        return ValidationError(self.error_messages["unclear"], "unclear", words)

    def _outside(self, code: str, limit: Decimal | int) -> ValidationError:
        return ValidationError(
            self.error_messages[code], code, {"limit_value": figures.trimmed(limit)}
        )


class WholeNumberField(NumberField):
    """The same for what has no parts: gives an int."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(decimals=0, unit_kind=UnitKind.COUNT, **kwargs)

    def to_python(self, value: object) -> int | None:
        number = super().to_python(value)
        return None if number is None else int(number)


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


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows, by their numbers. One that no column holds is no choice, and no database's."""

    def clean(self, value: object) -> Any:
        for key in value if isinstance(value, (list, tuple)) else ():
            if not is_row_number(str(key)):
                raise ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": key}
                )
        return super().clean(value)


def is_row_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_ROW_NUMBER
