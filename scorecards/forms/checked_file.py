"""Uploading a file of which nothing is kept before all of it was read."""

from typing import Any, ClassVar, Protocol

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.text_fields import visible_line
from scorecards.interchange.document import FileRefused
from scorecards.interchange.reading import LARGEST


class Reader(Protocol):
    """Raises FileRefused with every fault that was found."""

    def __call__(self, content: bytes) -> Any: ...


class CheckedFileForm(forms.Form):
    """``found`` is what stands in the file; ``refusal`` has its faults."""

    read: ClassVar[Reader]
    longest_file_name: ClassVar[int]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: Any = None
        self.refusal: FileRefused | None = None

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            # One byte more than is read tells that a file is too large.
            self.found = self.read(file.read(LARGEST + 1))
        except FileRefused as refusal:
            self.refusal = refusal
            raise forms.ValidationError(
                _("This file can't be taken. What is wrong stands below."), "refused"
            ) from refusal
        return file

    @property
    def file_name(self) -> str:
        """Shown, never used: one that is too long is cut, not refused, and nothing in it is
        hidden or turns the words around."""
        name = visible_line(self.cleaned_data["file"].name.replace("\0", ""))
        longest = self.longest_file_name
        return name if len(name) <= longest else f"…{name[1 - longest :]}"


def checked_file(*, endings: str, help_text: Promise) -> forms.FileField:
    """The form's field ``file``."""
    return forms.FileField(
        label=gettext_lazy("File"),
        help_text=help_text,
        widget=forms.FileInput(attrs={"accept": endings}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )
