"""How a design lies on the sheets of a workbook, in words of either language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scorecards.interchange import first_version, schema
from scorecards.interchange.schema import RUNGS, SECTIONS, Column, Kind

# Translators: titles of sheets in an Excel file. At most 31 letters, and none of : \ / ? * [ ]
GUIDE = gettext_lazy("Guide")
SCORECARD = gettext_lazy("Scorecard")
STRATEGY = gettext_lazy("Strategy")
CHOICES = gettext_lazy("Choices")
# Marks a header whose cells have to be filled in.
REQUIRED = "*"
MISSIONS_SHOWN = 10


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet. A ladder's rungs take eleven of them."""

    column: Column
    rung: int | None = None

    @property
    def header(self) -> str:
        label = self.column.label
        if self.rung is not None:
            label = _("Value of level %(level)d") % {"level": self.rung}
        return f"{label} {REQUIRED}" if self.column.required else label


def sheet_columns(columns: Sequence[Column]) -> list[SheetColumn]:
    found: list[SheetColumn] = []
    for column in columns:
        if column.kind is Kind.RUNGS:
            found += [SheetColumn(column, rung) for rung in range(RUNGS)]
        else:
            found.append(SheetColumn(column))
    return found


def normal(words: object) -> str:
    """A header or title as it is compared: case, spaces and the mark of duty don't matter."""
    return " ".join(str(words).replace(REQUIRED, " ").split()).casefold()


def in_every_language(words: Callable[[], str]) -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield normal(words())


@cache
def headers_of(key: str) -> dict[str, SheetColumn]:
    """Header in either language, as it is or once was, or the key itself -> column of the sheet."""
    columns = {"scorecard": schema.SCORECARD, "strategy": schema.STRATEGY}
    by_name: dict[str, SheetColumn] = {}
    found: dict[str, SheetColumn] = {}
    for each in sheet_columns(columns.get(key) or SECTIONS[key].columns):
        rung = "" if each.rung is None else f" {each.rung}"
        by_name[f"{each.column.key}{rung}"] = each
        for header in in_every_language(lambda each=each: each.header):
            found[header] = each
    earlier = first_version.words()["headers"][key]
    return {header: by_name[name] for header, name in earlier.items()} | found | by_name


@cache
def sheet_keys() -> dict[str, str]:
    """Title in either language -> "scorecard", "strategy" or the key of a section."""
    titles: dict[str, str | Promise] = {"scorecard": SCORECARD, "strategy": STRATEGY}
    titles |= {key: section.title for key, section in SECTIONS.items()}
    return first_version.words()["sheets"] | {
        title: key
        for key, words in titles.items()
        for title in (key, *in_every_language(lambda words=words: str(words)))
    }


def mission_label(number: int) -> str:
    return _("Mission %(number)d") % {"number": number}


@cache
def mission_numbers() -> dict[str, int]:
    """Label in either language -> number of the mission."""
    return {
        label: number
        for number in range(1, schema.MOST_MISSIONS + 1)
        for label in in_every_language(lambda number=number: mission_label(number))
    }


@cache
def choices_of(column: Column) -> dict[str, str]:
    """Words in either language, or the value itself -> value."""
    name = f"{column.field.model._meta.model_name}.{column.key}"
    found = dict(first_version.words()["choices"].get(name, {}))
    found |= {normal(value): value for value in column.choices}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {normal(label): value for value, label in column.choices.items()}
    return found
