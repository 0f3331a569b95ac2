from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.models.survey import Matrix

FEWEST_JOINED, MOST_JOINED = 2, 1000


class GroupMatrix(models.Model):
    """The judgements of several experts joined by geometric mean, as a study prints them.

    It is nobody's own answer: its matrix has no judgements, and the group's figures come from
    here. ``ratios`` are the upper triangle row by row, in the order of the criteria: how many
    times as important the row's element is as the column's.
    """

    matrix = models.OneToOneField(Matrix, on_delete=models.CASCADE, related_name="group_matrix")
    ratios = models.JSONField()
    experts = models.PositiveSmallIntegerField(
        _("number of experts"),
        validators=[MinValueValidator(FEWEST_JOINED), MaxValueValidator(MOST_JOINED)],
    )
    source = models.CharField(_("where it is printed"), max_length=300)
    file_name = models.CharField(max_length=150)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("group matrix")
        verbose_name_plural = _("group matrices")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(experts__gte=FEWEST_JOINED), name="group_matrix_of_several"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matrix}: {self.source}"
