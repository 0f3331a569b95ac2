"""What stands in an address besides words and numbers."""

from datetime import date

from django.urls import register_converter


class IsoDate:
    """A day such as 2017-01-01. Another way of writing it, or no day at all, is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


register_converter(IsoDate, "isodate")
