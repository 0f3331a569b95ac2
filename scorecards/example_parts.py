"""What the worked examples consist of, each with its line of arithmetic."""

from dataclasses import dataclass

from organizations.arithmetic import Line, Shown, line
from scorecards.consistency_figures import ConsistencyFigures
from scorecards.methods.lights import Light
from scorecards.methods.likert import LikertClass
from scorecards.methods.omax import Ladder


@dataclass(frozen=True)
class ElementWeights:
    """One row of the comparison matrix, and the element's weight by each method."""

    label: str
    judgements: tuple[str, ...]
    eigenvector: float
    row_geometric_mean: float
    column_mean: float


@dataclass(frozen=True)
class PairProposal:
    row: str
    column: str
    judged: str
    proposed: str
    cr: float


@dataclass(frozen=True)
class ConsistencyExample(ConsistencyFigures):
    within: bool
    proposals: tuple[PairProposal, ...]


@dataclass(frozen=True)
class GlobalWeight:
    label: str
    perspective: str
    local: float
    above: float
    result: float

    @property
    def line(self) -> Line:
        numbers = {"local": Shown(self.local, 3), "above": Shown(self.above, 3)}
        return line("{local} × {above}", numbers, Shown(self.result, 3))


@dataclass(frozen=True)
class Measured:
    """A measured value on its ladder."""

    code: str
    value: float
    ladder: Ladder
    level: float
    light: Light

    @property
    def line(self) -> Line:
        """From the target on."""
        anchors = {"value": self.value, "standard": self.ladder.standard, "goal": self.ladder.goal}
        numbers = {name: Shown(number, 2) for name, number in anchors.items()}
        pattern = "3 + 7 × ({value} − {standard}) / ({goal} − {standard})"
        return line(pattern, numbers, Shown(self.level, 1))


@dataclass(frozen=True)
class LikertExample:
    scores: tuple[float, ...]
    mean: float
    found: LikertClass
    light: Light

    @property
    def line(self) -> Line:
        numbers = {f"score{place}": Shown(score, 2) for place, score in enumerate(self.scores)}
        total = " + ".join(f"{{{name}}}" for name in numbers)
        return line(f"({total}) / {len(numbers)}", numbers, Shown(self.mean, 2))
