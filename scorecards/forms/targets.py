"""The form of a target: which kind, and the boxes that this kind needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import figures
from scorecards.anchor_words import anchor_words
from scorecards.errors import explain
from scorecards.fields import DayField, NumberField
from scorecards.forms.parts import PartForm
from scorecards.forms.target_help import help_of, hint_on_the_middle
from scorecards.methods.errors import MethodError
from scorecards.models import KPI, Scorecard, Target
from scorecards.numbers import input_text
from scorecards.target_scale import (
    ANCHORS,
    COLUMNS,
    CUTS,
    LIKERT_KINDS,
    OMAX_KINDS,
    POINTS,
    RANGE,
    RUNGS,
    Kind,
    make_scale,
    names_of,
    points_at_fault,
)

PASTED = "rungs_pasted"


@dataclass(frozen=True)
class BoxGroup:
    """Boxes that belong together, and the kinds that use them."""

    title: str
    hint: str
    kinds: str
    fields: tuple[BoundField, ...]
    pasted: BoundField | None = None


class TargetForm(PartForm):
    """Numbers are read with the KPI's unit and decimals. All kinds have their boxes on the page;
    those that the chosen kind doesn't use are neither read nor complained about."""

    class Meta:
        model = Target
        fields = ["valid_from", "kind", *COLUMNS]
        field_classes = {"valid_from": DayField}
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "valid_from": gettext_lazy("It counts for periods that begin on or after this day.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_likert = self.scorecard.scoring == Scorecard.Scoring.LIKERT
        kinds = LIKERT_KINDS if is_likert else OMAX_KINDS
        self.fields["valid_from"].required = True
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        if self.instance.kind not in kinds:
            self.initial["kind"] = kinds[0]
        kept = [name for kind in kinds for name in POINTS[kind]]
        for name in COLUMNS:
            if name in kept:
                self.fields[name] = number_field(self.instance.kpi, name)
            else:
                del self.fields[name]
        if not is_likert:
            self._add_rungs()

    def _add_rungs(self) -> None:
        kpi = self.instance.kpi
        stored = dict(zip(RUNGS, self.instance.rungs, strict=False))
        for level, name in reversed(list(enumerate(RUNGS))):
            label = _("Level %(level)s") % {"level": level}
            self.fields[name] = number_field(kpi, name, label=label)
            if name in stored:
                self.initial[name] = Decimal(stored[name])
        self.fields[PASTED] = forms.CharField(
            label=_("Eleven lines, level 10 first and level 0 last"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 11, "inputmode": "text"}),
            help_text=_("As copied from a column of Excel. They count instead of the boxes."),
        )

    @property
    def scorecard(self) -> Scorecard:
        return self.instance.kpi.scorecard

    @property
    def groups(self) -> Iterator[BoxGroup]:
        """The boxes as the page shows them."""
        if ANCHORS[0] in self.fields:
            hint = hint_on_the_middle(self.scorecard)
            title = _("Levels 0, 3 and 10")
            yield BoxGroup(title, hint, "anchors range", self._boxes(ANCHORS))
            title, hint = _("The other side"), _("Only if the best lies in the middle.")
            yield BoxGroup(title, hint, "range", self._boxes(RANGE[len(ANCHORS) :]))
            title = _("Values of the eleven levels")
            hint = _(
                "Only for a level scale of one's own: from which value on each level is reached."
            )
            yield BoxGroup(title, hint, "ladder", self._boxes(RUNGS[::-1]), self[PASTED])
        else:
            title = _("Four cut points")
            hint = _("Only for cut points. They rise, or they fall where lower is better.")
            yield BoxGroup(title, hint, "cut_points", self._boxes(CUTS))

    def _boxes(self, names: tuple[str, ...]) -> tuple[BoundField, ...]:
        return tuple(self[name] for name in names)

    @property
    def complaints(self) -> list[str]:
        """What is wrong with what was typed; boxes that are still empty don't count."""
        return [
            message
            for errors in self.errors.as_data().values()
            for error in errors
            if error.code != "required"
            for message in error.messages
        ]

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        others = self.instance.kpi.targets.exclude(pk=self.instance.pk)
        if others.filter(valid_from=day).exists():
            raise ValidationError(
                _(
                    "There is a target from %(day)s on already. "
                    "Change that one, or choose another day."
                ),
                "taken",
                {"day": figures.day(day)},
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind is None:
            return cleaned
        pasted = self.data.get(PASTED, "").strip() if kind == Kind.LADDER else ""
        names = names_of(kind)
        self._forget_all_but(() if pasted else names)
        points = self._pasted(pasted) if pasted else [cleaned.get(name) for name in names]
        for name, point in zip(names, points, strict=False):
            if point is None and not pasted and name not in self.errors:
                text = _("Fill in this value, or choose another kind of target.")
                self.add_error(name, ValidationError(text, "required"))
        if len(points) == len(names) and None not in points:
            self._check_order(kind, points, PASTED if pasted else None)
            self._fill_instance(kind, points)
        return cleaned

    def _forget_all_but(self, names: tuple[str, ...]) -> None:
        for name in (*COLUMNS, *RUNGS):
            if name not in names:
                self.cleaned_data[name] = None
                self._errors.pop(name, None)

    def _pasted(self, text: str) -> list[Decimal | None]:
        """The pasted rungs from level 0 up; what can't be read is complained about by line."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) != len(RUNGS):
            words = {"needed": len(RUNGS), "given": len(lines)}
            error = _("Paste %(needed)s lines, from level 10 to level 0; these are %(given)s.")
            self.add_error(PASTED, ValidationError(error, "count", words))
            return []
        field = number_field(self.instance.kpi, RUNGS[0])
        found: list[Decimal | None] = []
        for number, line in enumerate(lines, start=1):
            try:
                found.append(field.clean(line))
            except ValidationError as error:
                words = {"number": number, "problem": " ".join(error.messages)}
                self.add_error(PASTED, _("Line %(number)s: %(problem)s") % words)
                found.append(None)
        return found[::-1]

    def _check_order(self, kind: str, points: list[Decimal], field: str | None) -> None:
        try:
            make_scale(kind, points)
        except MethodError as error:
            self.add_error(field or points_at_fault(kind, points, error)[0], explain(error))

    def _fill_instance(self, kind: str, points: list[Decimal]) -> None:
        """Points that this kind doesn't use are cleared, whatever was left in their boxes."""
        is_ladder = kind == Kind.LADDER
        self.instance.rungs = [f"{point:f}" for point in points] if is_ladder else []

    def _post_clean(self) -> None:
        super()._post_clean()
        for name in set(COLUMNS) - set(POINTS.get(self.instance.kind, ())):
            setattr(self.instance, name, None)

    def validate_constraints(self) -> None:
        """All of them are checked above, with words that say what to do."""


class TargetPreviewForm(TargetForm):
    """The same boxes, to be looked at and not saved: the day need not be free."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].required = False

    def clean_valid_from(self) -> Any:
        return self.cleaned_data["valid_from"]


class TryForm(forms.Form):
    """A value to try out. Nothing of it is stored."""

    def __init__(self, data: Any, kpi: KPI) -> None:
        super().__init__(data)
        label = _("Try a value")
        self.fields["tried"] = number_field(kpi, "tried", label=with_unit(label, kpi))

    @property
    def value(self) -> Decimal | None:
        return self.cleaned_data.get("tried") if self.is_valid() else None


def filled_in(data: Any, points: dict[str, Decimal], unit: str) -> Any:
    """What was sent, with the anchors of a suggestion in their boxes."""
    filled = data.copy()
    filled["kind"] = Kind.ANCHORS
    for name, point in points.items():
        filled[name] = input_text(point, unit)
    return filled


def number_field(kpi: KPI, name: str, *, label: str = "") -> NumberField:
    """A box for a value of a KPI, read with its unit and decimals. It may stay empty."""
    if not label:
        label = "" if name in RUNGS else capfirst(with_unit(name_of(name, kpi.scorecard), kpi))
    return NumberField(
        label=label,
        help_text=help_of(name, kpi.scorecard),
        required=False,
        decimals=kpi.decimals,
        unit=kpi.unit,
    )


def name_of(point: str, scorecard: Scorecard) -> str:
    """What the scorecard calls a point of its targets."""
    if point in RANGE:
        return anchor_words(scorecard.anchor_words).heading(point)
    return str(Target._meta.get_field(point).verbose_name)


def with_unit(label: str, kpi: KPI) -> str:
    return f"{label} ({kpi.unit})" if kpi.unit else label
