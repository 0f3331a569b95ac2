from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organizations.models import User
from organizations.versioned_forms import VersionedModelForm
from scorecards.models import Scorecard
from surveys.forms.moments import DateTimeLocalInput, MomentField, clock_name
from surveys.models import Survey
from surveys.selectors.plan import possible_matrices
from surveys.services.questionnaires import choose_matrices, create_survey_once

PERSPECTIVES = "perspectives"


def standard_consent(kind: str) -> str:
    """Words to start from, in the language of whoever makes the questionnaire."""
    if kind == Survey.Kind.SCREENING:
        return _(
            "This questionnaire asks for your opinion as an expert on which KPIs show best how we "
            "treat our customers. Your answers are used to choose the KPIs of our scorecard and "
            "for nothing else. Taking part is voluntary: you can stop at any time, change your "
            "answers until you send them, and ask us to delete them."
        )
    return _(
        "This questionnaire asks for your opinion as an expert on what matters most in how we "
        "treat our customers. Your answers are used to weigh our scorecard and for nothing "
        "else. Taking part is voluntary: you can stop at any time, change your answers until "
        "you send them, and ask us to delete them."
    )


class SurveyForm(VersionedModelForm):
    class Meta:
        model = Survey
        fields = ["name", "introduction", "consent_text", "language", "closes_at", "anonymous"]
        field_classes = {"closes_at": MomentField}
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 3}),
            "consent_text": forms.Textarea(attrs={"rows": 6}),
            "closes_at": DateTimeLocalInput(),
        }
        help_texts = {
            "introduction": gettext_lazy("Who asks, and why. Experts read it first."),
            "consent_text": gettext_lazy("Experts agree to these words before they answer."),
            "language": gettext_lazy("Of invitations and reminders. Experts can switch pages."),
            "anonymous": gettext_lazy(
                "Experts read this before they agree. Once the questionnaire is open, names that "
                "are hidden stay hidden."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].required = False
        self.fields["closes_at"].help_text = _closing_help()
        if self.instance.anonymous and self.instance.status != Survey.Status.DRAFT:
            # Promised to those who agreed already.
            del self.fields["anonymous"]

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or self.instance.language


class NewSurveyForm(SurveyForm):
    scorecard = forms.ModelChoiceField(
        Scorecard.objects.none(), label=capfirst(gettext_lazy("scorecard"))
    )
    kind = forms.ChoiceField(choices=Survey.Kind.choices, widget=forms.HiddenInput)

    field_order = ["scorecard"]

    def __init__(self, *args: Any, scorecards: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_screening = kind == Survey.Kind.SCREENING
        # At first that of the maker.
        del self.fields["language"]
        name = _("Screening of KPIs") if is_screening else _("Experts' comparison")
        self.fields["scorecard"].queryset = scorecards
        self.initial |= {"kind": kind}
        self.initial.setdefault("consent_text", standard_consent(kind))
        self.initial.setdefault("name", name)
        if len(only := scorecards[:2]) == 1:
            self.initial.setdefault("scorecard", only[0])

    def create(self, *, by: User) -> Survey:
        return create_survey_once(**self.cleaned_data, by=by)


class DraftSurveyForm(SurveyForm):
    """A questionnaire that isn't open yet: what it compares can still be chosen."""

    matrices = forms.MultipleChoiceField(
        label=gettext_lazy("What is compared"), widget=forms.CheckboxSelectMultiple
    )

    # What is asked stands before how.
    field_order = ["name", "matrices", "large_accepted"]

    class Meta(SurveyForm.Meta):
        fields = [*SurveyForm.Meta.fields, "pair_order", "swaps_sides", "large_accepted"]
        widgets = {**SurveyForm.Meta.widgets, "pair_order": forms.RadioSelect}
        help_texts = {
            **SurveyForm.Meta.help_texts,
            "pair_order": gettext_lazy(
                "The first order asks what tells most about all elements first. By chance, each "
                "expert has an order of his own, which is kept with his answers."
            ),
            "swaps_sides": gettext_lazy(
                "What stands first is chosen a little more often. Exchanged sides even that out; "
                "the results are computed the same way."
            ),
            "large_accepted": gettext_lazy(
                "Up to fifteen. Above seven elements people lose sight, and eleven elements are "
                "55 comparisons: only tick this if it must be."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matrices"].choices = [
            (_matrix_key(planned.perspective_id), _matrix_label(planned.title, planned.size))
            for planned in possible_matrices(self.instance.scorecard)
            if planned.size > 1
        ]
        self.initial["matrices"] = [
            _matrix_key(matrix.perspective_id)
            for matrix in self.instance.matrices.all()
            # Neither: the part of a perspective that was deleted meanwhile.
            if matrix.perspective_id or matrix.compares_perspectives
        ]

    # One transaction: nobody opens the questionnaire between its words and its parts.
    @transaction.atomic
    def save(self, *, by: User) -> Survey:
        survey = super().save(by=by)
        chosen = set(self.cleaned_data["matrices"])
        choose_matrices(
            survey=survey,
            compare_perspectives=PERSPECTIVES in chosen,
            perspectives=[
                perspective
                for perspective in survey.scorecard.perspectives.all()
                if str(perspective.pk) in chosen
            ],
        )
        return survey


def _closing_help() -> str:
    return _("By the clock of %(zone)s. Leave empty to close it yourself.") % {"zone": clock_name()}


def _matrix_key(perspective_id: int | None) -> str:
    return str(perspective_id) if perspective_id else PERSPECTIVES


def _matrix_label(title: str, size: int) -> str:
    if not title:
        return ngettext(
            "The perspectives against each other (%(n)s perspective)",
            "The perspectives against each other (%(n)s perspectives)",
            size,
        ) % {"n": size}
    return ngettext("%(title)s (%(n)s KPI)", "%(title)s (%(n)s KPIs)", size) % {
        "title": title,
        "n": size,
    }


class ReopenForm(forms.Form):
    closes_at = MomentField(
        label=capfirst(gettext_lazy("answers until")),
        required=False,
        widget=DateTimeLocalInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].help_text = _closing_help()


class AdoptForm(forms.Form):
    """Carries the id of the weights that its reader agreed to replace."""

    replacing = forms.IntegerField(required=False, widget=forms.HiddenInput)
