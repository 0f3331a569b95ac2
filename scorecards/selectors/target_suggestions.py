"""What a KPI's own past suggests for its target: worst, mean and best of what was measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from organizations import figures
from scorecards.anchor_words import anchor_words
from scorecards.methods.omax import CustomLadder, Direction, Ladder
from scorecards.models import KPI, Scorecard
from scorecards.selectors.report.levels import suits
from scorecards.target_scale import read_scale

FEWEST_PERIODS = 2


@dataclass(frozen=True)
class Suggestion:
    """Three anchors for one direction. They are stored only if somebody saves them."""

    direction: Direction
    points: dict[str, Decimal]
    unit: str
    decimals: int
    # The scorecard's choice of words.
    called: str

    @property
    def text(self) -> str:
        words = {
            name: figures.measure(point, self.unit, self.decimals)
            for name, point in self.points.items()
        }
        words["word"] = anchor_words(self.called).standard
        return _("worst %(worst)s, mean as the %(word)s %(standard)s, best %(goal)s") % words

    @property
    def label(self) -> str:
        if self.direction is Direction.HIGHER:
            return _("Fill in, higher is better")
        return _("Fill in, lower is better")


@dataclass(frozen=True)
class PastValues:
    """How many periods there are to learn from, and what they suggest: one suggestion where the
    KPI's direction is known from a target, else one for each direction."""

    periods: int
    suggestions: tuple[Suggestion, ...]

    def find(self, direction: str) -> Suggestion | None:
        return next((each for each in self.suggestions if each.direction == direction), None)


def suggest_targets(kpi: KPI) -> PastValues | None:
    """Suggestions from open and closed periods; None where the past says nothing.

    That is with fewer than two values or equal ones, for cut points and means, and where the
    best lies in the middle: no past value tells how far out the worst is.
    """
    if kpi.scorecard.scoring == Scorecard.Scoring.LIKERT:
        return None
    directions = _directions(kpi)
    values = list(kpi.measurements.filter(value__isnull=False).values_list("value", flat=True))
    if len(values) < FEWEST_PERIODS or min(values) == max(values) or not directions:
        return None
    mean = _mean(values, kpi.decimals)
    suggestions = []
    for direction in directions:
        worst, goal = min(values), max(values)
        if direction is Direction.LOWER:
            worst, goal = goal, worst
        points = {"worst": worst, "standard": goal if mean is None else mean, "goal": goal}
        called = kpi.scorecard.anchor_words
        suggestions.append(Suggestion(direction, points, kpi.unit, kpi.decimals, called))
    return PastValues(len(values), tuple(suggestions))


def _directions(kpi: KPI) -> tuple[Direction, ...]:
    """That of the newest target; both if there is none, none for a range."""
    fitting = [target for target in kpi.targets.all() if suits(target, kpi.scorecard)]
    if not fitting:
        return (Direction.HIGHER, Direction.LOWER)
    scale = read_scale(fitting[-1])
    return (scale.direction,) if isinstance(scale, Ladder | CustomLadder) else ()


def _mean(values: Sequence[Decimal], decimals: int) -> Decimal | None:
    """With as few decimals as keep it between smallest and largest; None between neighbours at
    the last decimal that is stored."""
    low, high = min(values), max(values)
    exact = sum(values, Decimal(0)) / len(values)
    tries = (
        figures.rounded(exact, enough) for enough in range(decimals, figures.MOST_DECIMALS + 1)
    )
    return next((mean for mean in tries if low < mean < high), None)
