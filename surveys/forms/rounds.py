"""Asking an expert again."""

from django import forms
from django.utils.translation import gettext_lazy

from surveys.models import Round


class RoundForm(forms.ModelForm):
    class Meta:
        model = Round
        fields = ["message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"message": gettext_lazy("Stands in the letter and above the comparisons.")}
