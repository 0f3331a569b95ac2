"""What a list leaves before its items when it is copied from WhatsApp, Word or Excel.

A number with its point or bracket, a bullet: never part of a name. A single letter with a point
is more often an initial ("A. Rahman"), and a bare number may be a name's ("3 Putra"): those are
marks only where they count through all the lines.
"""

import re
from collections.abc import Sequence

BULLETS = "•·∙●○◦▪▫■□➢➤►▸✓✔–—"
MARK = re.compile(
    rf"""\s*+(?:
        \(?\d{{1,3}}(?:[.)]+(?:\s+|(?=[^\W\d]))|\ufe0f?\u20e3\s*)  # 1. 1) (1) 1.) and 1 in a box
        | [{BULLETS}]\s*
        | [-*]\s+                # without a space it may be a minus, or bold print
    )(?=\S)""",
    re.VERBOSE,
)
# [08.15, 1/12/2026] Bu Rina: · [1/12, 08.15] … · [01/12/26 08.15.22] … · and 01/12/26 08.15 - … of
# an exported chat. Around numbers and brackets WhatsApp leaves marks that nobody sees.
UNSEEN = r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069]*"
DIGITS = r"\d[\d\s.,:/AaPpMm\u202f-]{6,24}[\dMm]"
STAMP = re.compile(
    rf"^{UNSEEN}(?:\[{DIGITS}\]\s*|{DIGITS}\s+-\s+)[^:;\t\n]{{1,60}}:[^\S\n]+{UNSEEN}", re.MULTILINE
)
NUMBER = re.compile(r"\s*\(?(\d{1,4})[.)]*\s*")
COUNTED = re.compile(r"\s*\(?(?:(?P<number>\d{1,3})|(?P<letter>[A-Za-z])[.)]+)\s+(?=\S)")


def without_mark(text: str) -> str:
    """One item without its number or bullet: "1. Dr. Sri" is "Dr. Sri"."""
    mark = MARK.match(text)  # in the middle of a name it is part of it: "Batik - Lasem"
    return text[mark.end() :] if mark else text


def without_stamps(text: str) -> str:
    """Lines without the time and the sender that WhatsApp puts before each copied message."""
    return STAMP.sub("", text)


def without_marks(items: Sequence[str]) -> list[str]:
    """As `without_mark`, and without letters or bare numbers that count from line to line."""
    found = [COUNTED.match(item) for item in items]
    places = [_place(match) for match in found if match]
    counts = len(items) > 1 and places == list(range(1, len(items) + 1))
    if counts and len({bool(match and match["number"]) for match in found}) == 1:
        return [item[match.end() :] for item, match in zip(items, found, strict=True) if match]
    return [without_mark(item) for item in items]


def items_of(text: str) -> list[str]:
    """The items of a list that was pasted into one box; other text is one item, as it is."""
    text = without_stamps(text)
    lines = [line for line in text.splitlines() if line.strip()]
    bare = without_marks(lines)
    is_list = len(lines) > 1 and all(a != b for a, b in zip(lines, bare, strict=True))
    return [line.strip() for line in bare] if is_list else [without_mark(text)]


def numbering(cells: Sequence[str]) -> bool:
    """Whether a column only numbers its lines, or has their bullets."""
    if cells and all(cell.strip() and cell.strip() in f"{BULLETS}-*" for cell in cells):
        return True
    numbers = [NUMBER.fullmatch(cell) for cell in cells]
    counted = [int(number[1]) for number in numbers if number]
    is_rising = all(a < b for a, b in zip(counted, counted[1:], strict=False))
    return bool(cells) and len(counted) == len(cells) and is_rising


def _place(match: re.Match[str]) -> int:
    if match["number"]:
        return int(match["number"])
    return ord(match["letter"].lower()) - ord("a") + 1
