"""Inviting one expert, and changing his invitation."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from organizations.models import User, Versioned
from organizations.text_fields import ItemField, LineField
from organizations.versioned_forms import VersionedModelForm, VersionForm
from scorecards.fields import NumberField
from surveys.forms.moments import DateTimeLocalInput, MomentField
from surveys.models import Invitation, Survey
from surveys.models.invitation import LARGEST_EXPERT_WEIGHT
from surveys.selectors.invited import next_code

# Written while the expert's page is used; an officer's form must not undo it.
OF_THE_EXPERT = ("opened_at", "declined_at", "decline_reason")


class InvitationForm(VersionedModelForm):
    weight = NumberField(
        label=capfirst(_("expert weight")),
        min_value=0,
        max_value=LARGEST_EXPERT_WEIGHT,
        initial=1,
        help_text=_("1 counts like everybody else, 2 counts twice."),
    )

    class Meta:
        model = Invitation
        fields = ["name", "position", "institution", "email", "weight"]
        field_classes = {"name": ItemField, "position": LineField, "institution": LineField}
        help_texts = {
            "email": _("Not needed: the link can be sent by WhatsApp."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.survey.weighs_experts:
            del self.fields["weight"]

    def clean_weight(self) -> float:
        return float(self.cleaned_data["weight"])

    @transaction.atomic
    def save(self, *, by: User) -> Versioned:
        held = Invitation.objects.select_for_update().filter(pk=self.instance.pk).first()
        for name in OF_THE_EXPERT if held else ():
            setattr(self.instance, name, getattr(held, name))
        return super().save(by=by)


class NewInvitationForm(InvitationForm):
    """Carries the code that was free when it was shown, by which a second press is known."""

    expected_code = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(
            *args,
            instance=Invitation(survey=survey),
            initial={"expected_code": next_code(survey)},
            **kwargs,
        )


class ExtendForm(VersionForm):
    """More time for one expert, by the clock of the organization."""

    closes_at = MomentField(
        label=capfirst(_("answers until")), required=False, widget=DateTimeLocalInput()
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].help_text = (
            _("By the clock of %(zone)s. Leave empty to give as much time as everybody has.")
            % {"zone": zone}
        )  # fmt: skip
