"""Uploading a design, and agreeing to what was read."""

from django import forms
from django.utils.translation import gettext_lazy

from scorecards.forms.checked_file import CheckedFileForm, checked_file
from scorecards.interchange.reading import read_design
from scorecards.models import DesignImport, Scorecard


class DesignFileForm(CheckedFileForm):
    read = staticmethod(read_design)
    longest_file_name = DesignImport._meta.get_field("file_name").max_length

    file = checked_file(
        endings=".json,.xlsx", help_text=gettext_lazy("JSON or XLSX, at most 5 MB.")
    )


class DesignImportForm(forms.Form):
    """The name under which the new scorecard will be known."""

    name = forms.CharField(
        label=gettext_lazy("Name of the new scorecard"),
        max_length=Scorecard._meta.get_field("name").max_length,
    )
