"""Forms for a scorecard and its settings."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import User
from organizations.versioned_forms import VersionedModelForm
from scorecards.errors import explain, fields_at_fault
from scorecards.fields import NumberField
from scorecards.forms.parts import PartForm
from scorecards.methods.errors import MethodError
from scorecards.methods.lights import Limits
from scorecards.models import Scorecard
from scorecards.numbers import UnitKind
from scorecards.services.design import create_scorecard, usual_limits

USUAL_FIELDS = ["name", "strategy", "frequency", "scoring"]


def _setting(name: str, *, most: int = 10, **kwargs: Any) -> NumberField:
    label = capfirst(Scorecard._meta.get_field(name).verbose_name)
    kwargs.setdefault("decimals", 3)
    kwargs.setdefault("unit_kind", UnitKind.RATIO)
    return NumberField(label=label, min_value=0, max_value=most, **kwargs)


class ScorecardCreateForm(VersionedModelForm):
    start = forms.ChoiceField(
        label=gettext_lazy("Start with"),
        choices=[
            ("library", gettext_lazy("a framework, chosen and looked at on the next page")),
            ("blank", gettext_lazy("a blank design: I name everything myself")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="library",
    )

    class Meta:
        model = Scorecard
        fields = USUAL_FIELDS
        widgets = {"scoring": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_strategies(self)

    def save(self, *, by: User) -> Scorecard:
        settings = {name: self.cleaned_data[name] for name in USUAL_FIELDS}
        return create_scorecard(organization=self.instance.organization, by=by, **settings)

    @property
    def next_page(self) -> str:
        """Where the design is begun: the frameworks, or its own page."""
        return "framework-list" if self.cleaned_data["start"] == "library" else "scorecard"


class ScorecardForm(PartForm):
    red_limit = _setting("red_limit")
    green_limit = _setting("green_limit")
    minimum_coverage = _setting(
        "minimum_coverage",
        most=100,
        decimals=0,
        unit_kind=UnitKind.PERCENT,
        help_text=gettext_lazy(
            "In percent of the weights. Below it, a score is marked as provisional."
        ),
    )
    cr_limit_3 = _setting("cr_limit_3")
    cr_limit_4 = _setting("cr_limit_4")
    cr_limit_larger = _setting("cr_limit_larger")

    class Meta:
        model = Scorecard
        fields = [
            *USUAL_FIELDS,
            "red_limit",
            "green_limit",
            "minimum_coverage",
            "level_mode",
            "anchor_words",
            "priority_method",
            "random_index",
            "cr_limit_3",
            "cr_limit_4",
            "cr_limit_larger",
            "experts_counted",
        ]
        widgets = {"scoring": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_strategies(self)
        self.scored_by = self.instance.scoring
        self.initial["minimum_coverage"] = self.instance.minimum_coverage * 100

    @property
    def scorecard(self) -> Scorecard:
        return self.instance

    @property
    def usual(self) -> list[forms.BoundField]:
        return [self[name] for name in [*USUAL_FIELDS, "red_limit", "green_limit"]]

    @property
    def methodical(self) -> list[forms.BoundField]:
        usual = {field.name for field in self.usual}
        return [field for field in self.visible_fields() if field.name not in usual]

    @property
    def methodical_errors(self) -> bool:
        return any(field.errors for field in self.methodical)

    def clean_minimum_coverage(self) -> Decimal | None:
        percentage = self.cleaned_data["minimum_coverage"]
        return percentage / 100 if percentage is not None else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not {"scoring", "red_limit", "green_limit"} <= cleaned.keys():
            return cleaned
        scoring = cleaned["scoring"]
        if scoring != self.scored_by and not {"red_limit", "green_limit"} & set(self.changed_data):
            # Limits on the old scale mean nothing on the new one.
            cleaned["red_limit"], cleaned["green_limit"] = _as_decimals(usual_limits(scoring))
        self._check_limits(usual_limits(scoring), cleaned)
        return cleaned

    def _check_limits(self, usual: Limits, cleaned: dict[str, Any]) -> None:
        try:
            Limits(
                red=float(cleaned["red_limit"]),
                green=float(cleaned["green_limit"]),
                lowest=usual.lowest,
                highest=usual.highest,
            )
        except MethodError as error:
            self.add_error(fields_at_fault(error)[0], explain(error))


def _as_decimals(limits: Limits) -> tuple[Decimal, Decimal]:
    return Decimal(str(limits.red)), Decimal(str(limits.green))


def _offer_strategies(form: forms.ModelForm) -> None:
    form.fields["strategy"].queryset = form.instance.organization.strategies
    form.fields["strategy"].empty_label = _("none yet")
