from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.figures import ZONE_NAMES
from scorecards.calendar import FIRST_YEAR, LAST_YEAR


def clock_name() -> str:
    """WIB, WITA or WIT: the clock of the organization that the page is about."""
    zone = timezone.get_current_timezone_name()
    return ZONE_NAMES.get(zone, zone)


class MomentField(forms.DateTimeField):
    """A day and hour that every clock can tell: a year of one digit is a slip of the hand."""

    default_error_messages = {"year": _("Choose a year from %(first)s to %(last)s.")}

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError(self.error_messages["year"], "year", years)
        return moment


class DateTimeLocalInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")
