from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization, User, Versioned
from scorecards.models import KPI, Perspective, Scorecard


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, user: User) -> "SurveyQuerySet":
        return self.filter(scorecard__organization__in=Organization.objects.visible_to(user))


class Survey(Versioned):
    """A questionnaire made from a scorecard. What it compares is frozen when it opens."""

    class Kind(models.TextChoices):
        PAIRWISE = "pairwise", _("pairwise comparison")

    class Status(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Provenance(models.TextChoices):
        COLLECTED = "collected", _("answered by the experts")
        RECONSTRUCTED = "reconstructed", _("reconstructed from published results")
        PUBLISHED = "published", _("taken from a published table")

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="surveys")
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, default=Kind.PAIRWISE, editable=False
    )
    name = models.CharField(_("name"), max_length=150)
    introduction = models.TextField(_("introduction for the experts"), max_length=2000, blank=True)
    consent_text = models.TextField(_("consent"), max_length=4000)
    anonymous = models.BooleanField(
        _("show experts by code, without names, in the results"), default=False
    )
    opens_at = models.DateTimeField(_("opened"), null=True, editable=False)
    closes_at = models.DateTimeField(_("answers until"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    # Judgements of a published study are not what an expert pressed: every page says so.
    provenance = models.CharField(
        _("where the answers come from"),
        max_length=15,
        choices=Provenance.choices,
        default=Provenance.COLLECTED,
        editable=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def accepts_answers(self, now: datetime) -> bool:
        """Whether an answer may be stored at ``now``: open, and its last moment not past."""
        return self.status == self.Status.OPEN and (self.closes_at is None or now <= self.closes_at)


class Matrix(models.Model):
    """Elements that are compared with each other: the perspectives, or one perspective's KPIs."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="matrices")
    # None: the perspectives against each other. Set: the KPIs within that perspective.
    perspective = models.ForeignKey(
        Perspective, on_delete=models.SET_NULL, null=True, blank=True, related_name="matrices"
    )
    compares_perspectives = models.BooleanField(default=False)
    code = models.CharField(max_length=12, blank=True)
    title = models.CharField(_("title"), max_length=150)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("matrix")
        verbose_name_plural = _("matrices")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "order"], name="matrix_order_once")
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """One element of a matrix, with its words as the experts saw them."""

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="criteria")
    perspective = models.ForeignKey(
        Perspective, on_delete=models.SET_NULL, null=True, blank=True, related_name="criteria"
    )
    kpi = models.ForeignKey(
        KPI, on_delete=models.SET_NULL, null=True, blank=True, related_name="criteria"
    )
    code = models.CharField(max_length=12)
    label = models.CharField(max_length=150)
    description = models.CharField(max_length=1000, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "order"], name="criterion_order_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
