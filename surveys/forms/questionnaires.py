from typing import Any

from django import forms
from django.db import transaction
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organizations.models import User
from organizations.versioned_forms import VersionedModelForm
from scorecards.models import Scorecard
from surveys.consent import standard_consent
from surveys.forms.moments import DateTimeLocalInput, MomentField, clock_name
from surveys.models import Matrix, Survey
from surveys.selectors.plan import PERSPECTIVES, PlannedMatrix, possible_matrices
from surveys.services.questionnaires import choose_matrices, create_survey_once
from surveys.wording import part_title

QUESTION = "question-"
LONGEST_NAME = Survey._meta.get_field("name").max_length


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
        Scorecard.objects.none(),
        label=capfirst(gettext_lazy("scorecard")),
        empty_label=gettext_lazy("Choose a scorecard"),
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

    @property
    def chosen_scorecard(self) -> Scorecard | None:
        """Whose questionnaire it is as the page stands, whatever else is wrong with it."""
        try:
            return self.fields["scorecard"].clean(self["scorecard"].value())
        except forms.ValidationError:
            return None

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
                "The first order asks what tells most about all elements first. By chance, "
                "experts each have their own order, kept with their answers."
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
            (planned.key, _matrix_label(planned.title, planned.size))
            for planned in possible_matrices(self.instance.scorecard)
            if planned.size > 1
        ]
        self.initial["matrices"] = [
            str(matrix.perspective_id or PERSPECTIVES)
            for matrix in self.instance.matrices.all()
            # Neither: the part of a perspective that was deleted meanwhile.
            if matrix.perspective_id or matrix.compares_perspectives
        ]
        self._add_questions()

    def _add_questions(self) -> None:
        """A box for each part that is chosen now: what experts are asked about its pairs."""
        for planned in possible_matrices(self.instance.scorecard):
            if planned.key not in self.initial["matrices"]:
                continue
            self.fields[f"{QUESTION}{planned.key}"] = forms.CharField(
                label=_("Question about %(part)s") % {"part": part_title(planned.title)},
                required=False,
                max_length=Matrix._meta.get_field("question").max_length,
                help_text=_usual_question(planned.title),
            )
        for matrix in self.instance.matrices.all():
            key = str(matrix.perspective_id or PERSPECTIVES)
            self.initial[f"{QUESTION}{key}"] = matrix.question

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
            questions={
                name.removeprefix(QUESTION): typed
                for name, typed in self.cleaned_data.items()
                if name.startswith(QUESTION)
            },
        )
        return survey


def _usual_question(title: str) -> str:
    """Help of a box; shown as it is, so what people wrote is escaped."""
    if not title:
        return _("Empty: asks which is more important for good customer relationships.")
    return format_html(_("Empty: asks which is more important for {part}."), part=title)


def _closing_help() -> str:
    return _("By the clock of %(zone)s. Leave empty to close it yourself.") % {"zone": clock_name()}


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


class PartForm(forms.Form):
    """Names one part of what a questionnaire could compare; ``part`` is the part itself."""

    part = forms.ChoiceField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scorecard: Scorecard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {planned.key: planned for planned in possible_matrices(scorecard)}
        self.fields["part"].choices = [(key, key) for key in self.parts]

    def clean_part(self) -> PlannedMatrix:
        return self.parts[self.cleaned_data["part"]]


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
    """Carries what its reader agreed to; see `AdoptionReview.seen`."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
