"""The texts that the methods rest on: one table, for the methods page and its short references.

Only DOIs that were looked up stand here. What each text supports, and how far that was checked,
says the table of sources in docs/methods.md; a test compares the two.
"""

from collections.abc import Mapping
from types import MappingProxyType
from unicodedata import combining, normalize

from scorecards.sources.pairwise import PAIRWISE
from scorecards.sources.panels import PANELS
from scorecards.sources.reports import REPORTS
from scorecards.sources.source import Source

SOURCES: Mapping[str, Source] = MappingProxyType(
    {source.key: source for source in (*PAIRWISE, *PANELS, *REPORTS)}
)


def in_order() -> list[Source]:
    """As a list of references has them: by authors, then by year."""
    return sorted(SOURCES.values(), key=_place)


def _place(source: Source) -> tuple[str, int]:
    """Ágoston stands among those with A."""
    letters = normalize("NFKD", source.author_line.casefold())
    return "".join(letter for letter in letters if not combining(letter)), source.year
