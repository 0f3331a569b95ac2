"""Codes: given once, and named where one thing belongs to another."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from scorecards.interchange.document import Faults, SourceRow
from scorecards.interchange.schema import SECTIONS
from scorecards.interchange.values import shown

# What people call a thing, and may write where its code belongs.
NAMES = {"perspectives": "name", "objectives": "statement", "kpis": "name"}


@dataclass
class Codes:
    """The codes of one section, found whatever their case, and the names beside them."""

    section: str
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)  # code -> title of its section

    def find(self, typed: str, place: str, faults: Faults) -> str | None:
        """The code as it was given, or None and a fault that says what stands here instead."""
        key = typed.casefold()
        if key in self.codes:
            return self.codes[key]
        words = {"typed": shown(typed), "section": str(SECTIONS[self.section].title)}
        if key in self.names:
            message = _("“%(typed)s” is a name. Write its code here: %(code)s.")
            faults.add(place, message % (words | {"code": self.names[key]}))
        elif key in self.elsewhere:
            message = _(
                "“%(typed)s” is a code under “%(other)s”. A code under “%(section)s” belongs here."
            )
            faults.add(place, message % (words | {"other": self.elsewhere[key]}))
        else:
            message = _("There is no code “%(typed)s” under “%(section)s”.")
            faults.add(place, message % words)
        return None


def check_codes(sections: dict[str, list[SourceRow]], faults: Faults) -> dict[str, Codes]:
    """Give every reference the code as it is written where it is given; name the strangers."""
    found = {key: _codes_of(key, sections[key], faults) for key in NAMES}
    for key, codes in found.items():
        for other in found.values():
            if other.section != key:
                title = str(SECTIONS[other.section].title)
                codes.elsewhere |= dict.fromkeys(other.codes, title)
    for key, section in SECTIONS.items():
        for column in section.columns:
            if column.refers_to:
                for row in sections[key]:
                    _resolve(row, column.key, found[column.refers_to], faults)
    return found


def _codes_of(key: str, rows: list[SourceRow], faults: Faults) -> Codes:
    codes = Codes(key)
    for row in rows:
        code = row.values.get("code")
        if not code:
            continue
        if code.casefold() in codes.codes:
            faults.add(
                row.where("code"), _("Code “%(code)s” stands here twice.") % {"code": shown(code)}
            )
        codes.codes[code.casefold()] = code
        name = row.values.get(NAMES[key], "")
        codes.names.setdefault(name.casefold(), code)
    return codes


def _resolve(row: SourceRow, key: str, codes: Codes, faults: Faults) -> None:
    typed = row.values.get(key)
    if not typed:
        return
    code = codes.find(typed, row.where(key), faults)
    if code is None:
        del row.values[key]
    else:
        row.values[key] = code
