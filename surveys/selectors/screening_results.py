"""Computing what a screening's ratings amount to: per candidate, per expert, by the cut-off."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np
from django.utils.translation import gettext as _

from surveys.methods.screening import MOST_RATERS, rating_figures
from surveys.models import Candidate, CandidateDecision, Invitation, Rating, Survey
from surveys.models.screening import HIGHEST_RATING, LOWEST_RATING
from surveys.selectors.answer_marks import Mark
from surveys.selectors.rating_marks import GivenPoints, rating_marks
from surveys.selectors.rating_sheet import current_ratings
from surveys.selectors.screening_model import (
    CandidateGroup,
    CandidateResult,
    ExpertRatings,
    GivenRating,
    ScreeningResults,
)
from surveys.selectors.screening_verdicts import (
    Cut,
    Figures,
    Ground,
    Verdict,
    rule_text,
    rule_verdict,
)
from surveys.selectors.sources import noted

UNRATED = Figures(raters=0, total=0, mean=None, validity=None, p=None)


def screening_results(
    survey: Survey, cut: Cut | None = None, *, without: Invitation | None = None
) -> ScreeningResults:
    """Lay the ratings that were sent out under a cut-off, or the stored one; three queries.

    ``without``: as if this expert had never been invited.
    """
    cut = cut or Cut(survey.cut_by, survey.cut_off)
    invitations = [i for i in survey.invitations.select_related("response") if i != without]
    sent = [i for i in invitations if i.revoked_at is None and _has_sent(i)]
    candidates = list(survey.candidates.select_related("kpi", "decision__saved_by"))
    given = _given(sent)
    table = [[given.get((i.response.pk, each.pk)) for each in candidates] for i in sent]
    marks = rating_marks(table, [i.code for i in sent])
    experts = tuple(
        _expert(survey, i, found, marks.get(place, ()))
        for place, (i, found) in enumerate(zip(sent, table, strict=True))
    )
    return ScreeningResults(
        survey=survey,
        cut=cut,
        experts=experts,
        expected=sum(
            invitation.revoked_at is None
            and (invitation.declined_at is None or _has_sent(invitation))
            for invitation in invitations
        ),
        groups=_groups(_rows(candidates, sent, experts, given, cut)),
    )


Given = dict[tuple[int, int], GivenPoints]


def _has_sent(invitation: Invitation) -> bool:
    return hasattr(invitation, "response") and invitation.response.submitted_at is not None


def _given(sent: Iterable[Invitation]) -> Given:
    """The ratings in force, by response and candidate.

    Plain tuples: two hundred experts give forty thousand of them.
    """
    names = ("response_id", "candidate_id", "seq", "points", "remark", "origin", "given_after")
    responses = [i.response.pk for i in sent]
    stored = list(
        Rating.objects.filter(response__in=responses).order_by().values_list(*names, named=True)
    )
    times = Counter((rating.response_id, rating.candidate_id) for rating in stored)
    given = {}
    for each in current_ratings(stored):
        place = (each.response_id, each.candidate_id)
        moment = each.given_after if times[place] == 1 else None
        given[place] = GivenPoints(each.points, each.remark, each.origin, moment)
    return given


def _expert(
    survey: Survey,
    invitation: Invitation,
    found: Sequence[GivenPoints | None],
    marks: tuple[Mark, ...],
) -> ExpertRatings:
    points = [rating.points for rating in found if rating]
    return ExpertRatings(
        code=invitation.code,
        name="" if survey.anonymous else invitation.name,
        rated=len(points),
        unrated=len(found) - len(points),
        mean=sum(points) / len(points) if points else None,
        sources=noted(rating.origin for rating in found if rating),
        marks=marks,
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
    found: Sequence[GivenPoints | None],
    figures: Figures,
    experts: tuple[ExpertRatings, ...],
    cut: Cut,
    fallen: str | None,
) -> CandidateResult:
    decision = getattr(candidate, "decision", None)
    verdict, ground, reason = _final(figures, cut, decision, candidate, fallen)
    return CandidateResult(
        candidate=candidate,
        points=tuple(rating.points if rating else None for rating in found),
        experts=experts,
        given=tuple(
            GivenRating(expert, rating.points, rating.remark)
            for expert, rating in zip(experts, found, strict=True)
            if rating
        ),
        figures=figures,
        cut=cut,
        verdict=verdict,
        ground=ground,
        reason=reason,
        decision=decision,
    )


def _figures(found: Sequence[Sequence[GivenPoints | None]]) -> list[Figures]:
    """The figures of each candidate, all computed at once."""
    if not found or not found[0]:
        return [UNRATED] * len(found)
    if len(found[0]) > MOST_RATERS:
        return [_without_p([rating.points for rating in ratings if rating]) for ratings in found]
    points = [[rating.points if rating else np.nan for rating in ratings] for ratings in found]
    table = rating_figures(np.array(points).T, points=HIGHEST_RATING)
    columns = zip(table.raters, table.total, table.mean, table.v, table.p, strict=True)
    return [
        Figures(int(raters), int(total), float(mean), float(v), float(p)) if raters else UNRATED
        for raters, total, mean, v, p in columns
    ]


def _without_p(points: Sequence[int]) -> Figures:
    """For a crowd, whose exact p takes long and helps nobody."""
    if not points:
        return UNRATED
    raters, total = len(points), sum(points)
    span = raters * (HIGHEST_RATING - LOWEST_RATING)
    validity = (total - raters * LOWEST_RATING) / span
    return Figures(raters, total, total / raters, validity, None)


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
