"""Which element of the questionnaire a file's label means: by its name, its code, or both.

What is compared is laid out once: a file may have many thousand labels.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from scorecards.interchange.document import ValueFault
from scorecards.interchange.values import shown
from surveys.interchange.fitting import plain_name
from surveys.judgement_files.given import Part

MOST_NAMED = 12
# AHP-OS cuts long names; from here on the beginning is enough.
CUT_FROM = 30
# Longer than code and name together ever are.
LONGEST_LABEL = 400


class Labels:
    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = {part.number: part for part in parts}
        self._places = {part.number: _places(part) for part in parts}
        self._titles: dict[str, set[int]] = {}
        for part in parts:
            for name in (part.code, part.title, f"{part.code} {part.title}"):
                self._titles.setdefault(plain_name(name), set()).add(part.number)
        self._titles.pop("", None)

    def place(self, label: str, part: Part) -> int | None:
        """The element's place from 0; None for a label that means none of them, or two."""
        return self._place(_plain(label), part.number)

    def _place(self, plain: str, number: int) -> int | None:
        known = self._places[number]
        found = known.get(plain)
        if found is None and len(plain) > CUT_FROM:
            begun = {place for name, place in known.items() if name.startswith(plain)}
            found = begun.pop() if len(begun) == 1 else None
        return found if found != _TWO else None

    def called(self, title: str) -> set[int]:
        """The numbers of the parts that have this title, or code."""
        return self._titles.get(_plain(title), set())

    def fitting_part(self, labels: Sequence[str], titles: Iterable[str]) -> Part:
        """The part whose elements these labels are; ``titles``: what stands above them.

        Raises ValueFault where none, or more than one, has them all.
        """
        plain = [_plain(label) for label in labels]
        counted = {
            number: sum(self._place(each, number) is not None for each in plain)
            for number in self.parts
        }
        most = max(counted.values(), default=0)
        best = {number for number, count in counted.items() if most and count == most}
        if len(best) > 1:
            # As where every perspective has its K1, K2, K3: then what stands above says which.
            best = best & {n for text in titles for n in self.called(text)} or best
            best = {n for n in best if self.parts[n].size == len(labels)} or best
        if len(best) > 1:
            named = [f"“{shown(self.parts[n].title)}”" for n in sorted(best)[:MOST_NAMED]]
            raise ValueFault(
                _(
                    "These labels stand in several parts: %(parts)s. Write the part's name in the "
                    "line above, or the elements' full names."
                )
                % {"parts": ", ".join(named)}
            )
        if not best:
            raise ValueFault(
                _("None of these labels is an element of this questionnaire: %(labels)s.")
                % {"labels": ", ".join(f"“{shown(each)}”" for each in labels[:MOST_NAMED])}
            )
        return self.parts[best.pop()]


_TWO = -1


def _places(part: Part) -> dict[str, int]:
    """Every way to write an element -> its place, or _TWO where that means two of them."""
    found: dict[str, int] = {}
    for place, (code, label) in enumerate(part.elements):
        for name in {plain_name(code), plain_name(label), plain_name(f"{code} {label}")} - {""}:
            found[name] = place if name not in found else _TWO
    return found


def _plain(label: str) -> str:
    return plain_name(label) if len(label) <= LONGEST_LABEL else ""


def unknown_label(label: str, part: Part) -> ValueFault:
    names = ", ".join(f"“{shown(name)}”" for name in part.names[:MOST_NAMED])
    return ValueFault(
        _("“%(label)s” is no element of “%(part)s”. Its elements are: %(names)s.")
        % {"label": shown(label), "part": shown(part.title), "names": names}
    )
