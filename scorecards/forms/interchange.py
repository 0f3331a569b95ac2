"""Uploading a design, and agreeing to what was read."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scorecards.interchange.document import Design, FileRefused
from scorecards.interchange.reading import LARGEST, read_design
from scorecards.models import DesignImport, Scorecard

LONGEST_FILE_NAME = DesignImport._meta.get_field("file_name").max_length


class DesignFileForm(forms.Form):
    """``design`` is what stands in the file; ``refusal`` has its faults."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("JSON or XLSX, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,.xlsx"}),
        # Names of files are shown, never used: one that is too long is cut, not refused.
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.design: Design | None = None
        self.refusal: FileRefused | None = None

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            # One byte more than is read tells that a file is too large.
            self.design = read_design(file.read(LARGEST + 1))
        except FileRefused as refusal:
            self.refusal = refusal
            raise forms.ValidationError(
                _("This file can't be taken. What is wrong stands below."), "refused"
            ) from refusal
        return file

    @property
    def file_name(self) -> str:
        name = self.cleaned_data["file"].name.replace("\0", "")
        return name if len(name) <= LONGEST_FILE_NAME else f"…{name[1 - LONGEST_FILE_NAME :]}"


class DesignImportForm(forms.Form):
    """The name under which the new scorecard will be known."""

    name = forms.CharField(
        label=gettext_lazy("Name of the new scorecard"),
        max_length=Scorecard._meta.get_field("name").max_length,
    )
