"""The base of every form that edits a versioned row."""

from typing import Any

from django import forms

from organizations.models import User, Versioned, save_if_unchanged


class VersionedModelForm(forms.ModelForm):
    """A model form that carries the version it was made from.

    ``save(by=…)`` raises EditConflict when somebody saved the row in the meantime;
    organizations.middleware answers with the page that shows both values.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["version"]
        else:
            # A form without its version would overwrite blindly.
            self.fields["version"].required = True
            self.initial["version"] = self.instance.version

    def save(self, *, by: User) -> Versioned:  # type: ignore[override]
        if self.instance.pk is None:
            self.instance.saved_by = by
            self.instance._history_user = by
            self.instance.save()
        else:
            save_if_unchanged(self.instance, seen=self.cleaned_data["version"], by=by)
        self.save_m2m_fields()
        return self.instance

    def save_m2m_fields(self) -> None:
        self._save_m2m()


class VersionForm(forms.Form):
    """A confirmation that carries only the version that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
