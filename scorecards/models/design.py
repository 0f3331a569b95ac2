from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organizations import figures
from organizations.models import Mission, Versioned
from scorecards.methods.formulas import FORMULAS
from scorecards.models.scorecard import Frequency, Scorecard


def measure_field(*args: object, **kwargs: object) -> models.DecimalField:
    """A measured value or an anchor: up to a quadrillion, to a millionth."""
    return models.DecimalField(*args, max_digits=21, decimal_places=6, **kwargs)


class Perspective(Versioned):
    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="perspectives")
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "code"],
                name="perspective_code_once_per_scorecard",
                violation_error_message=_("This code is used already. Choose another."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Objective(Versioned):
    # The scorecard is that of the perspective; it stands here so that the database itself
    # keeps codes unique within a scorecard.
    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.CASCADE, related_name="objectives", editable=False
    )
    perspective = models.ForeignKey(
        Perspective,
        on_delete=models.CASCADE,
        related_name="objectives",
        verbose_name=_("perspective"),
    )
    code = models.CharField(_("code"), max_length=12)
    statement = models.CharField(_("objective"), max_length=200)
    missions = models.ManyToManyField(
        Mission, blank=True, related_name="objectives", verbose_name=_("missions it serves")
    )
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "code"],
                name="objective_code_once_per_scorecard",
                violation_error_message=_("This code is used already. Choose another."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.statement}"


class CauseLink(Versioned):
    """One objective drives another. The links of a scorecard form no cycle (kept by services)."""

    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.CASCADE, related_name="cause_links", editable=False
    )
    cause = models.ForeignKey(
        Objective, on_delete=models.CASCADE, related_name="effect_links", verbose_name=_("cause")
    )
    effect = models.ForeignKey(
        Objective, on_delete=models.CASCADE, related_name="cause_links", verbose_name=_("effect")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("cause-and-effect link")
        verbose_name_plural = _("cause-and-effect links")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cause", "effect"],
                name="cause_link_once",
                violation_error_message=_("These two objectives are linked already."),
            ),
            models.CheckConstraint(
                condition=~Q(cause=F("effect")),
                name="cause_link_not_to_itself",
                violation_error_message=_("An objective can't be its own cause."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause.code} → {self.effect.code}"


class KPI(Versioned):
    class Status(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        ADOPTED = "adopted", _("adopted")
        DROPPED = "dropped", _("dropped")

    class Timing(models.TextChoices):
        LEAD = "lead", _("lead (drives results)")
        LAG = "lag", _("lag (shows results)")

    class MergeRule(models.TextChoices):
        """How the months of a year become the year: the formula's ``merge_rules`` offer some."""

        SUM = "sum", _("sum")
        LAST = "last", _("last value")
        RATIO_OF_SUMS = "ratio_of_sums", _("ratio of the sums")
        RECOMPUTE = "recompute_from_inputs", _("computed anew")
        WEIGHTED_MEAN = "weighted_mean", _("mean by number of answers")

    # As with Objective: kept equal to objective.scorecard by the services.
    scorecard = models.ForeignKey(
        Scorecard, on_delete=models.CASCADE, related_name="kpis", editable=False
    )
    objective = models.ForeignKey(
        Objective, on_delete=models.CASCADE, related_name="kpis", verbose_name=_("objective")
    )
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=150)
    definition = models.TextField(_("definition"), max_length=1000, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    decimals = models.PositiveSmallIntegerField(
        _("decimals"), default=0, validators=[MaxValueValidator(6)]
    )
    # Empty: as often as the scorecard. It may be rarer, never more often.
    frequency = models.CharField(
        _("measured"), max_length=20, choices=Frequency.choices, blank=True
    )
    timing = models.CharField(_("lead or lag"), max_length=4, choices=Timing.choices, blank=True)
    # A key of scorecards.methods.formulas.FORMULAS; empty: the value is entered as it is.
    formula = models.CharField(_("formula"), max_length=40, blank=True)
    # What the KPI calls its formula's inputs, by their keys; the others keep their usual names.
    input_names = models.JSONField(_("names of the numbers"), default=dict, blank=True)
    # Empty: as the formula usually does it; a value entered as it is isn't put together then.
    merge_rule = models.CharField(
        _("several periods together"), max_length=24, choices=MergeRule.choices, blank=True
    )
    source = models.CharField(_("data source"), max_length=150, blank=True)
    basis = models.CharField(_("where the KPI comes from"), max_length=300, blank=True)
    person_in_charge = models.CharField(_("person in charge"), max_length=100, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ADOPTED
    )
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("KPI")
        verbose_name_plural = _("KPIs")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "code"],
                name="kpi_code_once_per_scorecard",
                violation_error_message=_("This code is used already. Choose another."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_formula_display(self) -> str:
        """The formula's title, as Django would name a choice."""
        formula = FORMULAS.get(self.formula)
        return gettext(formula.title) if formula else ""


class Target(Versioned):
    """How a KPI's value becomes a level, for periods that start on or after ``valid_from``.

    ``anchors``: OMAX levels 0, 3 and 10. ``ladder``: all eleven rungs from level 0 to 10.
    ``range``: best in the middle, worst on both sides. ``cut_points``: four values that part the
    Likert scores 1 to 5. ``mean``: the value is itself a mean on 1 to 5.
    """

    class Kind(models.TextChoices):
        ANCHORS = "anchors", _("three values: levels 0, 3 and 10")
        LADDER = "ladder", _("a ladder of one's own, eleven rungs")
        RANGE = "range", _("best in the middle")
        CUT_POINTS = "cut_points", _("four cut points")
        MEAN = "mean", _("mean of a questionnaire, 1 to 5")

    kpi = models.ForeignKey(KPI, on_delete=models.CASCADE, related_name="targets")
    valid_from = models.DateField(_("valid from"))
    kind = models.CharField(
        _("kind of target"), max_length=12, choices=Kind.choices, default=Kind.ANCHORS
    )
    worst = measure_field(_("worst value (level 0)"), null=True, blank=True)
    standard = measure_field(_("standard (level 3)"), null=True, blank=True)
    goal = measure_field(_("target (level 10)"), null=True, blank=True)
    # On the high side of a range; worst and standard are then those of the low side.
    standard_high = measure_field(_("standard on the high side (level 3)"), null=True, blank=True)
    worst_high = measure_field(_("worst value on the high side (level 0)"), null=True, blank=True)
    # Eleven decimals as text, from level 0 to level 10.
    rungs = models.JSONField(_("rungs"), default=list, blank=True)
    cut_1 = measure_field(_("from here on 2"), null=True, blank=True)
    cut_2 = measure_field(_("from here on 3"), null=True, blank=True)
    cut_3 = measure_field(_("from here on 4"), null=True, blank=True)
    cut_4 = measure_field(_("from here on 5"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "valid_from"],
                name="target_once_per_day",
                violation_error_message=_("There is a target from this day on already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="anchors")
                | Q(worst__lt=F("standard"), standard__lte=F("goal"))
                | Q(worst__gt=F("standard"), standard__gte=F("goal")),
                name="target_anchors_monotone",
            ),
            models.CheckConstraint(
                condition=~Q(kind="range")
                | Q(
                    worst__lt=F("standard"),
                    standard__lte=F("goal"),
                    goal__lte=F("standard_high"),
                    standard_high__lt=F("worst_high"),
                ),
                name="target_range_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind="cut_points")
                | Q(cut_1__lt=F("cut_2"), cut_2__lt=F("cut_3"), cut_3__lt=F("cut_4"))
                | Q(cut_1__gt=F("cut_2"), cut_2__gt=F("cut_3"), cut_3__gt=F("cut_4")),
                name="target_cut_points_monotone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi}, {figures.day(self.valid_from)}"
