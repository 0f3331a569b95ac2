"""How sure weights are, as the pages show it: 5 % and 95 % of each over many draws."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["bootstrap", "perturbation"]


@dataclass(frozen=True)
class WeightInterval:
    """One element's (or KPI's) weight, and where nine draws of ten put it."""

    code: str
    label: str
    weight: float
    low: float
    high: float


@dataclass(frozen=True)
class Intervals:
    """What many draws of the weights show, in the order of the elements.

    ``bootstrap`` draws other experts (from three on), ``perturbation`` moves every judgement by
    one step of the scale or not at all. ``first`` is the name of what comes first for the
    group, ``first_place_changes`` the share of draws (0 to 1) in which something else does.
    ``seed`` is the questionnaire's: the same answers give the same figures. ``draws`` is how
    many could be used.
    """

    kind: Kind
    rows: tuple[WeightInterval, ...]
    first: str
    first_place_changes: float
    draws: int
    seed: int
