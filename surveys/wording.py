"""Judgements and ratings as sentences, and the words of their scales."""

from math import isnan

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from organizations import figures

BETWEEN = pgettext_lazy("strength of a preference", "between {low} and {high}")

# Saaty's scale. Even numbers stand between their neighbours: "in between" alone, beside two
# choices, was read as between these two.
STRENGTHS: dict[int, str | Promise] = {
    2: format_lazy(BETWEEN, low=1, high=3),
    3: gettext_lazy("slightly more important"),
    4: format_lazy(BETWEEN, low=3, high=5),
    5: gettext_lazy("more important"),
    6: format_lazy(BETWEEN, low=5, high=7),
    7: gettext_lazy("very much more important"),
    8: format_lazy(BETWEEN, low=7, high=9),
    9: gettext_lazy("absolutely more important"),
}

# A screening's scale.
POINTS: dict[int, str | Promise] = {
    1: gettext_lazy("not important at all"),
    2: gettext_lazy("not important"),
    3: gettext_lazy("fairly important"),
    4: gettext_lazy("important"),
    5: gettext_lazy("very important"),
}


def part_title(title: str) -> str:
    """The perspectives against each other have no title of their own."""
    return title or pgettext("part", "Perspectives")


def standard_question(title: str) -> str:
    """What a draft asks about each pair of a part unless it has words of its own."""
    if not title:
        return question_of("")
    return _("Which is more important for %(parent)s?") % {"parent": title}


def question_of(question: str) -> str:
    """What a part asks. Only a draft has no words of its own yet."""
    return question or _("Which is more important for good customer relationships?")


def rating_sentence(label: str, points: int) -> str:
    """Retensi pelanggan: 4, penting."""
    return _("%(label)s: %(points)s, %(words)s.") % {
        "label": label,
        "points": points,
        "words": POINTS[points],
    }


def preference(more: str, less: str, strength: int | str) -> str:
    """Kualitas Pelayanan 4 kali sepenting Kepuasan Pelanggan."""
    return _("%(more)s is %(strength)s times as important as %(less)s.") % {
        "more": more,
        "less": less,
        "strength": strength,
    }


def equality(one: str, other: str) -> str:
    return _("%(one)s and %(other)s are equally important.") % {"one": one, "other": other}


def sentence(row: str, column: str, ratio: float) -> str:
    """What a ratio of the row's element to the column's says."""
    if ratio == 1:
        return equality(row, column)
    if ratio > 1:
        return preference(row, column, round(ratio))
    return preference(column, row, round(1 / ratio))


def ratio_sentence(row: str, column: str, ratio: float) -> str:
    """The same of a group's judgement, which lies between the steps of the scale."""
    if isnan(ratio):
        return _("Nobody has compared %(one)s and %(other)s.") % {"one": row, "other": column}
    strength = figures.trimmed(max(ratio, 1 / ratio), 1)
    if strength == "1":
        return equality(row, column)
    return preference(row, column, strength) if ratio > 1 else preference(column, row, strength)


def contradiction(first: str, second: str, third: str) -> str:
    return _(
        "%(first)s is more important than %(second)s, %(second)s more than %(third)s, "
        "but %(third)s more than %(first)s."
    ) % {"first": first, "second": second, "third": third}


def templates() -> dict[str, str]:
    """The same sentences with places for a script to fill in."""
    return {
        "preference": preference("{more}", "{less}", "{strength}"),
        "equality": equality("{one}", "{other}"),
        "how_much": _("How much more important is %(element)s?") % {"element": "{more}"},
    }
