"""A form that came after the session's end goes on with its writer through the sign-in page.

What was sent travels in the page, signed, and is stored nowhere: a stranger can't fill the
database with it. After signing in its writer sends it once more by a button. Nothing of the
kind is done for passwords and files.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.utils.text import Truncator

SALT = "organizations.held_forms"
LASTS = 24 * 3600  # seconds
LARGEST = 300_000  # characters, signed
NOT_TYPED = {"csrfmiddlewaretoken"}
# What a page adds to a form by itself; nobody recognises a form by it.
UNSEEN = ("version", "seen", "submission", "token")
MOST_SHOWN = 12
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class HeldForm:
    """Where a form was sent, and what stood in it."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> list[str]:
        """What was typed, as far as it takes to know whose it is: phones pass from hand to hand."""
        typed = [
            Truncator(value.strip()).chars(LONGEST_SHOWN)
            for name, value in self.fields
            if value.strip() and not name.endswith(UNSEEN)
        ]
        return typed[:MOST_SHOWN]


def hold(request: HttpRequest) -> str:
    """What was sent as one signed text; empty if there is nothing to hold, or it can't be."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
    ]
    if not fields or request.FILES or any("password" in name for name, _ in fields):
        return ""
    text = signing.dumps([request.get_full_path(), fields], salt=SALT, compress=True)
    return text if len(text) <= LARGEST else ""


def held_form(text: str) -> HeldForm | None:
    """What ``hold`` made; None for anything else."""
    try:
        path, fields = signing.loads(text, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return HeldForm(path, tuple((name, value) for name, value in fields))
