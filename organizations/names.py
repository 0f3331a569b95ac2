"""Lists of names in a sentence."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

# More names than these help nobody in a sentence.
MOST_NAMED = 6


def named(names: Sequence[str]) -> str:
    """The names as a sentence takes them; of many the first, and how many more there are."""
    # A degree has commas of its own: "Sri Wahyuni, S.E., M.M.".
    between = "; " if any("," in name for name in names) else ", "
    if len(names) <= MOST_NAMED:
        return between.join(names)
    return _("%(names)s and %(n)s more") % {
        "names": between.join(names[:MOST_NAMED]),
        "n": len(names) - MOST_NAMED,
    }


def named_by_code(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """People by their codes, each with the name where it may be read, as ``named`` says them."""
    return named([f"{code} {names[code]}" if code in names else code for code in codes])
