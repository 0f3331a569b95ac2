"""The form that copies a scorecard."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import Organization, User
from scorecards.models import Scorecard, Target
from scorecards.services.copying import copy_scorecard

NAME = Scorecard._meta.get_field("name")


class CopyForm(forms.Form):
    name = forms.CharField(
        label=capfirst(NAME.verbose_name),
        max_length=NAME.max_length,
        help_text=gettext_lazy("What the new scorecard is called."),
    )
    with_targets = forms.BooleanField(
        label=gettext_lazy("Copy the targets too"),
        required=False,
        help_text=gettext_lazy(
            "They were set for another situation. Leave them out if yours differs."
        ),
    )

    def __init__(
        self, *args: Any, source: Scorecard, organization: Organization, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.organization = source, organization
        if self._is_taken(source.name):
            proposed = _("%(name)s (copy)") % {"name": source.name}
            self.initial["name"] = proposed[: NAME.max_length]
        else:
            self.initial["name"] = source.name
        if not Target.objects.filter(kpi__scorecard=source).exists():
            del self.fields["with_targets"]

    def clean_name(self) -> str:
        """A second press of the button would make a second copy; names tell them apart."""
        name = self.cleaned_data["name"]
        if self._is_taken(name):
            raise forms.ValidationError(
                _("There is a scorecard of this name already. Choose another name."), "taken"
            )
        return name

    def _is_taken(self, name: str) -> bool:
        return self.organization.scorecards.filter(name__iexact=name).exists()

    def save_if_valid(self, *, by: User) -> Scorecard | None:
        """Check and copy while nobody else copies into this organization."""
        with transaction.atomic():
            list(Organization.objects.select_for_update().filter(pk=self.organization.pk))
            if not self.is_valid():
                return None
            return copy_scorecard(
                source=self.source,
                organization=self.organization,
                name=self.cleaned_data["name"],
                with_targets=self.cleaned_data.get("with_targets", False),
                by=by,
            )
