from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.models import Membership, Role, StaffInvitation
from organizations.versioned_forms import VersionedModelForm

ROLE_CHOICES = [
    (Role.ADMIN, _("Admin: manages everything, people included")),
    (Role.EDITOR, _("Data officer: builds the scorecard and enters the values")),
    (
        Role.RESEARCHER,
        _("Researcher: reads and downloads all, each expert's answers too; changes nothing"),
    ),
    (
        Role.READER,
        _("Reader: reads reports, the scorecard and joint results, for instance a chair"),
    ),
]


class StaffInvitationForm(forms.ModelForm):
    role = forms.ChoiceField(
        label=_("Role"), choices=ROLE_CHOICES, widget=forms.RadioSelect, initial=Role.EDITOR
    )

    class Meta:
        model = StaffInvitation
        fields = ["email", "role"]
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
        }


class MembershipForm(VersionedModelForm):
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES, widget=forms.RadioSelect)

    class Meta:
        model = Membership
        fields = ["role"]
