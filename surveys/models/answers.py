import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import User
from surveys.models.invitation import Invitation
from surveys.models.survey import Criterion, Matrix


class Origin(models.TextChoices):
    """How an answer came into the site."""

    ANSWER = "answer", _("answer")
    PROPOSAL = "proposal", _("proposal taken")
    PAPER = "paper", _("keyed in from paper")
    IMPORTED = "imported", _("taken over from a file")


class Response(models.Model):
    """What one expert answered, from the consent on."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="response")
    submission_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consent_text = models.TextField(help_text=_("The words that were agreed to."))
    # What the site itself said beside them, as it was shown; empty where nobody wrote it down.
    consent_terms = models.TextField(default="", editable=False)
    consented_at = models.DateTimeField()
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    # Somebody else brought these answers in, from paper or a file; None: the expert.
    keyed_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    origin = models.CharField(
        max_length=10, choices=Origin.choices, default=Origin.ANSWER, editable=False
    )

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.invitation)

    @property
    def reference(self) -> str:
        """A short number that an expert can quote without giving anything away."""
        return self.submission_id.hex[:8].upper()


class Round(models.Model):
    """One expert is asked to judge one matrix again. What was sent before is round 1.

    Until it is sent, the answers of the earlier round count.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="rounds")
    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    message = models.TextField(_("message to the expert"), max_length=2000)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    # As of a response: an officer keyed this round in from paper, or the expert answered himself.
    keyed_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    origin = models.CharField(
        max_length=10, choices=Origin.choices, default=Origin.ANSWER, editable=False
    )

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "matrix", "number"], name="round_number_once"
            ),
            models.UniqueConstraint(
                fields=["response", "matrix"],
                condition=Q(submitted_at__isnull=True, withdrawn_at__isnull=True),
                name="round_open_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=2), name="round_number_from_2"),
        ]

    @property
    def is_open(self) -> bool:
        """Asked, and neither sent nor taken back."""
        return self.submitted_at is None and self.withdrawn_at is None


class Judgement(models.Model):
    """One answer to one pair, never changed: a revision is a new row with a higher ``seq``.

    The answer in force is the one with the highest sequence number, whatever order the
    requests arrived in. ``preferred`` None: equally important, and strength is 1.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="judgements")
    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="judgements")
    # The pair, in the order of the criteria: a cell of the upper triangle.
    row = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    column = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    preferred = models.ForeignKey(Criterion, on_delete=models.CASCADE, null=True, related_name="+")
    strength = models.PositiveSmallIntegerField()
    seq = models.PositiveBigIntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.ANSWER)
    # 1, or that of the round in which the expert was asked again.
    round = models.PositiveSmallIntegerField(default=1)
    # The column's element stood first on the screen.
    swapped = models.BooleanField(default=False)
    # When it was stored; ``given_after`` says when the expert gave it: milliseconds since the
    # response was started, the wait for a network left out. None where nobody knows: from paper,
    # from files, several sent by one press.
    answered_at = models.DateTimeField()
    given_after = models.PositiveBigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["seq", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "row", "column", "seq"], name="judgement_once_per_seq"
            ),
            models.CheckConstraint(
                condition=Q(strength__gte=1, strength__lte=9), name="judgement_strength_1_to_9"
            ),
            models.CheckConstraint(
                condition=Q(preferred__isnull=True, strength=1)
                | Q(preferred=F("row"), strength__gte=2)
                | Q(preferred=F("column"), strength__gte=2),
                name="judgement_preferred_of_the_pair",
            ),
            models.CheckConstraint(condition=~Q(row=F("column")), name="judgement_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.row_id}:{self.column_id}={self.ratio:g}"

    @property
    def ratio(self) -> float:
        """How many times as important the row's element is as the column's."""
        return 1 / self.strength if self.preferred_id == self.column_id else float(self.strength)


class ProposalDecision(models.Model):
    """What an expert did with a proposal that would lower the inconsistency of a matrix."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        KEPT = "kept", _("kept own judgement")

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="decisions")
    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="+")
    row = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    column = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    judged = models.FloatField()
    proposed = models.FloatField()
    cr_before = models.FloatField()
    cr_after = models.FloatField()
    decision = models.CharField(max_length=10, choices=Decision.choices)
    round = models.PositiveSmallIntegerField(default=1)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision on a proposal")
        verbose_name_plural = _("decisions on proposals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.row_id}:{self.column_id} {self.decision}"
