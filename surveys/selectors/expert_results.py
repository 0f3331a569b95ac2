"""One expert's answers: to one matrix, and over the hierarchy."""

from dataclasses import dataclass

from surveys.models import Exemption, Invitation


@dataclass(frozen=True)
class ExpertResult:
    """One expert's answers to one matrix.

    ``weights``, by the scorecard's method, are None while the answered pairs leave elements
    unconnected; ``cr`` and ``gci`` are None then, below three elements and while pairs are
    missing. ``triads`` counts circular triads. ``distance`` is a factor: 1 agrees with the group,
    2 is on average twice or half of it. ``expert_weight`` is the one that these results were
    computed with. ``counts``: the group's weights hold these answers. ``round``: the highest
    round that an answer in force is of. ``exemption``: why the matrix isn't his to judge.
    """

    invitation: Invitation
    answered: int
    comparisons: int
    weights: tuple[float, ...] | None
    cr: float | None
    gci: float | None
    within_limit: bool | None
    triads: int
    distance: float | None
    expert_weight: float
    counts: bool
    round: int
    exemption: Exemption | None

    @property
    def is_complete(self) -> bool:
        return self.answered == self.comparisons


@dataclass(frozen=True)
class ExpertHierarchy:
    """One expert's own global weights, in the order of ``SurveyResults.hierarchy``.

    None for experts who lack the weights of a matrix.
    """

    invitation: Invitation
    overall: tuple[float, ...] | None
