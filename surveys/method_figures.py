"""What the methods page prints about questionnaires: limits and small examples, all computed.

The examples are those of docs/methods.md, which tests compute as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import nan

from organizations.arithmetic import Line, Shown, line
from scorecards.methods import ahp
from scorecards.methods.sensitivity import varied_weights
from surveys.methods import answer_quality
from surveys.methods.chance import agreement_by_chance
from surveys.methods.consensus import CONSENSUS_WORDS, consensus, kendall_w
from surveys.methods.jackknife import jackknife_intervals
from surveys.methods.outliers import (
    FARTHEST,
    LEAST_ANSWERS,
    NORMAL_MAD,
    Outlier,
    geometric_spread,
    outliers,
)
from surveys.methods.perturbation import perturbation
from surveys.methods.rating_limits import CvrLimit, Interval, aiken_interval, cvr_limit
from surveys.methods.screening import AikenV, aiken_limit, aiken_v
from surveys.methods.uncertainty import DEFAULT_DRAWS
from surveys.selectors.result_intervals import FEWEST_FOR_DRAWS

ALPHA = 0.05
CATEGORIES = 5
PANELS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20)
RATINGS = (4, 4, 4, 4, 5)
# Three experts call a candidate essential, one useful.
ESSENTIALS = (3, 3, 3, 2)
# A is twice B, B twice C, and A against C was not answered.
A_TWICE_B_TWICE_C = (2, nan, 2)
# Judgements of three pairs by two experts; the second left one pair out.
TWO_EXPERTS = ((2, 4, 2), (8, 4, nan))
# Weights of two experts: for AIP, and for how alike they are.
FOR_AIP = ((0.8, 0.2), (0.5, 0.5))
FOR_AGREEMENT = ((0.6, 0.3, 0.1), (0.3, 0.6, 0.1))
# One pair as five experts judged it.
FIVE_ANSWERS = (3, 3, 4, 5, 1 / 7)
SPREAD_ANSWERS = (2, 2, 8)
# Weights of two elements, and the same without each of three experts.
GROUP = (0.8, 0.2)
WITHOUT = ((0.85, 0.15), (0.8, 0.2), (0.74, 0.26))
VARIED = (0.5, 0.3, 0.2)
VARIED_TO = 0.75
CHANCE_EXPERTS = (2, 3, 5, 7, 10)
CHANCE_ELEMENTS = (3, 4, 5, 7)


@dataclass(frozen=True)
class PanelLimit:
    """The least that so many raters have to reach; None where they can't show anything."""

    raters: int
    aiken: AikenV | None
    cvr: CvrLimit | None


@dataclass(frozen=True)
class ByChance:
    """What so many experts reach who answer at random, on average: W, and S* by elements."""

    experts: int
    concordance: float
    consensus: tuple[float, ...]


@dataclass(frozen=True)
class LeftOut:
    """A weight, what it is without each expert, and the ends of its 90 % interval."""

    weight: float
    without: tuple[float, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Marks:
    """From how many answers on something is marked, and how fast is too fast to read."""

    comparisons: int = answer_quality.FEWEST_COMPARISONS
    equal: int = answer_quality.FEWEST_EQUAL
    ratings: int = answer_quality.FEWEST_RATINGS
    seconds: float = answer_quality.SECONDS_PER_ANSWER
    varied: int = answer_quality.FEWEST_VARIED


@dataclass(frozen=True)
class MethodFigures:
    """What the sections of questionnaires print beside their words."""

    gci_limits: tuple[tuple[int, float | None], ...]
    missing_pair: tuple[float, ...]
    joined: tuple[float, ...]
    aip: tuple[float, ...]
    distance: tuple[float, ...]
    spread: float
    outlier: Outlier
    farthest: float
    normal_mad: float
    least_answers: int
    consensus: float
    concordance: float
    consensus_words: tuple[float, ...]
    chance_elements: tuple[int, ...]
    chance: tuple[ByChance, ...]
    moved: tuple[float, float]
    jackknife: LeftOut
    marks: Marks
    draws: int
    fewest_for_draws: int
    varied: tuple[float, ...]
    aiken: AikenV
    aiken_line: Line
    aiken_interval: Interval
    cvr_line: Line
    panels: tuple[PanelLimit, ...]

    @property
    def first_that_can_show_essential(self) -> int:
        """The smallest panel whose CVR can be beyond chance."""
        return next(panel.raters for panel in self.panels if panel.cvr)


def aiken_line() -> Line:
    """V of the example: what is above the lowest rating, over the most that can be."""
    above = {f"rating{place}": Shown(rating - 1, 0) for place, rating in enumerate(RATINGS)}
    most = {"raters": Shown(len(RATINGS), 0), "steps": Shown(CATEGORIES - 1, 0)}
    total = " + ".join(f"{{{name}}}" for name in above)
    return line(f"({total}) / ({{raters}} × {{steps}})", above | most, 2)


def cvr_line() -> Line:
    numbers = {"essential": Shown(ESSENTIALS.count(3), 0), "raters": Shown(len(ESSENTIALS), 0)}
    return line("({essential} − {raters} / 2) / ({raters} / 2)", numbers, 2)


def panel_limits(panels: Sequence[int] = PANELS) -> tuple[PanelLimit, ...]:
    return tuple(
        PanelLimit(raters, aiken_limit(raters, CATEGORIES, ALPHA), cvr_limit(raters, ALPHA))
        for raters in panels
    )


def left_out() -> LeftOut:
    found = jackknife_intervals(GROUP, WITHOUT)
    return LeftOut(GROUP[0], tuple(row[0] for row in WITHOUT), found.low[0], found.high[0])


def by_chance(experts: int) -> ByChance:
    """W is 1/m without drawing: unrelated orders, where no ranks are equal."""
    drawn = [agreement_by_chance(experts, elements) for elements in CHANCE_ELEMENTS]
    return ByChance(experts, 1 / experts, tuple(each.consensus.mean for each in drawn))


@cache
def method_figures() -> MethodFigures:
    experts = ahp.from_upper(TWO_EXPERTS)
    group = ahp.aggregate_judgements(experts)
    [outlier] = outliers(ahp.from_upper([[answer] for answer in FIVE_ANSWERS]))
    moved = perturbation(ahp.from_upper([[1]]), seed=1)
    return MethodFigures(
        gci_limits=tuple((size, ahp.gci_limit(size)) for size in (3, 4, 5)),
        missing_pair=tuple(ahp.priorities(ahp.from_upper(A_TWICE_B_TWICE_C)).tolist()),
        joined=(group[0, 1].item(), group[0, 2].item(), group[1, 2].item()),
        aip=tuple(ahp.aggregate_priorities(FOR_AIP).tolist()),
        distance=tuple(ahp.distances(experts, group).tolist()),
        spread=geometric_spread(ahp.from_upper([[each] for each in SPREAD_ANSWERS]))[0, 1].item(),
        outlier=outlier,
        farthest=FARTHEST,
        normal_mad=NORMAL_MAD,
        least_answers=LEAST_ANSWERS,
        consensus=consensus(FOR_AGREEMENT),
        concordance=kendall_w(FOR_AGREEMENT),
        consensus_words=tuple(highest for highest, _word in CONSENSUS_WORDS),
        chance_elements=CHANCE_ELEMENTS,
        chance=tuple(by_chance(experts) for experts in CHANCE_EXPERTS),
        moved=(moved.low[0], moved.high[0]),
        jackknife=left_out(),
        marks=Marks(),
        draws=DEFAULT_DRAWS,
        fewest_for_draws=FEWEST_FOR_DRAWS,
        varied=tuple(varied_weights(VARIED, 0, VARIED_TO)),
        aiken=aiken_v(RATINGS),
        aiken_line=aiken_line(),
        aiken_interval=aiken_interval(aiken_v(RATINGS).v, len(RATINGS), CATEGORIES),
        cvr_line=cvr_line(),
        panels=panel_limits(),
    )
