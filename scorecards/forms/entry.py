"""What people type into the entry page: one small form for each KPI that was sent.

The page itself is drawn by its own template: two hundred rows of form widgets would be slow.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scorecards.errors import explain
from scorecards.fields import NumberField
from scorecards.forms.shared_numbers import share_numbers
from scorecards.methods.errors import MethodError
from scorecards.methods.formulas import FORMULAS, Taking
from scorecards.methods.lights import LIKERT_LIMITS
from scorecards.models import KPI, Measurement, Target
from scorecards.numbers import UnitKind
from scorecards.selectors.entry import EntryKPI
from scorecards.selectors.kpi_formula import compute_value, formula_of
from scorecards.selectors.raw_numbers import Number
from scorecards.selectors.report.computation import input_title
from scorecards.selectors.unsaved_entries import Texts
from scorecards.services.measurements import Entry

LONGEST_REASON = Measurement._meta.get_field("reason").max_length
HIGHEST_VERSION = 2**31 - 1  # what the database's column holds
VERSION = re.compile(r"\d{1,10}", re.ASCII)
DISCARDED = re.compile(r"[1-9]\d{0,17}", re.ASCII)
ALL_INPUTS = {f"input-{one.key}" for each in FORMULAS.values() for one in each.inputs}
LONGEST_NOTE = Measurement._meta.get_field("note").max_length


def field_prefix(kpi_id: int) -> str:
    """The names of a KPI's fields begin with this, and its place on the page has it as id."""
    return f"kpi-{kpi_id}"


class EntryForm(forms.Form):
    """One KPI's value or the numbers of its formula, or why it isn't applicable.

    The note is the reason then.
    """

    not_applicable = forms.BooleanField(required=False)
    note = forms.CharField(required=False, max_length=LONGEST_NOTE)
    version = forms.IntegerField(min_value=0, max_value=HIGHEST_VERSION)

    def __init__(self, data: Mapping[str, Any], asked: EntryKPI) -> None:
        super().__init__(data, prefix=field_prefix(asked.kpi.pk))
        self.kpi = asked.kpi
        self.numbers = {f"input-{number.one.key}": number for number in asked.numbers}
        for name, number in self.numbers.items():
            self.fields[name] = _number_field(number, self.kpi)
        if not self.numbers:
            self.fields["value"] = _value_field(self.kpi, asked.target)

    @property
    def measured(self) -> list[str]:
        """The names of the fields that say how much it was."""
        return list(self.numbers) or ["value"]

    def clean_note(self) -> str:
        return str(self.cleaned_data["note"]).strip()

    def clean(self) -> None:
        self._ask_again()
        typed = self.cleaned_data
        if not typed.get("not_applicable"):
            return
        for name in self.measured:
            # Without the value's own reading: even a text that is no number is not nothing.
            if self[name].data and not self._is_suggested(name):
                self.add_error(name, _("Empty the value, or untick “not applicable”."))
        if "note" in typed and not typed["note"]:
            self.add_error("note", _("Say why this KPI is not applicable."))
        elif len(typed.get("note", "")) > LONGEST_REASON:
            text = _("Write at most %(limit)s characters.")
            self.add_error("note", ValidationError(text, params={"limit": LONGEST_REASON}))

    def _ask_again(self) -> None:
        """Not lose what was typed into boxes that the KPI had before its formula was changed."""
        names = {"value", *ALL_INPUTS} - set(self.measured)
        sent = [self.data.get(self.add_prefix(name), "").strip() for name in sorted(names)]
        typed = [text for text in sent if text]
        if typed:
            text = _(
                "How this KPI is computed was changed meanwhile. You typed %(typed)s: load the "
                "page again and enter what is asked for now."
            )
            words = {"typed": " · ".join(typed)}
            self.add_error(self.measured[0], ValidationError(text, "changed", words))

    def _is_suggested(self, name: str) -> bool:
        """Whether there stands what the page itself has put there."""
        number = self.numbers.get(name)
        if number is None or number.stored is not None or number.suggestion is None:
            return False
        return self.cleaned_data.get(name) == number.suggestion.value

    def check_numbers(self) -> None:
        """Refuse numbers that a formula can't be computed from; missing ones may follow later."""
        if self.errors or self.cleaned_data["not_applicable"] or not self.numbers:
            return
        inputs = self._inputs()
        for name, number in self.numbers.items():
            if number.one.key in inputs:
                self._try(name, partial(number.one.read, inputs))
        if not self.errors:
            formula = formula_of(self.kpi)
            at_fault = formula.divisor or formula.inputs[0].key
            self._try(f"input-{at_fault}", partial(compute_value, self.kpi, inputs))

    def _try(self, name: str, act: Callable[[], object]) -> None:
        try:
            act()
        except MethodError as error:
            self.add_error(name, explain(error))

    def _inputs(self) -> dict[str, Decimal]:
        typed = self.cleaned_data
        names = {name: number.one.key for name, number in self.numbers.items()}
        return {key: typed[name] for name, key in names.items() if typed[name] is not None}

    def _is_untouched(self, inputs: Mapping[str, Decimal]) -> bool:
        """Whether there is nothing but suggestions, and they don't make the KPI complete."""
        given = [name for name, number in self.numbers.items() if number.one.key in inputs]
        return len(given) < len(self.numbers) and all(map(self._is_suggested, given))

    def entry(self) -> Entry:
        typed = self.cleaned_data
        is_out = typed["not_applicable"]
        inputs = self._inputs() if self.numbers else None
        if inputs and (is_out or self._is_untouched(inputs)):
            inputs = {}
        return Entry(
            kpi=self.kpi,
            value=typed.get("value"),
            inputs=inputs,
            not_applicable=is_out,
            reason=typed["note"] if is_out else "",
            note="" if is_out else typed["note"],
            seen=typed["version"],
        )


def _value_field(kpi: KPI, target: Target | None) -> NumberField:
    is_mean = target is not None and target.kind == Target.Kind.MEAN
    return NumberField(
        required=False,
        decimals=kpi.decimals,
        unit=kpi.unit,
        min_value=int(LIKERT_LIMITS.lowest) if is_mean else None,
        max_value=int(LIKERT_LIMITS.highest) if is_mean else None,
    )


def _number_field(number: Number, kpi: KPI) -> NumberField:
    """Counts and amounts are whole as a rule; a mean is written as its KPI is."""
    is_mean = number.one.taking is Taking.MEAN
    return NumberField(
        required=False,
        decimals=kpi.decimals if is_mean else 0,
        unit=input_title(number.unit),
        unit_kind=UnitKind.COUNT if number.one.whole else None,
    )


@dataclass(frozen=True)
class Typed:
    """What stood in one KPI's boxes, and what is wrong with it."""

    kpi: KPI
    value: str
    note: str
    not_applicable: bool
    version: int
    errors: dict[str, str]
    entry: Entry | None
    inputs: dict[str, str]


def read_typed(data: Mapping[str, Any], asked: Iterable[EntryKPI]) -> dict[int, Typed]:
    """What was sent for those KPIs of the page that were sent at all."""
    forms = {
        each.kpi.pk: EntryForm(data, each)
        for each in asked
        if f"{field_prefix(each.kpi.pk)}-version" in data
    }
    for form in forms.values():
        form.full_clean()
    share_numbers(forms.values())
    for form in forms.values():
        form.check_numbers()
    return {pk: _typed(form) for pk, form in forms.items()}


SENT = re.compile(r"kpi-([1-9]\d{0,17})-version", re.ASCII)


def read_texts(data: Mapping[str, Any]) -> dict[int, Texts]:
    """All that was sent, KPI by KPI, as it was typed: also for KPIs that aren't asked for."""
    sent = [int(match[1]) for match in map(SENT.fullmatch, data) if match]
    inputs: dict[str, dict[str, str]] = defaultdict(dict)
    for name in data:
        prefix, found, key = name.partition("-input-")
        # Only names that the page gives: they are kept as they came.
        if found and f"input-{key}" in ALL_INPUTS and data[name].strip():
            inputs[prefix][key] = data[name].strip()
    return {pk: _texts(data, field_prefix(pk), inputs[field_prefix(pk)]) for pk in sent}


def _texts(data: Mapping[str, Any], prefix: str, inputs: Mapping[str, str]) -> Texts:
    return Texts(
        value=data.get(f"{prefix}-value", "").strip(),
        note=data.get(f"{prefix}-note", "").strip(),
        not_applicable=f"{prefix}-not_applicable" in data,
        inputs=inputs,
        seen=_version(data.get(f"{prefix}-version", "")) or 0,
        kept_for=_version(data.get(f"{prefix}-kept", "")),
    )


def _version(text: str) -> int | None:
    match = VERSION.fullmatch(text)
    return min(int(text), HIGHEST_VERSION) if match else None


def read_discarded(data: Mapping[str, Any]) -> set[int]:
    """The KPI whose unsaved text its writer wants to be rid of, if any."""
    match = DISCARDED.fullmatch(data.get("discard", ""))
    return {int(match[0])} if match else set()


def undecided(data: QueryDict) -> QueryDict:
    """What was sent by another button than the one that saves: a conflict stays one."""
    data = data.copy()
    for name in [name for name in data if name.endswith("-kept") and data[name]]:
        data[f"{name.removesuffix('-kept')}-version"] = data[name]
    return data


def read_again(kept: Mapping[int, Texts], asked: Iterable[EntryKPI]) -> dict[int, Typed]:
    """What is kept as it is judged today: what the page asks for may have changed since."""
    data: dict[str, Any] = {}
    for pk, texts in kept.items():
        prefix = field_prefix(pk)
        data |= {f"{prefix}-input-{key}": text for key, text in texts.inputs.items()}
        data |= {f"{prefix}-value": texts.value, f"{prefix}-note": texts.note}
        data |= {f"{prefix}-version": str(texts.seen)}
        data |= {f"{prefix}-not_applicable": "on"} if texts.not_applicable else {}
    return read_typed(data, asked)


def _typed(form: EntryForm) -> Typed:
    errors = {name: " ".join(messages) for name, messages in form.errors.items()}
    version = form.cleaned_data.get("version", 0)
    return Typed(
        kpi=form.kpi,
        value="" if form.numbers else form["value"].data or "",
        note=form["note"].data or "",
        not_applicable=bool(form["not_applicable"].data),
        version=version,
        errors=errors,
        entry=None if errors else form.entry(),
        inputs={number.one.key: form[name].data or "" for name, number in form.numbers.items()},
    )
