"""The settings of a scorecard by which its questionnaires are computed."""

from dataclasses import dataclass

from scorecards.models import Scorecard


@dataclass(frozen=True)
class Rules:
    """The scorecard's settings that decide weights; printed with every result."""

    method: str
    random_index: str
    limits: dict[int, float]
    experts_counted: str

    @classmethod
    def of(cls, scorecard: Scorecard) -> "Rules":
        return cls(
            method=scorecard.priority_method,
            random_index=scorecard.random_index,
            limits={
                3: float(scorecard.cr_limit_3),
                4: float(scorecard.cr_limit_4),
                5: float(scorecard.cr_limit_larger),
            },
            experts_counted=scorecard.experts_counted,
        )
