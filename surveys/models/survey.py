import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization, User, Versioned
from scorecards.models import KPI, Perspective, Scorecard

if TYPE_CHECKING:
    from surveys.models.group import GroupMatrix

# What fits a column of positive integers on every database.
SEEDS = 2**31


def active_language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def new_seed() -> int:
    return secrets.randbelow(SEEDS)


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, user: User) -> "SurveyQuerySet":
        return self.filter(scorecard__organization__in=Organization.objects.visible_to(user))


class SurveyManager(models.Manager.from_queryset(SurveyQuerySet)):  # type: ignore[misc]
    """The questionnaires that count: a trial has an original, and isn't among them.

    This is the one rule by which trials stay out of lists, counts, results and files. Who looks
    at a trial says so, with ``Survey.including_trials``.
    """

    def get_queryset(self) -> SurveyQuerySet:
        return super().get_queryset().filter(trial_of=None)


class Survey(Versioned):
    """A questionnaire made from a scorecard. What it compares is frozen when it opens."""

    class Kind(models.TextChoices):
        SCREENING = "screening", _("screening of candidates")
        PAIRWISE = "pairwise", _("pairwise comparison")

    class Status(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", pgettext_lazy("questionnaire", "open")
        CLOSED = "closed", _("closed")

    class Provenance(models.TextChoices):
        COLLECTED = "collected", _("answered by the experts")
        RECONSTRUCTED = "reconstructed", _("reconstructed from published results")
        PUBLISHED = "published", _("taken from a published table")
        IMPORTED = "imported", _("taken over from a file")
        GROUP = "group", _("joined judgements of several experts, from a file")

    class PairOrder(models.TextChoices):
        LEAST_LOSS = "least-loss", _("so that least is lost when an expert stops early")
        RANDOM = "random", _("by chance, differently for each expert")
        GIVEN = "given", _("as the elements stand in the scorecard")

    class CutBy(models.TextChoices):
        VALIDITY = "validity", _("Aiken's V")
        MEAN = "mean", _("mean of the ratings")
        TOTAL = "total", _("sum of the ratings")

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="surveys")
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, default=Kind.PAIRWISE, editable=False
    )
    name = models.CharField(_("name"), max_length=150)
    introduction = models.TextField(_("introduction for the experts"), max_length=2000, blank=True)
    consent_text = models.TextField(_("consent"), max_length=4000)
    # Of what the site writes to them: messages, reminders, mails. At first that of the maker.
    language = models.CharField(
        _("language of messages to the experts"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=active_language,
    )
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
    # A copy on which some people try the questionnaire out before it opens. It goes with it.
    trial_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, editable=False, related_name="+"
    )
    # Draws of the results start from it, so that the same answers always give the same figures.
    seed = models.PositiveIntegerField(default=new_seed, editable=False)

    # Of a pairwise comparison.
    pair_order = models.CharField(
        _("order of the comparisons"),
        max_length=10,
        choices=PairOrder.choices,
        default=PairOrder.LEAST_LOSS,
    )
    swaps_sides = models.BooleanField(
        _("show half of the comparisons with their sides exchanged, differently for each expert"),
        default=True,
    )
    large_accepted = models.BooleanField(
        _("compare more than ten elements all the same"), default=False
    )

    # Of a screening.
    cut_by = models.CharField(
        _("keep candidates by"), max_length=10, choices=CutBy.choices, default=CutBy.VALIDITY
    )
    # None: from the limit of Aiken's V for as many experts as rated the candidate.
    cut_off = models.FloatField(
        _("keep candidates from"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.0), MaxValueValidator(100_000.0)],
    )
    takes_proposals = models.BooleanField(_("experts may propose missing KPIs"), default=True)

    objects = SurveyManager()
    including_trials = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["-created_at", "-pk"]
        constraints = [
            # A mean and a sum have no limit of their own that could be followed.
            models.CheckConstraint(
                condition=Q(cut_off__isnull=False) | Q(cut_by="validity"),
                name="survey_only_validity_follows_the_panel",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def weighs_experts(self) -> bool:
        """A screening's figures, Aiken's V among them, are of raters who count alike."""
        return self.kind == self.Kind.PAIRWISE

    @property
    def is_of_group(self) -> bool:
        """It holds group matrices that were printed elsewhere, and no expert's own answers."""
        return self.provenance == self.Provenance.GROUP


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
    # What experts are asked about each pair. Empty in a draft: what follows from the title.
    question = models.CharField(_("question"), max_length=250, blank=True)
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

    @property
    def printed(self) -> "GroupMatrix | None":
        """The group's matrix where it came joined from a file, and not from answers here."""
        found: GroupMatrix | None = getattr(self, "group_matrix", None)
        return found


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
