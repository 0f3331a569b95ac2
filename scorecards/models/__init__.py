"""Design of a scorecard, its weights, and what was measured in each period."""

from scorecards.models.design import KPI, CauseLink, Objective, Perspective, Target
from scorecards.models.initiative import Initiative
from scorecards.models.interchange import DesignImport
from scorecards.models.period import Closing, Measurement, Period
from scorecards.models.scorecard import Scorecard
from scorecards.models.unsaved import UnsavedEntry
from scorecards.models.weights import Weight, WeightSet

__all__ = [
    "KPI",
    "CauseLink",
    "Closing",
    "DesignImport",
    "Initiative",
    "Measurement",
    "Objective",
    "Period",
    "Perspective",
    "Scorecard",
    "Target",
    "UnsavedEntry",
    "Weight",
    "WeightSet",
]
