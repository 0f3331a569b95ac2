"""Weights entered by hand, in percent."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from organizations import figures
from scorecards.fields import NumberField
from scorecards.models import KPI, Perspective
from scorecards.numbers import UnitKind
from scorecards.selectors.weights import FittedWeights, Group

DECIMALS = 2
# Percentages rounded to one decimal each may miss 100 by this much per box.
ROUNDING = Decimal("0.05")


@dataclass(frozen=True)
class FieldGroup:
    title: str
    fields: list[forms.BoundField]


class EqualWeightsForm(forms.Form):
    """One button. ``based_on`` is the set that its reader saw ("0": there was none)."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)


class WeightsForm(EqualWeightsForm):
    """A box per perspective and one per KPI; each group adds up to 100, or is left empty."""

    def __init__(
        self, *args: Any, groups: list[Group], fitted: FittedWeights, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        self.fitted = fitted
        weight_set = fitted.weight_set
        self.initial["based_on"] = weight_set.pk if weight_set else 0
        if len(groups) > 1:
            self._add_group([group[0] for group in groups])
        for _perspective, kpis in groups:
            if len(kpis) > 1:
                self._add_group(kpis)

    def _add_group(self, parts: list[Perspective] | list[KPI]) -> None:
        shares = [self._exact(part) for part in parts]
        percentages = [None for _ in parts] if None in shares else rounded_percentages(shares)
        for part, percentage in zip(parts, percentages, strict=True):
            self.initial[field_name(part)] = percentage
            self.fields[field_name(part)] = NumberField(
                label=f"{part} (%)",
                required=False,
                decimals=DECIMALS,
                unit_kind=UnitKind.PERCENT,
                min_value=0,
                max_value=100,
            )

    @property
    def field_groups(self) -> list[FieldGroup]:
        """The boxes as the page groups them."""
        found = []
        if len(self.groups) > 1:
            perspectives = [group[0] for group in self.groups]
            found.append(self._field_group(_("The perspectives"), perspectives))
        for perspective, kpis in self.groups:
            if len(kpis) > 1:
                found.append(self._field_group(str(perspective), kpis))
        return found

    def _field_group(self, title: str, parts: list[Any]) -> FieldGroup:
        return FieldGroup(title, [self[field_name(part)] for part in parts])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if len(self.groups) > 1:
            self._check_group(_("The perspectives"), [group[0] for group in self.groups])
        for perspective, kpis in self.groups:
            if len(kpis) > 1:
                self._check_group(str(perspective), kpis)
        return cleaned

    def _check_group(self, title: str, parts: list[Perspective] | list[KPI]) -> None:
        names = [field_name(part) for part in parts]
        if any(name in self.errors for name in names):
            return
        values = [self.cleaned_data[name] for name in names]
        if all(value is None for value in values):
            return
        for name, value in zip(names, values, strict=True):
            if value is None:
                self.add_error(
                    name,
                    _("Fill in a weight, 0 if it doesn't count; or leave the whole group empty."),
                )
        if None not in values:
            self._check_sum(title, names[0], values)

    def _check_sum(self, title: str, first: str, values: list[Decimal]) -> None:
        missing = 100 - sum(values)
        if abs(missing) <= ROUNDING * len(values):
            return
        words = {
            "group": title,
            "total": figures.with_percent_sign(figures.trimmed(sum(values))),
            "gap": figures.with_percent_sign(figures.trimmed(abs(missing))),
        }
        message = (
            _("%(group)s: together %(total)s. Add %(gap)s to reach 100.")
            if missing > 0
            else _("%(group)s: together %(total)s. Take away %(gap)s to come down to 100.")
        )
        self.add_error(first, message % words)

    @property
    def perspective_weights(self) -> dict[Perspective, float]:
        if len(self.groups) == 1:
            return {self.groups[0][0]: 1.0}
        return self._shares([group[0] for group in self.groups])

    @property
    def kpi_weights(self) -> dict[KPI, float]:
        weights: dict[KPI, float] = {}
        for _perspective, kpis in self.groups:
            weights |= {kpis[0]: 1.0} if len(kpis) == 1 else self._shares(kpis)
        return weights

    def _shares(self, parts: list[Any]) -> dict[Any, float]:
        """Shares of one: percentages that were rounded are scaled to their sum.

        A group that was left as it is keeps its weights to the last digit.
        """
        if not {field_name(part) for part in parts} & set(self.changed_data):
            exact = {part: self._exact(part) for part in parts}
            return {} if None in exact.values() else exact
        values = {part: self.cleaned_data[field_name(part)] for part in parts}
        if None in values.values():
            return {}
        total = sum(values.values())
        return {part: float(value / total) for part, value in values.items()}

    def _exact(self, part: Perspective | KPI) -> float | None:
        of = self.fitted.kpis if isinstance(part, KPI) else self.fitted.perspectives
        return of.get(part.pk)


def rounded_percentages(shares: list[float]) -> list[Decimal]:
    """Shares of one as percentages that add up to 100 as they are printed.

    Each is cut off; what is missing then goes to those that lost most.
    """
    step = Decimal(1).scaleb(-DECIMALS)
    exact = [Decimal(str(share)) * 100 for share in shares]
    cut = [number.quantize(step, ROUND_DOWN) for number in exact]
    lost = sorted(range(len(exact)), key=lambda place: cut[place] - exact[place])
    for place in lost[: int((100 - sum(cut)) / step)]:
        cut[place] += step
    return cut


def field_name(part: Perspective | KPI) -> str:
    return f"{part._meta.model_name}-{part.pk}"
