"""Words that wait for the reader's language: a study is built once for everybody."""

from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organizations.figures import figure

Words = str | Promise
figure_lazy = lazy(figure, str)


def figure_number(number: int) -> Words:
    """A figure of the paper, not a number."""
    return format_lazy(_("Figure {number}"), number=number)


def table_number(number: int) -> Words:
    return format_lazy(_("Table {number}"), number=number)
