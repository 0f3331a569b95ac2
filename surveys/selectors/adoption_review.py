"""What taking a questionnaire's weights over would do: what to know before, and what changes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scorecards.models import KPI, Perspective, Weight, WeightSet
from scorecards.selectors.weights import WeightGroup, current_weights, weigh
from scorecards.selectors.weights_said import SaidLine, said_lines
from surveys.selectors.adoption import adoption_of
from surveys.selectors.adoption_notes import adoption_notes
from surveys.selectors.results import SurveyResults

# What is the same in any number of decimals that somebody reads.
SAME = 1e-9


@dataclass(frozen=True)
class GroupWeights:
    """The group's weights by what they belong to, and codes of elements that have no place now."""

    perspectives: dict[Perspective, float]
    kpis: dict[KPI, float]
    deleted: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True)
class WeightChange:
    """The global weight of a perspective or a KPI, today and afterwards."""

    code: str
    name: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        return self.after - self.before

    @property
    def is_change(self) -> bool:
        return abs(self.difference) > SAME


@dataclass(frozen=True)
class AdoptionReview:
    """``notes`` are kept with the weights; ``current`` are those that would be replaced."""

    results: SurveyResults
    current: WeightSet | None
    weights: GroupWeights
    notes: list[dict[str, Any]]
    perspectives: tuple[WeightChange, ...]
    kpis: tuple[WeightChange, ...]

    @property
    def lines(self) -> tuple[SaidLine, ...]:
        anonymous = self.results.survey.anonymous
        invitations = () if anonymous else self.results.invitations
        return said_lines(self.notes, {each.code: each.name for each in invitations if each.name})

    @property
    def has_warnings(self) -> bool:
        return any(line.is_warning for line in self.lines)

    @property
    def can_be_adopted(self) -> bool:
        has_places = not self.weights.deleted and not self.weights.moved
        return self.results.can_be_adopted and has_places

    @property
    def changed(self) -> int:
        return sum(kpi.is_change for kpi in self.kpis)

    @cached_property
    def seen(self) -> str:
        """Stands for all that a reader of this agrees to, in whatever language."""
        agreed = [
            self.current.pk if self.current else 0,
            sorted((each.pk, round(value, 9)) for each, value in self.weights.perspectives.items()),
            sorted((each.pk, round(value, 9)) for each, value in self.weights.kpis.items()),
            self.notes,
        ]
        return hashlib.sha256(json.dumps(agreed, sort_keys=True).encode()).hexdigest()


def adoption_review(results: SurveyResults) -> AdoptionReview:
    """A fixed number of queries."""
    survey = results.survey
    current = current_weights(survey.scorecard)
    weights = group_weights(results)
    groups = results.answers.groups
    before = weigh(groups, list(current.weights.all()) if current else [])
    after = weigh(
        groups,
        [Weight(perspective=each, value=value) for each, value in weights.perspectives.items()]
        + [Weight(kpi=each, value=value) for each, value in weights.kpis.items()],
    )
    return AdoptionReview(
        results=results,
        current=current,
        weights=weights,
        notes=adoption_notes(results, adoption_of(results), current),
        perspectives=_perspectives(before, after),
        kpis=_kpis(before, after),
    )


def group_weights(results: SurveyResults) -> GroupWeights:
    places = dict(results.survey.scorecard.kpis.values_list("pk", "objective__perspective_id"))
    perspectives: dict[Perspective, float] = {}
    kpis: dict[KPI, float] = {}
    deleted, moved = [], []
    for result in results.matrices:
        nothing = [0.0] * result.size
        for criterion, weight in zip(result.criteria, result.weights or nothing, strict=True):
            if result.matrix.compares_perspectives and criterion.perspective:
                perspectives[criterion.perspective] = weight
            elif criterion.kpi:
                kpis[criterion.kpi] = weight
                if places.get(criterion.kpi_id) != result.matrix.perspective_id:
                    moved.append(criterion.code)
            else:
                deleted.append(criterion.code)
    return GroupWeights(perspectives, kpis, tuple(deleted), tuple(moved))


def _perspectives(
    before: Sequence[WeightGroup], after: Sequence[WeightGroup]
) -> tuple[WeightChange, ...]:
    return tuple(
        WeightChange(new.perspective.code, new.perspective.name, old.weight, new.weight)
        for old, new in zip(before, after, strict=True)
    )


def _kpis(before: Sequence[WeightGroup], after: Sequence[WeightGroup]) -> tuple[WeightChange, ...]:
    """Those that change most first."""
    rows = [
        WeightChange(new.kpi.code, new.kpi.name, old.overall, new.overall)
        for old_group, new_group in zip(before, after, strict=True)
        for old, new in zip(old_group.rows, new_group.rows, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: -abs(row.difference)))
