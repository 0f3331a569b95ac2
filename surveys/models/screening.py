"""Screening: experts rate candidates before anything is weighed."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.models import User, Versioned
from scorecards.models import KPI, Perspective
from surveys.models.answers import Origin, Response
from surveys.models.survey import Survey

LOWEST_RATING, HIGHEST_RATING = 1, 5


class Candidate(models.Model):
    """A perspective or a KPI that experts rate, with its words as they saw them."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="candidates")
    # Of a KPI, the perspective that it stands in; of a perspective, itself.
    perspective = models.ForeignKey(
        Perspective, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kpi = models.ForeignKey(KPI, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_perspective = models.BooleanField(default=False)
    code = models.CharField(max_length=12)
    label = models.CharField(max_length=150)
    description = models.CharField(max_length=1000, blank=True)
    # The heading above it, what the KPI measures, and how it is computed.
    perspective_name = models.CharField(max_length=120, blank=True)
    objective = models.CharField(max_length=200, blank=True)
    formula = models.CharField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "order"], name="candidate_order_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Rating(models.Model):
    """One expert's rating of one candidate, never changed: a revision has a higher ``seq``."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="ratings")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="ratings")
    points = models.PositiveSmallIntegerField()
    remark = models.CharField(max_length=500, blank=True)
    seq = models.PositiveBigIntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ANSWER)
    answered_at = models.DateTimeField()
    # As of a judgement.
    given_after = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["seq", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "candidate", "seq"], name="rating_once_per_seq"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=LOWEST_RATING, points__lte=HIGHEST_RATING),
                name="rating_points_1_to_5",
            ),
        ]


class CandidateProposal(models.Model):
    """A KPI that an expert misses among the candidates."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="proposals")
    # The browser's own name for it: sending twice is proposing once.
    key = models.UUIDField()
    perspective = models.ForeignKey(
        Perspective, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    reason = models.CharField(_("why it is needed"), max_length=500, blank=True)
    created_at = models.DateTimeField()
    # What came of it: a new candidate KPI of the scorecard, or nothing.
    kpi = models.ForeignKey(KPI, on_delete=models.SET_NULL, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("proposal of a candidate")
        verbose_name_plural = _("proposals of candidates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["response", "key"], name="candidate_proposal_once")
        ]

    def __str__(self) -> str:
        return self.name


class CandidateDecision(Versioned):
    """Kept or dropped by hand, whatever the cut-off says, and why."""

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="decision")
    keeps = models.BooleanField(_("keep it"))
    reason = models.CharField(_("why"), max_length=300)

    class Meta:
        verbose_name = _("decision on a candidate")
        verbose_name_plural = _("decisions on candidates")


class ScreeningOutcome(models.Model):
    """What a screening did to its scorecard, so that it can be looked up and undone.

    ``changes`` has for each KPI its status and reason before and after; ``figures`` the table
    of candidates with the rule that decided, as it stood.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="outcomes")
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    figures = models.JSONField(encoder=DjangoJSONEncoder)
    changes = models.JSONField(encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("outcome of a screening")
        verbose_name_plural = _("outcomes of screenings")
        ordering = ["-applied_at", "-pk"]
