"""One text that a method rests on."""

from dataclasses import dataclass

DOI_ADDRESS = "https://doi.org/"


@dataclass(frozen=True)
class Source:
    """One text. ``where`` is its journal with volume and pages, or its publisher.

    ``language`` is that of the title.
    """

    key: str
    authors: tuple[str, ...]
    year: int
    title: str
    where: str
    doi: str = ""
    language: str = "en"

    @property
    def families(self) -> tuple[str, ...]:
        """The authors' family names, or the only ones that they have."""
        return tuple(author.partition(",")[0] for author in self.authors)

    @property
    def author_line(self) -> str:
        *others, last = self.authors
        return f"{', '.join(others)} & {last}" if others else last

    @property
    def address(self) -> str:
        return DOI_ADDRESS + self.doi if self.doi else ""
