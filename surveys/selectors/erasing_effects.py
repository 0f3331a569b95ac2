"""What the results are with an expert's answers, and what they are without them."""

from dataclasses import dataclass

from surveys.models import Invitation, Survey
from surveys.selectors.erasing import Choices
from surveys.selectors.matrix_results import MatrixResult
from surveys.selectors.results import results_of
from surveys.selectors.screening_model import CandidateResult
from surveys.selectors.screening_results import screening_results
from surveys.selectors.sent_answers import load_answers


@dataclass(frozen=True)
class PartEffect:
    """One part before and after. ``code`` is the element whose weight changes most, None where a
    side has no weights."""

    title: str
    experts_before: int
    experts_after: int
    cr_before: float | None
    cr_after: float | None
    code: str | None = None
    weight_before: float | None = None
    weight_after: float | None = None

    @property
    def loses_weights(self) -> bool:
        return self.experts_before > 0 and self.experts_after == 0


@dataclass(frozen=True)
class VerdictEffect:
    """A candidate that would be decided otherwise."""

    before: CandidateResult
    after: CandidateResult


@dataclass(frozen=True)
class Effects:
    """``candidates``: how many the expert rated."""

    parts: tuple[PartEffect, ...] = ()
    verdicts: tuple[VerdictEffect, ...] = ()
    raters_before: int = 0
    raters_after: int = 0


def erasing_effects(invitation: Invitation, choices: Choices) -> Effects:
    """Of answers that don't count nothing changes; a fixed number of queries."""
    if not choices.stored.counts:
        return Effects()
    if invitation.survey.kind == Survey.Kind.SCREENING:
        return _of_screening(invitation)
    return _of_comparison(invitation)


def _of_comparison(invitation: Invitation) -> Effects:
    answers = load_answers(invitation.survey)
    before, after = results_of(answers), results_of(answers.without(invitation))
    pairs = zip(before.matrices, after.matrices, strict=True)
    return Effects(
        parts=tuple(_part(old, new) for old, new in pairs if _has_answers(old, invitation))
    )


def _has_answers(result: MatrixResult, invitation: Invitation) -> bool:
    own = result.expert(invitation.pk)
    return own is not None and own.answered > 0


def _part(old: MatrixResult, new: MatrixResult) -> PartEffect:
    before, after = old.group, new.group
    counts = {
        "experts_before": before.experts if before else 0,
        "experts_after": after.experts if after else 0,
        "cr_before": before.cr if before else None,
        "cr_after": after.cr if after else None,
    }
    if before is None or after is None:
        return PartEffect(old.title, **counts)
    rows = zip(old.criteria, before.weights, after.weights, strict=True)
    element, was, becomes = max(rows, key=lambda row: abs(row[1] - row[2]))
    return PartEffect(
        old.title, **counts, code=element.code, weight_before=was, weight_after=becomes
    )


def _of_screening(invitation: Invitation) -> Effects:
    before = screening_results(invitation.survey)
    after = screening_results(invitation.survey, without=invitation)
    pairs = zip(before.rows, after.rows, strict=True)
    changed = (VerdictEffect(old, new) for old, new in pairs if old.verdict != new.verdict)
    return Effects(
        verdicts=tuple(changed),
        raters_before=before.sent,
        raters_after=after.sent,
    )
