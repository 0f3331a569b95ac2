"""What is to become of an expert's answers."""

from django import forms

from surveys.models import Erasure


class ErasingForm(forms.Form):
    act = forms.ChoiceField(choices=Erasure.Kind.choices, widget=forms.HiddenInput)
