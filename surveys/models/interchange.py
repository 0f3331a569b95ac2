from django.conf import settings
from django.db import models

from scorecards.models import Scorecard
from surveys.models.survey import Survey


class SurveyImport(models.Model):
    """Answers that were read from a file and wait to be confirmed: once, for one questionnaire.

    ``document`` is what stood in the file, checked (see surveys.interchange.project); it is emptied
    when the questionnaire is made. The row then only says which one came of it, so that a
    second press of the button leads there.
    """

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=150)
    document = models.JSONField(default=dict)
    survey = models.ForeignKey(
        Survey, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_done(self) -> bool:
        """Whether a questionnaire was made of it, even if that is deleted by now."""
        return not self.document


class JudgementImport(models.Model):
    """Finished judgements that were read from a file and wait to be confirmed: once.

    ``document`` is what stood in the file, checked (see surveys.judgement_files.given); it is
    emptied when it is taken over, so that a second press of the button leads to what was made.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=150)
    document = models.JSONField(default=dict)
    # Of a group matrix: how many experts it joins, and where it is printed.
    experts = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_group(self) -> bool:
        return self.experts is not None

    @property
    def is_done(self) -> bool:
        return not self.document
