from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Membership
from scorecards.models.design import KPI
from scorecards.models.period import Period


class UnsavedEntry(models.Model):
    """What one person typed for a KPI of a period and the site could not store, as it was typed.

    Only that person is shown it. It hangs on the membership, so it goes with the person's place
    in the organization, and with the account.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="unsaved_entries")
    kpi = models.ForeignKey(KPI, on_delete=models.CASCADE, related_name="+")
    value = models.CharField(max_length=200, blank=True)
    inputs = models.JSONField(default=dict, blank=True)  # texts by the input's key
    not_applicable = models.BooleanField(default=False)
    note = models.TextField(max_length=4000, blank=True)
    # The version of the measurement that its writer had before them; 0: nothing was entered.
    seen = models.PositiveIntegerField(default=0)
    typed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("value that was typed and is not saved")
        verbose_name_plural = _("values that were typed and are not saved")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "period", "kpi"], name="unsaved_entry_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.kpi_id} {self.period_id}"
