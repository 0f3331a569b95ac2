"""One thing that a questionnaire leaves out, in words, with what can be done about it."""

from dataclasses import dataclass

from surveys.selectors.plan import PlannedMatrix


@dataclass(frozen=True)
class Omission:
    """``part`` can be asked all the same, by a press; ``candidates`` likewise in a screening."""

    text: str
    is_warning: bool = False
    part: PlannedMatrix | None = None
    candidates: bool = False
