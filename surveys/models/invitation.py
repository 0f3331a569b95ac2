import secrets

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Versioned
from surveys.models.survey import Survey


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


class Invitation(Versioned):
    """One expert's personal way into a questionnaire (the link itself: surveys.links)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=150, blank=True)
    institution = models.CharField(_("institution"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    weight = models.FloatField(_("expert weight"), default=1.0, validators=[MinValueValidator(0.0)])
    nonce = models.CharField(max_length=40, default=new_nonce, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "code"], name="invitation_code_once"),
            models.CheckConstraint(
                condition=models.Q(weight__gte=0), name="invitation_weight_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name
