"""Fields for what people are called: one line, in which everything can be seen."""

import unicodedata
from typing import Any

from django import forms

from organizations.list_marks import without_mark

# Letters by their category, and blank to every eye.
BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
# Controls, zero-width characters and marks that turn the order of a line round; no real letters.
HIDDEN_CATEGORIES = ("Cc", "Cf", "Co", "Cs")
# Forms refuse it by themselves: no text has it, so something is wrong with what was sent.
NUL = "\0"


class LineField(forms.CharField):
    """Takes out what nobody sees: it comes along when a name is copied, and may deceive.

    Two names that look the same are the same then, and a name of nothing else is missing.
    """

    def to_python(self, value: Any) -> str:
        return visible_line(super().to_python(value))


class ItemField(LineField):
    """A name that may have been copied out of a list, with its number or bullet."""

    def to_python(self, value: Any) -> str:
        return without_mark(super().to_python(value))


def visible_line(text: str) -> str:
    # First the gaps, because some of them are controls; and once more for those that are left.
    spaced = " ".join(text.split())
    return " ".join("".join(filter(_is_visible, spaced)).split())


def _is_visible(character: str) -> bool:
    if character == NUL:
        return True
    return (
        character not in BLANK_LETTERS and unicodedata.category(character) not in HIDDEN_CATEGORIES
    )
