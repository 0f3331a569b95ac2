"""A screening's candidates, every rating of them, and what experts proposed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from surveys.answer_times import given_at
from surveys.models import CandidateProposal, Rating, Survey
from surveys.selectors.research_rows import IN_FORCE, REVISED, Expert
from surveys.selectors.screening_model import CandidateResult, ScreeningResults


@dataclass(frozen=True, slots=True)
class RatedCandidate:
    """One candidate, numbered from 1 in the order in which experts saw it."""

    number: int
    code: str
    label: str
    description: str
    perspective: str
    is_perspective: bool


@dataclass(frozen=True, slots=True)
class GivenRating:
    expert: Expert
    candidate: RatedCandidate
    points: int
    remark: str
    seq: int
    origin: str
    standing: str
    answered_at: datetime
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A KPI that an expert misses; ``outcome``: added, declined, or "" while undecided."""

    expert: Expert
    perspective: str
    name: str
    reason: str
    outcome: str
    created_at: datetime


@dataclass(frozen=True)
class ScreeningData:
    candidates: tuple[RatedCandidate, ...]
    ratings: tuple[GivenRating, ...]
    proposals: tuple[Proposed, ...]
    # In the order of the candidates; ratings that were sent alone.
    results: tuple[CandidateResult, ...]

    @cached_property
    def in_force(self) -> dict[tuple[str, int], GivenRating]:
        """The ratings in force by expert's code and candidate's number."""
        return {
            (each.expert.code, each.candidate.number): each
            for each in self.ratings
            if each.standing == IN_FORCE
        }


def screening_data(
    survey: Survey, experts: Mapping[int, Expert], found: ScreeningResults
) -> ScreeningData:
    """Read a screening whole; ``experts`` by invitation."""
    results = tuple(sorted(found.rows, key=lambda row: row.candidate.order))
    candidates = {
        row.candidate.pk: RatedCandidate(
            number=number,
            code=row.candidate.code,
            label=row.candidate.label,
            description=row.candidate.description,
            perspective=row.candidate.perspective_name,
            is_perspective=row.candidate.is_perspective,
        )
        for number, row in enumerate(results, start=1)
    }
    return ScreeningData(
        candidates=tuple(candidates.values()),
        ratings=tuple(_ratings(survey, experts, candidates)),
        proposals=tuple(_proposals(survey, experts)),
        results=results,
    )


def _ratings(
    survey: Survey, experts: Mapping[int, Expert], candidates: Mapping[int, RatedCandidate]
) -> Iterator[GivenRating]:
    stored = Rating.objects.filter(response__invitation__survey=survey)
    fields = ("candidate_id", "points", "remark", "seq", "origin", "answered_at", "given_after")
    rows = list(
        stored.order_by("response__invitation_id", "candidate__order", "seq", "pk")
        .values_list("response__invitation_id", *fields)
        .iterator(chunk_size=5000)
    )
    newest = {(invitation, candidate): seq for invitation, candidate, _p, _r, seq, *_ in rows}
    for invitation, candidate, points, remark, seq, origin, answered_at, after in rows:
        yield GivenRating(
            expert=experts[invitation],
            candidate=candidates[candidate],
            points=points,
            remark=remark,
            seq=seq,
            origin=origin,
            standing=IN_FORCE if newest[invitation, candidate] == seq else REVISED,
            answered_at=answered_at,
            given_at=given_at(experts[invitation].started_at, after),
        )


def _proposals(survey: Survey, experts: Mapping[int, Expert]) -> Iterator[Proposed]:
    stored = CandidateProposal.objects.filter(response__invitation__survey=survey)
    for each in stored.select_related("response", "perspective").order_by("pk"):
        outcome = "added" if each.kpi_id else "declined" if each.declined_at else ""
        yield Proposed(
            expert=experts[each.response.invitation_id],
            perspective=each.perspective.name if each.perspective else "",
            name=each.name,
            reason=each.reason,
            outcome=outcome,
            created_at=each.created_at,
        )
