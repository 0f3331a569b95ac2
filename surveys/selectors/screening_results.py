"""What a screening's ratings amount to: for each candidate, for each expert, and by the cut-off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from django.utils.translation import gettext as _

from scorecards.models import KPI
from surveys.methods.screening import rating_figures
from surveys.models import Candidate, CandidateDecision, Invitation, Rating, Survey
from surveys.models.screening import HIGHEST_RATING, LOWEST_RATING
from surveys.selectors.rating_sheet import current_ratings
from surveys.selectors.screening_verdicts import (
    Cut,
    Figures,
    Ground,
    Verdict,
    rule_text,
    rule_verdict,
)

UNRATED = Figures(raters=0, total=0, mean=None, validity=None, p=None)
POINTS = range(LOWEST_RATING, HIGHEST_RATING + 1)


@dataclass(frozen=True)
class ExpertRatings:
    """One expert's column. ``mean`` tells how severe the expert is; ``name`` empty: by code."""

    code: str
    name: str
    rated: int
    mean: float | None


@dataclass(frozen=True)
class Remark:
    expert: ExpertRatings
    text: str


@dataclass(frozen=True)
class CandidateResult:
    """``points`` stand in the order of the experts, None where one didn't rate it."""

    candidate: Candidate
    points: tuple[int | None, ...]
    experts: tuple[ExpertRatings, ...]
    remarks: tuple[Remark, ...]
    figures: Figures
    cut: Cut
    verdict: Verdict
    ground: Ground
    reason: str
    decision: CandidateDecision | None

    @property
    def is_kept(self) -> bool:
        return self.verdict is Verdict.KEPT

    @property
    def kpi(self) -> KPI | None:
        return self.candidate.kpi

    @property
    def cells(self) -> list[tuple[ExpertRatings, int | None]]:
        return list(zip(self.experts, self.points, strict=True))

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes of the experts who sent their answers without rating it."""
        return tuple(expert.code for expert, points in self.cells if points is None)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many experts gave 1, 2, … 5."""
        return tuple(self.points.count(points) for points in POINTS)

    @property
    def by_rule(self) -> Verdict:
        return rule_verdict(self.figures, self.cut)

    @property
    def rule_reason(self) -> str:
        return rule_text(self.figures, self.cut)


@dataclass(frozen=True)
class CandidateGroup:
    """A perspective: itself first where it was rated, then its KPIs."""

    name: str
    rows: tuple[CandidateResult, ...]


@dataclass(frozen=True)
class ScreeningResults:
    """``expected`` counts the experts whose link holds; only those who ``sent`` count."""

    survey: Survey
    cut: Cut
    experts: tuple[ExpertRatings, ...]
    expected: int
    groups: tuple[CandidateGroup, ...]

    @property
    def sent(self) -> int:
        return len(self.experts)

    @cached_property
    def rows(self) -> tuple[CandidateResult, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    def count(self, verdict: Verdict) -> int:
        """How many KPIs ended so; perspectives aren't counted among them."""
        kpis = (row for row in self.rows if not row.candidate.is_perspective)
        return sum(row.verdict is verdict for row in kpis)

    @property
    def kept(self) -> int:
        return self.count(Verdict.KEPT)

    @property
    def dropped(self) -> int:
        return self.count(Verdict.DROPPED)

    @property
    def undecided(self) -> int:
        return self.count(Verdict.OPEN)

    @property
    def incomplete(self) -> int:
        """How many candidates some of the experts left unrated."""
        return sum(0 < row.figures.raters < self.sent for row in self.rows)

    @property
    def totals_compare_unequals(self) -> bool:
        """A sum of four ratings loses against a sum of five."""
        return self.cut.by == Survey.CutBy.TOTAL and self.incomplete > 0


def screening_results(survey: Survey, cut: Cut | None = None) -> ScreeningResults:
    """Lay the ratings that were sent out under a cut-off, or the stored one; three queries."""
    cut = cut or Cut(survey.cut_by, survey.cut_off)
    invitations = list(survey.invitations.select_related("response"))
    sent = [i for i in invitations if i.revoked_at is None and _has_sent(i)]
    candidates = list(survey.candidates.select_related("kpi", "decision__saved_by"))
    given = _given(sent)
    experts = tuple(_expert(survey, i, candidates, given) for i in sent)
    return ScreeningResults(
        survey=survey,
        cut=cut,
        experts=experts,
        expected=sum(invitation.revoked_at is None for invitation in invitations),
        groups=_groups(_rows(candidates, sent, experts, given, cut)),
    )


Given = dict[tuple[int, int], tuple[int, str]]


def _has_sent(invitation: Invitation) -> bool:
    return hasattr(invitation, "response") and invitation.response.submitted_at is not None


def _given(sent: Iterable[Invitation]) -> Given:
    """Points and remark in force, by response and candidate.

    Plain tuples: two hundred experts give forty thousand of them.
    """
    stored = Rating.objects.filter(response__in=[i.response.pk for i in sent]).values_list(
        "response_id", "candidate_id", "seq", "points", "remark", named=True
    )
    return {
        (rating.response_id, rating.candidate_id): (rating.points, rating.remark)
        for rating in current_ratings(stored)
    }


def _expert(
    survey: Survey, invitation: Invitation, candidates: Iterable[Candidate], given: Given
) -> ExpertRatings:
    response = invitation.response.pk
    found = (given.get((response, candidate.pk)) for candidate in candidates)
    points = [rating[0] for rating in found if rating]
    return ExpertRatings(
        code=invitation.code,
        name="" if survey.anonymous else invitation.name,
        rated=len(points),
        mean=sum(points) / len(points) if points else None,
    )


def _rows(
    candidates: Sequence[Candidate],
    sent: Sequence[Invitation],
    experts: tuple[ExpertRatings, ...],
    given: Given,
    cut: Cut,
) -> list[CandidateResult]:
    """In the order of the questionnaire, where a perspective stands before its KPIs."""
    rows: list[CandidateResult] = []
    fallen: dict[int | str, str] = {}  # dropped perspectives, and why
    found = [
        [given.get((invitation.response.pk, candidate.pk)) for invitation in sent]
        for candidate in candidates
    ]
    for candidate, ratings, figures in zip(candidates, found, _figures(found), strict=True):
        why = fallen.get(perspective_key(candidate))
        row = _row(candidate, ratings, figures, experts, cut, why)
        if candidate.is_perspective and row.verdict is Verdict.DROPPED:
            fallen[perspective_key(candidate)] = row.reason
        rows.append(row)
    return rows


def perspective_key(candidate: Candidate) -> int | str:
    """What the candidates of one perspective have in common, also after it was deleted."""
    return candidate.perspective_id or candidate.perspective_name


def _row(
    candidate: Candidate,
    found: Sequence[tuple[int, str] | None],
    figures: Figures,
    experts: tuple[ExpertRatings, ...],
    cut: Cut,
    fallen: str | None,
) -> CandidateResult:
    decision = getattr(candidate, "decision", None)
    verdict, ground, reason = _final(figures, cut, decision, candidate, fallen)
    return CandidateResult(
        candidate=candidate,
        points=tuple(rating[0] if rating else None for rating in found),
        experts=experts,
        remarks=tuple(
            Remark(expert, rating[1])
            for expert, rating in zip(experts, found, strict=True)
            if rating and rating[1]
        ),
        figures=figures,
        cut=cut,
        verdict=verdict,
        ground=ground,
        reason=reason,
        decision=decision,
    )


def _figures(found: Sequence[Sequence[tuple[int, str] | None]]) -> list[Figures]:
    """The figures of each candidate, all computed at once."""
    if not found or not found[0]:
        return [UNRATED] * len(found)
    points = [[rating[0] if rating else np.nan for rating in ratings] for ratings in found]
    table = rating_figures(np.array(points).T, points=HIGHEST_RATING)
    columns = zip(table.raters, table.total, table.mean, table.v, table.p, strict=True)
    return [
        Figures(int(raters), int(total), float(mean), float(v), float(p)) if raters else UNRATED
        for raters, total, mean, v, p in columns
    ]


def _final(
    figures: Figures,
    cut: Cut,
    decision: CandidateDecision | None,
    candidate: Candidate,
    fallen: str | None,
) -> tuple[Verdict, Ground, str]:
    """By hand before all else; a dropped perspective takes its KPIs along; then the cut-off."""
    if decision is not None:
        verdict = Verdict.KEPT if decision.keeps else Verdict.DROPPED
        return verdict, Ground.HAND, _("By hand: %(reason)s") % {"reason": decision.reason}
    if fallen is not None and not candidate.is_perspective:
        reason = _("Its perspective is dropped. %(reason)s") % {"reason": fallen}
        return Verdict.DROPPED, Ground.PERSPECTIVE, reason
    ground = Ground.RULE if figures.raters else Ground.UNRATED
    return rule_verdict(figures, cut), ground, rule_text(figures, cut)


def _groups(rows: Iterable[CandidateResult]) -> tuple[CandidateGroup, ...]:
    parts = groupby(rows, key=lambda row: perspective_key(row.candidate))
    return tuple(_group(tuple(part)) for _key, part in parts)


def _group(rows: tuple[CandidateResult, ...]) -> CandidateGroup:
    return CandidateGroup(rows[0].candidate.perspective_name or _("Other candidates"), rows)
