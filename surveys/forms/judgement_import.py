"""Uploading finished judgements, and saying whose those are that have an invited expert's name."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.text_fields import LineField, visible_line
from scorecards.fields import NumberField
from scorecards.forms.checked_file import CheckedFileForm, checked_file
from scorecards.numbers import UnitKind
from surveys.errors import survey_error_text
from surveys.interchange.project import LONGEST_NAME
from surveys.judgement_files.given import JudgementFile, Part
from surveys.judgement_files.reading import read_judgements
from surveys.models import GroupMatrix, JudgementImport
from surveys.models.group import FEWEST_JOINED, MOST_JOINED
from surveys.selectors.judgement_preview import JudgementPreview
from surveys.selectors.judgement_taking import ANSWERED, DECLINED, EXEMPT, JUDGED, Namesake
from surveys.services.judgement_importing import LEFT_OUT, NEW
from surveys.services.refusals import SurveyError

EXPERTS, GROUP = "experts", "group"
# What a positive number says in columns A_B.
FIRST, SECOND = "1", "-1"


class JudgementFileForm(CheckedFileForm):
    """``refuse`` says by what is chosen why this questionnaire takes no such file."""

    longest_file_name = JudgementImport._meta.get_field("file_name").max_length

    kind = forms.ChoiceField(
        label=gettext_lazy("What stands in the file?"),
        choices=[
            (EXPERTS, gettext_lazy("Judgements of single experts")),
            (GROUP, gettext_lazy("A group matrix: the geometric mean of several experts")),
        ],
        initial=EXPERTS,
        widget=forms.RadioSelect,
    )
    experts = NumberField(
        label=gettext_lazy("Of how many experts?"),
        help_text=gettext_lazy("Of a group matrix: how many experts' judgements it joins."),
        required=False,
        decimals=0,
        unit_kind=UnitKind.COUNT,
        min_value=FEWEST_JOINED,
        max_value=MOST_JOINED,
    )
    source = LineField(
        label=gettext_lazy("Where is it printed?"),
        help_text=gettext_lazy(
            "Of a group matrix: author, year, title and table, such as Rahayu (2024), thesis, "
            "table 4.7."
        ),
        required=False,
        max_length=GroupMatrix._meta.get_field("source").max_length,
    )
    sign = forms.ChoiceField(
        label=gettext_lazy("In columns such as A_B, what does 3 say?"),
        help_text=gettext_lazy(
            "Only for tables as R's ahpsurvey reads them; -3 says the opposite."
        ),
        choices=[
            (FIRST, gettext_lazy("A is more important than B")),
            (SECOND, gettext_lazy("B is more important than A (negconvert = TRUE)")),
        ],
        initial=FIRST,
        required=False,
    )
    file = checked_file(
        endings=".xlsx,.csv,.txt,.tsv,.json",
        help_text=gettext_lazy("XLSX, CSV, or JSON of AHP-OS, at most 5 MB."),
    )

    def __init__(
        self, *args: Any, parts: Sequence[Part], refusals: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        self.refusals = refusals

    @property
    def is_group(self) -> bool:
        return self.cleaned_data.get("kind") == GROUP

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if self.refusals[kind]:
            raise forms.ValidationError(survey_error_text(SurveyError(self.refusals[kind])))
        return kind

    def clean_file(self) -> Any:
        # Nothing is read for a questionnaire that takes nothing.
        return super().clean_file() if "kind" in self.cleaned_data else self.cleaned_data["file"]

    def read(self, content: bytes) -> JudgementFile:  # type: ignore[override]
        name = PurePath(self.cleaned_data["file"].name.replace("\0", "")).stem
        return read_judgements(
            content,
            self.parts,
            is_group=self.is_group,
            sign=int(self.cleaned_data.get("sign") or FIRST),
            fallback=visible_line(name)[:LONGEST_NAME].strip() or _("Expert"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_group:
            if cleaned.get("experts") is None and "experts" not in self.errors:
                self.add_error("experts", _("Write how many experts the matrix joins."))
            if not cleaned.get("source") and "source" not in self.errors:
                self.add_error("source", _("Write where the matrix is printed."))
        return cleaned


class TakeForm(forms.Form):
    """One choice for every expert of the file who is called as an invited one."""

    replaces = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, preview: JudgementPreview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        for place, alike in enumerate(preview.alike):
            if alike:
                self.fields[_field(place)] = forms.ChoiceField(
                    label=preview.found.experts[place].name,
                    choices=list(_choices(alike)),
                    # Crispy shows what helps as markup.
                    help_text=escape(" ".join(_why_not(each) for each in alike if each.reason)),
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Say who this is.")},
                )

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[_field(place)] for place, alike in enumerate(self.preview.alike) if alike]

    @property
    def chosen(self) -> dict[int, str]:
        return {
            place: self.cleaned_data[_field(place)]
            for place, alike in enumerate(self.preview.alike)
            if alike
        }


def _field(place: int) -> str:
    return f"expert-{place}"


def _choices(alike: Sequence[Namesake]) -> Iterator[tuple[str, str]]:
    for each in alike:
        if each.can_be_same:
            yield (
                str(each.invitation.pk),
                _("The same person as %(code)s, %(name)s")
                % {"code": each.invitation.code, "name": each.invitation.name},
            )
    yield NEW, _("Somebody else of this name: a new expert")
    yield LEFT_OUT, _("Don't take these judgements over")


def _why_not(namesake: Namesake) -> str:
    texts = {
        ANSWERED: _("%(code)s has answered here, which a file doesn't change."),
        JUDGED: _("%(code)s has judgements of “%(part)s” from a file already."),
        EXEMPT: _("%(code)s doesn't judge “%(part)s”."),
        DECLINED: _("%(code)s declined to take part."),
    }
    return texts[namesake.reason] % {"code": namesake.invitation.code, "part": namesake.part}
