"""An officer's forms for a screening: what experts rate, and from where on it is kept."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy

from organizations.models import User
from scorecards.models import KPI
from surveys.forms.cut_off import CutRules, cut_off_field
from surveys.forms.questionnaires import SurveyForm
from surveys.models import Survey
from surveys.selectors.screening_plan import possible_candidates
from surveys.services.screening import choose_candidates

RULE = ("takes_proposals", "cut_by", "cut_off")


class ScreeningForm(CutRules, SurveyForm):
    """A screening, open or not: what experts read, and from where on a candidate is kept."""

    field_order = ["name", "introduction", *RULE]

    cut_off = cut_off_field()

    class Meta(SurveyForm.Meta):
        fields = [*SurveyForm.Meta.fields, *RULE]
        widgets = {**SurveyForm.Meta.widgets, "cut_by": forms.RadioSelect}
        help_texts = {
            **SurveyForm.Meta.help_texts,
            "takes_proposals": gettext_lazy(
                "You see what they propose with the results, and decide yourself."
            ),
        }


class DraftScreeningForm(ScreeningForm):
    """A screening that isn't open yet: what experts rate can still be chosen."""

    kpis = forms.MultipleChoiceField(
        label=gettext_lazy("Which KPIs the experts rate"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    perspectives = forms.MultipleChoiceField(
        label=gettext_lazy("Which perspectives they rate too"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Not needed: most screenings ask about KPIs alone."),
    )

    field_order = ["name", "introduction", "kpis", "perspectives", *RULE]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = possible_candidates(self.instance.scorecard)
        self.fields["kpis"].choices = [
            (group.name, [(str(one.kpi.pk), _kpi_label(one.kpi)) for one in group.kpis])
            for group in groups
            if group.kpis
        ]
        self.fields["perspectives"].choices = [
            (str(group.perspective_id), f"{group.candidates[0].code} {group.name}")
            for group in groups
        ]
        rows = list(self.instance.candidates.all())
        self.initial["kpis"] = [row.kpi_id for row in rows if row.kpi_id]
        self.initial["perspectives"] = [row.perspective_id for row in rows if row.is_perspective]

    # One transaction: nobody opens the questionnaire between its words and its candidates.
    @transaction.atomic
    def save(self, *, by: User) -> Survey:
        survey = super().save(by=by)
        scorecard = survey.scorecard
        choose_candidates(
            survey=survey,
            kpis=scorecard.kpis.filter(pk__in=self.cleaned_data["kpis"]),
            perspectives=scorecard.perspectives.filter(pk__in=self.cleaned_data["perspectives"]),
        )
        return survey


def _kpi_label(kpi: KPI) -> str:
    return f"{kpi.code} {kpi.name} ({kpi.get_status_display()})"
