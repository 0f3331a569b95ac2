"""Asking an expert again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from surveys.models import Round


class RoundForm(forms.ModelForm):
    class Meta:
        model = Round
        fields = ["message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"message": gettext_lazy("Stands in the letter and above the comparisons.")}

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The experts' language, whatever the officer reads: a screen reader has to know.
        self.fields["message"].widget.attrs["lang"] = language
