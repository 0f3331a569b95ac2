from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization, Strategy, User, Versioned


class Frequency(models.TextChoices):
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every three months")
    HALF_YEARLY = "half_yearly", _("every six months")
    YEARLY = "yearly", _("every year")

    @property
    def months(self) -> int:
        return {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[self.value]


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def visible_to(self, user: User) -> "ScorecardQuerySet":
        return self.filter(organization__in=Organization.objects.visible_to(user))


def _limit(verbose_name: str, default: str, **kwargs: object) -> models.DecimalField:
    return models.DecimalField(
        verbose_name,
        max_digits=5,
        decimal_places=3,
        default=Decimal(default),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(10))],
        **kwargs,
    )


class Scorecard(Versioned):
    """One measuring instrument of an organization, with the settings that decide its numbers.

    Every setting here is printed in the report that was computed with it.
    """

    class Scoring(models.TextChoices):
        OMAX = "omax", _("OMAX, levels 0 to 10")
        LIKERT = "likert", _("Likert, scores 1 to 5")

    class LevelMode(models.TextChoices):
        EXACT = "exact", _("exact interpolation")
        RUNG = "rung", _("between rounded rungs, as by hand")
        FLOOR = "floor", _("the rung reached (Riggs)")

    class AnchorWords(models.TextChoices):
        STANDARD = "standard", _("standard for level 3, target for level 10")
        LASEM = "lasem", _("target for level 3, best value for level 10, as in the Lasem study")

    class PriorityMethod(models.TextChoices):
        EIGENVECTOR = "eigenvector", _("principal eigenvector")
        ROW_GEOMETRIC_MEAN = "row_geometric_mean", _("row geometric mean")
        COLUMN_MEAN = "column_mean", _("mean of normalised columns")

    class RandomIndex(models.TextChoices):
        SAATY = "saaty", _("Saaty (1980)")
        SAATY_2008 = "saaty-2008", _("Saaty (2008)")
        ALONSO_LAMATA = "alonso-lamata", _("Alonso and Lamata (2006)")

    class Experts(models.TextChoices):
        ALL = "all", _("all experts")
        CONSISTENT = "consistent", _("only experts within their limit")

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="scorecards"
    )
    strategy = models.ForeignKey(
        Strategy,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="scorecards",
        verbose_name=_("strategy"),
    )
    name = models.CharField(_("name"), max_length=150)
    frequency = models.CharField(
        _("measured"), max_length=20, choices=Frequency.choices, default=Frequency.QUARTERLY
    )

    scoring = models.CharField(
        _("scoring"), max_length=10, choices=Scoring.choices, default=Scoring.OMAX
    )
    level_mode = models.CharField(
        _("how levels are computed"),
        max_length=10,
        choices=LevelMode.choices,
        default=LevelMode.EXACT,
    )
    anchor_words = models.CharField(
        _("words for levels 3 and 10"),
        max_length=10,
        choices=AnchorWords.choices,
        default=AnchorWords.STANDARD,
    )
    red_limit = _limit(_("red up to"), "3")
    green_limit = _limit(_("green from"), "8")
    minimum_coverage = models.DecimalField(
        _("smallest coverage of a final score"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.80"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
    )

    priority_method = models.CharField(
        _("priority method"),
        max_length=30,
        choices=PriorityMethod.choices,
        default=PriorityMethod.EIGENVECTOR,
    )
    random_index = models.CharField(
        _("random index"), max_length=20, choices=RandomIndex.choices, default=RandomIndex.SAATY
    )
    cr_limit_3 = _limit(_("CR limit for three elements"), "0.05")
    cr_limit_4 = _limit(_("CR limit for four elements"), "0.09")
    cr_limit_larger = _limit(_("CR limit for five and more"), "0.10")
    experts_counted = models.CharField(
        _("experts that count"), max_length=20, choices=Experts.choices, default=Experts.ALL
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(red_limit__lt=F("green_limit")),
                name="scorecard_limits_in_order",
                violation_error_message=_("Green must begin above red."),
            )
        ]

    def __str__(self) -> str:
        return self.name
