from django.conf import settings
from django.db import models

from organizations.models import Organization
from scorecards.models.scorecard import Scorecard


class DesignImport(models.Model):
    """A design that was read from a file and waits to be confirmed: once, for one scorecard.

    ``document`` is the checked design as docs/interchange.md describes it; it is emptied when the
    scorecard is made. The row then only says which one came of it, so that a second press of the
    button leads there.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=150)
    document = models.JSONField(default=dict)
    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_done(self) -> bool:
        """Whether a scorecard was made of it, even if that is deleted by now."""
        return not self.document
