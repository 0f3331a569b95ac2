"""What a whole design consists of when it travels: the one table behind JSON, XLSX and the checks.

Names, lengths, choices and limits are those of the models, so a file can hold what the site can
hold. docs/interchange.md describes the same for people who write such files; a test compares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.models import Mission, Strategy
from scorecards.calendar import FIRST_YEAR, LAST_YEAR
from scorecards.methods.formulas import FORMULAS
from scorecards.models import (
    KPI,
    CauseLink,
    Initiative,
    Objective,
    Perspective,
    Scorecard,
    Target,
)

SCHEMA = "canting-scorecard"
VERSION = 2
MOST_MISSIONS = 50
LONGEST_MISSION = Mission._meta.get_field("text").max_length
RUNGS = 11
LONGEST_INPUT_NAME = 100
STRATEGY_YEARS = (1900, 2200)
# Which section a column's codes are of.
REFERENCES = {
    "perspective": "perspectives",
    "objective": "objectives",
    "cause": "objectives",
    "effect": "objectives",
    "kpi": "kpis",
}


class Kind(StrEnum):
    """How a value is written: see docs/interchange.md."""

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    DECIMAL = "decimal"
    WHOLE = "whole"
    DAY = "day"
    MISSIONS = "missions"
    RUNGS = "rungs"
    NAMES = "names"


# Those whose kind their field doesn't give away.
KIND_OF = {"formula": Kind.CHOICE, "rungs": Kind.RUNGS, "input_names": Kind.NAMES}
KINDS = (
    (models.ForeignKey, Kind.CODE),
    (models.ManyToManyField, Kind.MISSIONS),
    (models.DecimalField, Kind.DECIMAL),
    (models.IntegerField, Kind.WHOLE),
    (models.DateField, Kind.DAY),
)


@dataclass(frozen=True)
class Column:
    """One value of a row: a key of the JSON, a column of the sheet, a field of the model."""

    key: str
    field: models.Field

    @property
    def label(self) -> str:
        if self.key == "kpi":
            return gettext("KPI")  # its field has the name that Django makes
        return capfirst(str(self.field.verbose_name))

    @cached_property
    def kind(self) -> Kind:
        if self.field.choices:
            return Kind.CHOICE
        if self.key in KIND_OF:
            return KIND_OF[self.key]
        return next((kind for cls, kind in KINDS if isinstance(self.field, cls)), Kind.TEXT)

    @property
    def refers_to(self) -> str:
        return REFERENCES[self.key] if self.kind is Kind.CODE else ""

    @property
    def choices(self) -> dict[str, str]:
        """Value -> words in the active language."""
        if self.key == "formula":
            return {key: gettext(formula.title) for key, formula in FORMULAS.items()}
        return {str(value): str(label) for value, label in self.field.choices if value}

    @property
    def required(self) -> bool:
        return not self.field.blank and not self.field.has_default()

    @property
    def default(self) -> Any:
        if self.kind in (Kind.MISSIONS, Kind.RUNGS):
            return ()
        if self.key in ("red_limit", "green_limit"):
            return None  # the scoring decides: `services.design.usual_limits`
        return self.field.get_default()  # an empty text, nothing, or what the model says

    @property
    def longest(self) -> int | None:
        return self.field.max_length

    @property
    def limits(self) -> tuple[int, int] | None:
        """Of years; other numbers have validators."""
        if self.key in ("start_year", "end_year"):
            return STRATEGY_YEARS
        return (FIRST_YEAR, LAST_YEAR) if self.kind is Kind.DAY else None


@dataclass(frozen=True)
class Section:
    """A list of rows of one kind; no file may hold more than ``most`` of them."""

    key: str
    title: str | Promise
    columns: tuple[Column, ...]
    most: int

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def _columns(model: type[models.Model], keys: str) -> tuple[Column, ...]:
    return tuple(Column(key, model._meta.get_field(key)) for key in keys.split())


def _section(
    key: str, title: str | Promise, model: type[models.Model], keys: str, *, most: int
) -> Section:
    return Section(key, title, _columns(model, keys), most)


SCORECARD = _columns(
    Scorecard,
    "name frequency scoring level_mode anchor_words red_limit green_limit minimum_coverage"
    " priority_method random_index cr_limit_3 cr_limit_4 cr_limit_larger experts_counted",
)
# Its missions are a list of texts beside these.
STRATEGY = _columns(Strategy, "start_year end_year vision")

PERSPECTIVES = _section("perspectives", _("Perspectives"), Perspective, "code name", most=30)
OBJECTIVES = _section(
    "objectives", _("Objectives"), Objective, "perspective code statement missions", most=200
)
LINKS = _section("links", _("Links"), CauseLink, "cause effect reason", most=600)
KPIS = _section(
    "kpis",
    _("KPIs"),
    KPI,
    "objective code name definition unit decimals frequency timing formula input_names merge_rule"
    " source basis person_in_charge status status_reason",
    most=400,
)
TARGETS = _section(
    "targets",
    _("Targets"),
    Target,
    "kpi valid_from kind worst standard goal standard_high worst_high cut_1 cut_2 cut_3 cut_4"
    " rungs",
    most=4000,
)
INITIATIVES = _section(
    "initiatives",
    _("Initiatives"),
    Initiative,
    "objective kpi name person_in_charge budget start end status progress notes",
    most=1000,
)
SECTIONS: Mapping[str, Section] = {
    section.key: section
    for section in (PERSPECTIVES, OBJECTIVES, LINKS, KPIS, TARGETS, INITIATIVES)
}
