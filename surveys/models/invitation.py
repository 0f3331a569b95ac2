import secrets
from datetime import datetime, timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Versioned
from surveys.models.survey import Matrix, Survey, new_seed

LARGEST_EXPERT_WEIGHT = 100


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
    # The order of this expert's comparisons, and which of them show their sides exchanged.
    seed = models.PositiveIntegerField(default=new_seed, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # "Start" was pressed; looking at the page is not opening.
    opened_at = models.DateTimeField(null=True, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)
    decline_reason = models.CharField(max_length=500, blank=True, editable=False)
    # More time for this expert alone. None: as the questionnaire.
    closes_at = models.DateTimeField(_("answers until"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, editable=False)
    # The answers stay and count; nothing says any more whose they were, and no link leads to them.
    anonymized_at = models.DateTimeField(null=True, editable=False)

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
        return self.name or self.code

    @property
    def last_moment(self) -> datetime | None:
        """Until when this expert may answer; None as long as the questionnaire is open."""
        if self.closes_at is None or self.survey.closes_at is None:
            return self.survey.closes_at
        return max(self.closes_at, self.survey.closes_at)

    def accepts_answers(self, now: datetime) -> bool:
        """Whether this expert's answer may be stored at ``now``."""
        has_link = self.revoked_at is None and self.anonymized_at is None
        is_open = self.survey.status == Survey.Status.OPEN and has_link
        return is_open and (self.last_moment is None or now <= self.last_moment)


class Exemption(models.Model):
    """A matrix that an expert doesn't judge: not asked to, or handed back. The others, he does."""

    class Origin(models.TextChoices):
        OFFICER = "officer", _("not asked")
        EXPERT = "expert", _("handed back")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="exemptions")
    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="exemptions")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "matrix"], name="exemption_once")
        ]

    @property
    def is_handed_back(self) -> bool:
        return self.origin == self.Origin.EXPERT


# Who claimed a mail and neither sent it nor failed in this time has crashed.
CLAIM_LASTS = timedelta(hours=1)


class Mailing(models.Model):
    """One mail to one expert. Its row is made before it is sent: who makes it, sends it."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        REMINDER = "reminder", _("reminder")
        ROUND = "round", _("asked again")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The second press of a button, or a command that runs twice at once, finds the row taken.
    key = models.CharField(max_length=40)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "kind", "key"], name="mailing_once")
        ]

    def may_be_claimed(self, now: datetime) -> bool:
        """It failed, or whoever was to send it crashed: somebody else may try."""
        forgotten = self.claimed_at < now - CLAIM_LASTS
        return self.sent_at is None and (self.failed_at is not None or forgotten)
