from django import forms
from django.utils import timezone

from organizations.figures import ZONE_NAMES


def clock_name() -> str:
    """WIB, WITA or WIT: the clock of the organization that the page is about."""
    zone = timezone.get_current_timezone_name()
    return ZONE_NAMES.get(zone, zone)


class DateTimeLocalInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")
