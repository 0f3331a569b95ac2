from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from organizations.versioned_forms import VersionedModelForm


class OrganizationForm(VersionedModelForm):
    class Meta:
        model = Organization
        fields = ["name", "kind", "sector", "regency", "province", "timezone"]
        labels = {"name": _("Name of the organization")}
        help_texts = {
            "sector": _("For example: batik, savings and loans, dairy."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "regency": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "province": forms.TextInput(attrs={"autocomplete": "address-level1"}),
        }
