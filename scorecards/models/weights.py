from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scorecards.models.design import KPI, Perspective
from scorecards.models.scorecard import Scorecard


class WeightSet(models.Model):
    """All weights of a scorecard as they were decided once. A new decision is a new set.

    Sets are never changed, so that the row of sets is the history: who, when, before, after.
    ``particulars`` says how a questionnaire's weights came about, in full, so that a report
    never needs the questionnaire itself; surveys.adoption describes its keys.
    """

    class Origin(models.TextChoices):
        EQUAL = "equal", _("equal weights")
        MANUAL = "manual", _("entered by hand")
        QUESTIONNAIRE = "questionnaire", _("experts' questionnaire")

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="weight_sets")
    origin = models.CharField(_("origin"), max_length=20, choices=Origin.choices)
    particulars = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("set of weights")
        verbose_name_plural = _("sets of weights")
        ordering = ["-pk"]
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.get_origin_display()}, {self.created_at:%Y-%m-%d}"


class Weight(models.Model):
    """The weight of a perspective among perspectives, or of a KPI within its perspective.

    Full double precision: the same judgements give the same weights everywhere.
    """

    weight_set = models.ForeignKey(WeightSet, on_delete=models.CASCADE, related_name="weights")
    perspective = models.ForeignKey(
        Perspective, on_delete=models.CASCADE, null=True, blank=True, related_name="weights"
    )
    kpi = models.ForeignKey(
        KPI, on_delete=models.CASCADE, null=True, blank=True, related_name="weights"
    )
    value = models.FloatField(
        _("weight"), validators=[MinValueValidator(0.0), MaxValueValidator(1.0)]
    )

    class Meta:
        verbose_name = _("weight")
        verbose_name_plural = _("weights")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(perspective__isnull=False, kpi__isnull=True)
                | Q(perspective__isnull=True, kpi__isnull=False),
                name="weight_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=1), name="weight_between_0_and_1"
            ),
            models.UniqueConstraint(
                fields=["weight_set", "perspective"], name="weight_once_per_perspective"
            ),
            models.UniqueConstraint(fields=["weight_set", "kpi"], name="weight_once_per_kpi"),
        ]

    def __str__(self) -> str:
        return f"{self.value:.4f}"
