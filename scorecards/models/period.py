from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organizations.models import Versioned
from scorecards.models.design import KPI, measure_field
from scorecards.models.scorecard import Scorecard


class Period(Versioned):
    """A span of time in which each KPI has at most one measurement."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="periods")
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN, editable=False
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["-start", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "start"],
                name="period_once_per_start",
                violation_error_message=_("There is a period that starts on this day already."),
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="period_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class Closing(models.Model):
    """The report as it was frozen when a period was closed, and why it was reopened, if it was."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="closings")
    report = models.JSONField(_("frozen report"))
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reopen_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(reopened_at__isnull=True),
                name="closing_once_while_closed",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | ~Q(reopen_reason=""),
                name="closing_reopened_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.closed_at:%Y-%m-%d}"


class Measurement(Versioned):
    """What a KPI was in a period. No value and not not-applicable: not entered, which isn't 0."""

    class Origin(models.TextChoices):
        TYPED = "typed", _("typed in")
        DEMO = "demo", _("published study")

    kpi = models.ForeignKey(KPI, on_delete=models.PROTECT, related_name="measurements")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="measurements")
    value = measure_field(_("value"), null=True, blank=True)
    # What the value was computed from, decimals as text by the input's key, and the formula that
    # they belong to: the KPI may have another one by now.
    inputs = models.JSONField(_("inputs"), default=dict, blank=True)
    formula = models.CharField(_("formula"), max_length=40, blank=True)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    reason = models.CharField(_("why it is not applicable"), max_length=300, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.TYPED, editable=False
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "period"], name="measurement_once_per_period"),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | (Q(value__isnull=True) & ~Q(reason="")),
                name="measurement_not_applicable_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.period_id}"
