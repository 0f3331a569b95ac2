"""Inviting a whole list: typed, pasted or uploaded, then looked at, then agreed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from scorecards.interchange.reading import LARGEST
from surveys.expert_list.checking import ExpertList
from surveys.expert_list.reading import ReadList, read_list, read_list_file


class ExpertListForm(forms.Form):
    """``experts`` is what stands in the list; ``refusal`` has its faults."""

    text = forms.CharField(
        label=_("Experts, one in each line"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "wrap": "off"}),
        help_text=_(
            "Name; position; institution; e-mail address; weight. Only the name is needed. "
            "Cells that you copy from Excel can be pasted as they are."
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("XLSX or CSV, at most 5 MB and 500 experts."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read: ReadList | None = None

    def clean(self) -> dict[str, Any]:
        file = self.cleaned_data.get("file")
        # One byte more than is read tells that a file is too large.
        read = read_list_file(file.read(LARGEST + 1)) if file else read_list(self._typed())
        self.read = read
        if file and read.text:
            # So that the file can be repaired on the page.
            self.data = self.data.copy()
            self.data[self.add_prefix("text")] = read.text
        if read.refusal:
            self.add_error(
                "file" if file else "text",
                _("This list can't be taken. Repair what is named on this page."),
            )
        return self.cleaned_data

    @property
    def experts(self) -> ExpertList | None:
        return self.read.found if self.read else None

    @property
    def refusal(self) -> object:
        return self.read.refusal if self.read else None

    def _typed(self) -> str:
        return str(self.cleaned_data.get("text", ""))


class AgreeForm(forms.Form):
    """What the officer saw when he agreed: the next free code, and who was invited already."""

    expected_code = forms.CharField(max_length=12, required=False)
    known = forms.CharField(max_length=4000, required=False)
    duplicates = forms.ChoiceField(choices=[("skip", ""), ("invite", "")], required=False)

    def clean_known(self) -> frozenset[int]:
        places = self.cleaned_data["known"].split()
        if not all(place.isascii() and place.isdigit() and len(place) < 5 for place in places):
            raise forms.ValidationError("tampered")
        return frozenset(map(int, places))
