"""Forms for initiatives: all that is known of one, and quickly how far it is."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scorecards.fields import DayField, NumberField, WholeNumberField
from scorecards.forms.parts import PartForm
from scorecards.models import KPI, Initiative, Objective
from scorecards.services.initiatives import COMPLETE, agreeing


class ProgressForm(PartForm):
    """How far an initiative is. What is done is done wholly, whatever stands in the box."""

    progress = WholeNumberField(
        label=capfirst(Initiative._meta.get_field("progress").verbose_name),
        help_text=gettext_lazy("From 0 to 100. An initiative that is done gets 100."),
        unit="%",
        min_value=0,
        max_value=COMPLETE,
        required=False,
    )

    class Meta:
        model = Initiative
        fields = ["status", "progress"]
        widgets = {"status": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        status = cleaned.get("status")
        if status == Initiative.Status.DONE:
            self.errors.pop("progress", None)
            cleaned["progress"] = COMPLETE
        elif cleaned.get("progress") is None and "progress" not in self.errors:
            self.add_error("progress", _("Write how far it is, from 0 to 100."))
        elif status and "progress" not in self.errors:
            cleaned["status"], cleaned["progress"] = agreeing(status, cleaned["progress"])
        return cleaned


class InitiativeForm(ProgressForm):
    """``about`` names an objective or a KPI in one list; exactly one of the two is stored."""

    about = forms.ChoiceField(label=gettext_lazy("For"))
    budget = NumberField(
        label=capfirst(Initiative._meta.get_field("budget").verbose_name),
        help_text=gettext_lazy(
            "For instance 1,500,000 or 1.5 million. Leave it empty if it costs nothing extra."
        ),
        decimals=0,
        unit="rupiah",
        min_value=0,
        required=False,
    )
    start = DayField(label=capfirst(Initiative._meta.get_field("start").verbose_name))
    end = DayField(
        label=capfirst(Initiative._meta.get_field("end").verbose_name),
        help_text=gettext_lazy("After it, an initiative that isn't done counts as late."),
    )

    class Meta(ProgressForm.Meta):
        fields = [
            "name",
            "person_in_charge",
            "budget",
            "start",
            "end",
            "status",
            "progress",
            "notes",
        ]
        widgets = ProgressForm.Meta.widgets | {"notes": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"name": gettext_lazy("What is done, in a few words.")}

    def __init__(self, *args: Any, about: Objective | KPI | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["about", *self._meta.fields])
        about = self.instance.subject or about
        self.subjects: dict[str, Objective | KPI] = {}
        self.fields["about"].choices = [
            ("", _("Choose an objective or a KPI")),
            *self._load_subjects().items(),
        ]
        if about is not None:
            self.initial["about"] = _key(about)

    def _load_subjects(self) -> dict[str, list[tuple[str, str]]]:
        """Objectives and KPIs under their perspectives; a dropped KPI only where it is chosen."""
        groups: dict[str, list[tuple[str, str]]] = {}
        kpis: dict[int, list[KPI]] = {}
        for kpi in self.scorecard.kpis.all():
            if kpi.status != KPI.Status.DROPPED or kpi.pk == self.instance.kpi_id:
                kpis.setdefault(kpi.objective_id, []).append(kpi)
        objectives = self.scorecard.objectives.select_related("perspective").order_by(
            "perspective__order", "perspective__pk", "order", "pk"
        )
        for objective in objectives:
            group = groups.setdefault(str(objective.perspective), [])
            for subject in (objective, *kpis.get(objective.pk, [])):
                self.subjects[_key(subject)] = subject
                group.append((_key(subject), _label(subject)))
        return groups

    def clean_budget(self) -> Decimal | None:
        budget = self.cleaned_data["budget"]
        if budget is not None and budget % 1:
            raise forms.ValidationError(_("Write whole rupiah, without sen."), "not-whole")
        return budget

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day can't be before the first day."))
        subject = self.subjects.get(cleaned.get("about", ""))
        if subject is not None:
            self.instance.objective = subject if isinstance(subject, Objective) else None
            self.instance.kpi = subject if isinstance(subject, KPI) else None
        return cleaned


def _key(subject: Objective | KPI) -> str:
    return f"{'kpi' if isinstance(subject, KPI) else 'objective'}-{subject.pk}"


def _label(subject: Objective | KPI) -> str:
    """Both often have the same code, so each says what it is."""
    text = _("KPI %(name)s") if isinstance(subject, KPI) else _("Objective %(name)s")
    return text % {"name": subject}
