"""What a screening's ratings amount to, as its page and its exports read it."""

from dataclasses import dataclass
from functools import cached_property

from scorecards.models import KPI
from surveys.drawings.rating_strip import RatingStrip, draw_strip
from surveys.models import Candidate, CandidateDecision, Survey
from surveys.models.screening import HIGHEST_RATING, LOWEST_RATING
from surveys.selectors.answer_marks import Mark
from surveys.selectors.screening_verdicts import (
    Cut,
    Figures,
    Ground,
    Verdict,
    cut_mean,
    rule_text,
    rule_verdict,
    validity_limit,
)
from surveys.selectors.sources import Sources, count_sources

POINTS = range(LOWEST_RATING, HIGHEST_RATING + 1)


@dataclass(frozen=True)
class ExpertRatings:
    """One expert's column. ``mean`` tells how severe the expert is; ``name`` empty: by code.

    ``sources``: origins of ratings that he didn't give online, paper or a file.
    """

    code: str
    name: str
    rated: int
    unrated: int
    mean: float | None
    sources: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class GivenRating:
    expert: ExpertRatings
    points: int
    remark: str


@dataclass(frozen=True)
class CandidateResult:
    """``points`` stand in the order of the experts, None where one didn't rate it."""

    candidate: Candidate
    points: tuple[int | None, ...]
    experts: tuple[ExpertRatings, ...]
    given: tuple[GivenRating, ...]
    figures: Figures
    cut: Cut
    verdict: Verdict
    ground: Ground
    reason: str
    decision: CandidateDecision | None

    @property
    def kpi(self) -> KPI | None:
        return self.candidate.kpi

    @property
    def verdict_label(self) -> str:
        return self.verdict.label

    @property
    def remarks(self) -> tuple[GivenRating, ...]:
        return tuple(given for given in self.given if given.remark)

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
    def strip(self) -> RatingStrip:
        return draw_strip(self.counts, self.figures.mean, cut_mean(self.figures, self.cut))

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

    @property
    def sources(self) -> Sources:
        return count_sources(expert.sources for expert in self.experts if expert.rated)

    @property
    def marked(self) -> tuple[ExpertRatings, ...]:
        """Whose ratings are worth asking about."""
        return tuple(expert for expert in self.experts if expert.marks)

    @property
    def columns(self) -> int:
        """Of the table with a column for each expert: the candidate, seven figures, the experts."""
        return 8 + self.sent

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
    def chance_limit(self) -> float | None:
        """The smallest V that so many experts hardly reach by chance; None where they can't."""
        return validity_limit(self.sent)

    @property
    def totals_compare_unequals(self) -> bool:
        """A sum of four ratings loses against a sum of five."""
        return self.cut.by == Survey.CutBy.TOTAL and self.incomplete > 0
