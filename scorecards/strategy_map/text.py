"""Widths and line breaks of text, known before a browser sets it.

The server has no font engine, so it measures with a table of advance widths of Plus Jakarta
Sans (weight 500). Characters that the table doesn't have count as wide, and bold type as 6 %
wider, so a line is never longer than thought.
"""

from collections.abc import Callable

Fits = Callable[[str], bool]

MOST_LINES = 3
ELLIPSIS = "…"

_BOLD = 1.06
_WIDE = 0.96
_THOUSANDTHS = {
    173: " \u00a0",
    240: "ijl",
    270: "I'’‘",
    300: ",",
    320: "!.:·",
    350: "()|;{}[]r",
    385: "`1J",
    400: "tf",
    460: '"/\\z“”',
    515: "*sx",
    540: "T?-vL7–",
    560: "yk",
    580: "aZhnu",
    605: "F269cE",
    625: "35eX_+<=>^~",
    650: "84YP$SRo",
    672: "gKVbdpqA",
    725: "BU0",
    760: "HND&",
    830: "CGw#",
    880: "MOQ",
    930: "m@",
    1000: "W%…—",
}
_WIDTH = {character: width / 1000 for width, some in _THOUSANDTHS.items() for character in some}
_VOWELS = frozenset("aeiouAEIOU")
_ONE_SOUND = frozenset({"ng", "ny", "sy", "kh"})


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """An upper estimate of the width of a line, in the unit of ``size``."""
    ems = sum(_WIDTH.get(character, _WIDE) for character in text)
    return ems * size * (_BOLD if bold else 1)


def wrap(
    text: str, width: float, size: float, *, lines: int = MOST_LINES, bold: bool = False
) -> list[str]:
    """Break text into at most so many lines; what is left over becomes an ellipsis."""

    def fits(candidate: str) -> bool:
        return text_width(candidate, size, bold=bold) <= width

    result = [""]
    for word in text.split():
        joined = f"{result[-1]} {word}".strip()
        if fits(joined):
            result[-1] = joined
            continue
        pieces = _split(word, fits)
        result = [*result, *pieces] if result[-1] else pieces
    if len(result) <= lines:
        return result
    kept = result[:lines]
    kept[-1] = _shorten(kept[-1], fits)
    return kept


def _split(word: str, fits: Fits) -> list[str]:
    """A word in pieces that fit, hyphenated after an open syllable where there is one."""
    pieces = []
    while not fits(word):
        longest = max((n for n in range(1, len(word)) if fits(word[:n] + "-")), default=1)
        cut = next((n for n in range(longest, 1, -1) if _between_syllables(word, n)), longest)
        hyphen = "-" if word[cut - 1].isalnum() else ""
        pieces.append(word[:cut] + hyphen)
        word = word[cut:]
        if len(word) <= 1:
            break
    return [*pieces, word] if word else pieces


def _between_syllables(word: str, cut: int) -> bool:
    """Ke-ber-lang-sung-an: before a consonant that a vowel follows; never one letter alone."""
    if cut < 2 or cut > len(word) - 2:
        return False
    if word[cut - 1 : cut + 1].lower() in _ONE_SOUND:
        return False
    return word[cut] not in _VOWELS and word[cut + 1] in _VOWELS and word[cut : cut + 2].isalpha()


def _shorten(line: str, fits: Fits) -> str:
    while line and not fits(line + ELLIPSIS):
        line = line[:-1]
    return line.rstrip(" -,") + ELLIPSIS
