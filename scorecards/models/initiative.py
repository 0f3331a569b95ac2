from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Versioned
from scorecards.models.design import KPI, Objective
from scorecards.models.scorecard import Scorecard


class Initiative(Versioned):
    """What is done about an objective or a KPI: by whom, with what money, until when."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.CASCADE, related_name="initiatives", editable=False
    )
    objective = models.ForeignKey(
        Objective,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("objective"),
    )
    kpi = models.ForeignKey(
        KPI,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("KPI"),
    )
    name = models.CharField(_("initiative"), max_length=200)
    person_in_charge = models.CharField(_("person in charge"), max_length=100, blank=True)
    budget = models.DecimalField(
        _("budget in rupiah"),
        max_digits=15,
        decimal_places=0,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    start = models.DateField(_("first day"), null=True, blank=True)
    end = models.DateField(_("last day"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    progress = models.PositiveSmallIntegerField(
        _("progress in percent"), default=0, validators=[MaxValueValidator(100)]
    )
    notes = models.TextField(_("notes"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["end", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(objective__isnull=False, kpi__isnull=True)
                | Q(objective__isnull=True, kpi__isnull=False),
                name="initiative_for_one_thing",
                violation_error_message=_("Choose an objective or a KPI, not both."),
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="initiative_days_in_order",
                violation_error_message=_("The last day can't be before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="initiative_progress_at_most_100"
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="initiative_budget_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Objective | KPI:
        """What it is for."""
        return self.kpi or self.objective

    @property
    def is_live(self) -> bool:
        """Whether it is still to be done, or being done."""
        return self.status in (self.Status.PLANNED, self.Status.RUNNING)

    def is_late(self, today: date) -> bool:
        return self.is_live and self.end is not None and self.end < today
