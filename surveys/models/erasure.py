"""That an expert was deleted or made anonymous: all that is kept of it names nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import User
from surveys.models.survey import Survey


class Erasure(models.Model):
    """Who removed what of an expert, when, and how much. Whose it was stands nowhere any more."""

    class Kind(models.TextChoices):
        DELETED = "deleted", _("deleted")
        ANONYMIZED = "anonymized", _("made anonymous")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="erasures")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The code stands in results and files of before, and is given to nobody else.
    code = models.CharField(max_length=12)
    # The answers in force that were deleted, or that stay without a name.
    answers = models.PositiveIntegerField(default=0)
    # They were in weights or a choice of KPIs that the scorecard had taken over.
    was_adopted = models.BooleanField(default=False)
    erased_at = models.DateTimeField()
    # By the link; else an officer, who may have left since.
    by_expert = models.BooleanField()
    erased_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    # The link that ended with it: whoever holds it is told so, and a second press is one.
    invitation_number = models.PositiveBigIntegerField(db_index=True)
    nonce = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("deletion of an expert's answers")
        verbose_name_plural = _("deletions of experts' answers")
        ordering = ["-erased_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.kind}"

    @property
    def is_deletion(self) -> bool:
        return self.kind == self.Kind.DELETED
