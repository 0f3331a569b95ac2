"""Finished judgements for tests: files that wait to be confirmed, and group matrices."""

from django.utils import timezone

from surveys.judgement_files.given import (
    Given,
    GivenExpert,
    GivenGroup,
    JudgementFile,
    as_document,
    parts_of,
)
from surveys.models import JudgementImport, Survey
from surveys.services.judgement_importing import take_judgements


def judgement_import(survey: Survey, name: str = "Bu Sekar") -> JudgementImport:
    """One expert's judgements of every part, waiting to be confirmed."""
    answers = {
        part.number: tuple(Given(row, column, 3) for row, column in part.pairs)
        for part in parts_of(survey)
    }
    return _kept(survey, JudgementFile("matrices", (GivenExpert(name, answers=answers),)))


def group_import(survey: Survey, ratio: float = 1.5, experts: int = 7) -> JudgementImport:
    """A group matrix of every part, waiting to be confirmed."""
    groups = tuple(GivenGroup(part.number, (ratio,) * len(part.pairs)) for part in parts_of(survey))
    kept = _kept(survey, JudgementFile("matrices", groups=groups))
    kept.experts, kept.source = experts, "Rahayu (2024), tabel 4.7"
    kept.save()
    return kept


def joined(survey: Survey) -> Survey:
    """The questionnaire with a group matrix of every part."""
    take_judgements(
        kept=group_import(survey),
        chosen={},
        consent_text="",
        replaces="",
        by=None,
        now=timezone.now(),
    )
    return Survey.objects.get(pk=survey.pk)


def _kept(survey: Survey, found: JudgementFile) -> JudgementImport:
    return JudgementImport.objects.create(
        survey=survey,
        file_name="tesis.xlsx",
        document=as_document(found),
        created_at=timezone.now(),
    )
