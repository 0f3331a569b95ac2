"""Forms for KPIs: what one is, how it is computed and how often, and whether it counts."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import User
from scorecards.forms.formula_choice import (
    FormulaGroup,
    add_formula_fields,
    formula_groups,
    read_formula,
)
from scorecards.forms.parts import CodedForm, PartForm, objectives_by_perspective
from scorecards.models import KPI
from scorecards.models.scorecard import Frequency
from scorecards.selectors.due import is_rarer
from scorecards.services.codes import kpi_code
from scorecards.services.design import next_order

USUAL_FIELDS = [
    *("objective", "name", "code", "unit", "decimals", "definition", "timing"),
    *("source", "person_in_charge", "status"),
]


class KPIForm(CodedForm):
    class Meta:
        model = KPI
        fields = [*USUAL_FIELDS, "formula", "frequency", "basis"]
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "decimals": forms.Select(choices=[(number, number) for number in range(7)]),
            "timing": forms.RadioSelect,
            "status": forms.RadioSelect,
        }
        help_texts = {
            "unit": gettext_lazy(
                "For instance: %, rupiah, people, days. Leave it empty where a formula says it."
            ),
            "decimals": gettext_lazy("How many digits are shown after the comma."),
            "definition": gettext_lazy("What exactly is counted, and how."),
            "source": gettext_lazy("Where the number is found, such as the cash book."),
            "basis": gettext_lazy("The paper or rule that it was taken from, if there is one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placed_under = self.instance.objective_id if self.instance.pk else None
        self.computed_by = self.instance.formula
        objectives, groups = objectives_by_perspective(self.scorecard)
        self.fields["objective"].queryset = objectives
        self.fields["objective"].choices = [("", _("Choose an objective")), *groups]
        self.fields["timing"].choices = [("", _("not said")), *KPI.Timing.choices]
        if self.instance.pk:
            # Adopting and dropping ask for a reason, on a page of their own.
            del self.fields["status"]
        else:
            self.fields["status"].choices = KPI.Status.choices[:2]
        self._offer_frequencies()
        add_formula_fields(self)

    def _offer_frequencies(self) -> None:
        usual = Frequency(self.scorecard.frequency)
        rarer = [each for each in Frequency.choices if is_rarer(each[0], usual)]
        as_often = _("as often as the scorecard: %(frequency)s") % {"frequency": usual.label}
        field = self.fields["frequency"]
        field.choices = [("", as_often), *rarer]
        field.error_messages["invalid_choice"] = _(
            "A KPI can't be measured more often than its scorecard. Choose one of these."
        )
        field.help_text = _(
            "A KPI that is measured more rarely is asked for when its span ends, such as the year."
        )
        if not is_rarer(self.instance.frequency, usual):
            self.initial["frequency"] = ""

    @property
    def usual(self) -> list[forms.BoundField]:
        return [self[name] for name in USUAL_FIELDS if name in self.fields]

    @property
    def groups(self) -> list[FormulaGroup]:
        return formula_groups(self)

    @property
    def opens_more(self) -> bool:
        """Whether the second part stands open: something is chosen, or wrong, in it."""
        more = set(self.fields) - set(USUAL_FIELDS) - {"version"}
        chosen = [self["formula"].value(), self["frequency"].value(), self["basis"].value()]
        return any(chosen) or bool(more & set(self.errors))

    @cached_property
    def is_measured(self) -> bool:
        return self.instance.pk is not None and self.instance.measurements.exists()

    @property
    def leaves_old_values(self) -> bool:
        """Whether values stay that were entered under another formula."""
        return self.is_measured and self.instance.formula != self.computed_by

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        read_formula(self, cleaned)
        return cleaned

    def propose_code(self, known: dict[str, Any]) -> str:
        objective = known.get("objective")
        if objective is None:
            return ""
        return kpi_code(objective, self.sibling_codes(objective, "kpis"), self.taken_codes())

    def save(self, *, by: User) -> KPI:
        """One that comes under an objective goes to the end of its KPIs."""
        if self.instance.objective_id != self.placed_under:
            self.instance.order = next_order(self.instance.objective.kpis)
        return super().save(by=by)


class KPIStatusForm(PartForm):
    class Meta:
        model = KPI
        fields = ["status", "status_reason"]
        widgets = {
            "status": forms.RadioSelect,
            "status_reason": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("status") == KPI.Status.DROPPED and not cleaned.get("status_reason"):
            self.add_error(
                "status_reason", _("Say why it is dropped, for those who read this later.")
            )
        return cleaned
