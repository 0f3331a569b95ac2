"""What people type into the entry page: one small form for each KPI that was sent.

The page itself is drawn by its own template: two hundred rows of form widgets would be slow.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from scorecards.fields import NumberField
from scorecards.methods.lights import LIKERT_LIMITS
from scorecards.models import KPI, Measurement, Target
from scorecards.numbers import unit_kind_of
from scorecards.services.measurements import Entry

LONGEST_REASON = Measurement._meta.get_field("reason").max_length
HIGHEST_VERSION = 2**31 - 1  # what the database's column holds
LONGEST_NOTE = Measurement._meta.get_field("note").max_length


def field_prefix(kpi_id: int) -> str:
    """The names of a KPI's fields begin with this, and its place on the page has it as id."""
    return f"kpi-{kpi_id}"


class EntryForm(forms.Form):
    """One KPI's value, or why it isn't applicable. The note is the reason then."""

    not_applicable = forms.BooleanField(required=False)
    note = forms.CharField(required=False, max_length=LONGEST_NOTE)
    version = forms.IntegerField(min_value=0, max_value=HIGHEST_VERSION)

    def __init__(self, data: Mapping[str, Any], kpi: KPI, target: Target | None) -> None:
        super().__init__(data, prefix=field_prefix(kpi.pk))
        is_mean = target is not None and target.kind == Target.Kind.MEAN
        self.kpi = kpi
        self.fields["value"] = NumberField(
            required=False,
            decimals=kpi.decimals,
            unit_kind=unit_kind_of(kpi.unit),
            min_value=int(LIKERT_LIMITS.lowest) if is_mean else None,
            max_value=int(LIKERT_LIMITS.highest) if is_mean else None,
        )

    def clean_note(self) -> str:
        return str(self.cleaned_data["note"]).strip()

    def clean(self) -> None:
        typed = self.cleaned_data
        if not typed.get("not_applicable"):
            return
        # Without the value's own reading: even a text that is no number is not nothing.
        if self["value"].data:
            self.add_error("value", _("Empty the value, or untick “not applicable”."))
        if "note" in typed and not typed["note"]:
            self.add_error("note", _("Say why this KPI is not applicable."))
        elif len(typed.get("note", "")) > LONGEST_REASON:
            text = _("Write at most %(limit)s characters.")
            self.add_error("note", ValidationError(text, params={"limit": LONGEST_REASON}))

    def entry(self) -> Entry:
        typed = self.cleaned_data
        is_out = typed["not_applicable"]
        return Entry(
            kpi=self.kpi,
            value=typed["value"],
            not_applicable=is_out,
            reason=typed["note"] if is_out else "",
            note="" if is_out else typed["note"],
            seen=typed["version"],
        )


@dataclass(frozen=True)
class Typed:
    """What stood in one KPI's boxes, and what is wrong with it."""

    value: str
    note: str
    not_applicable: bool
    version: int
    errors: dict[str, str]
    entry: Entry | None


def read_typed(
    data: Mapping[str, Any], kpis: Iterable[tuple[KPI, Target | None]]
) -> dict[int, Typed]:
    """What was sent for those KPIs of the page that were sent at all."""
    return {
        kpi.pk: _typed(EntryForm(data, kpi, target))
        for kpi, target in kpis
        if f"{field_prefix(kpi.pk)}-version" in data
    }


@dataclass(frozen=True)
class Stray:
    """What was sent for a KPI that is not measured here, or no longer."""

    value: str
    note: str
    not_applicable: bool


SENT = re.compile(r"kpi-([1-9]\d{0,17})-version", re.ASCII)


def read_strays(data: Mapping[str, Any], known: Collection[int]) -> dict[int, Stray]:
    """What was sent for other KPIs than the known ones, where something stood in their boxes."""
    sent = [int(match[1]) for match in map(SENT.fullmatch, data) if match]
    strays = {pk: _stray(data, field_prefix(pk)) for pk in sent if pk not in known}
    return {pk: stray for pk, stray in strays.items() if stray != Stray("", "", False)}


def _stray(data: Mapping[str, Any], prefix: str) -> Stray:
    return Stray(
        value=data.get(f"{prefix}-value", "").strip(),
        note=data.get(f"{prefix}-note", "").strip(),
        not_applicable=f"{prefix}-not_applicable" in data,
    )


def _typed(form: EntryForm) -> Typed:
    errors = {name: " ".join(messages) for name, messages in form.errors.items()}
    version = form.cleaned_data.get("version", 0)
    return Typed(
        value=form["value"].data or "",
        note=form["note"].data or "",
        not_applicable=bool(form["not_applicable"].data),
        version=version,
        errors=errors,
        entry=None if errors else form.entry(),
    )
