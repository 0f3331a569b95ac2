"""The trial of a questionnaire: a copy that some people answer before it opens."""

from dataclasses import dataclass
from datetime import datetime

from surveys.models import Survey
from surveys.selectors.invited import next_code
from surveys.selectors.progress import ExpertProgress, State, survey_progress


@dataclass(frozen=True)
class Trial:
    """``begun_at``: the words are those of then; what is changed later isn't in it."""

    survey: Survey
    people: tuple[ExpertProgress, ...]
    next_code: str

    @property
    def begun_at(self) -> datetime | None:
        return self.survey.opens_at

    @property
    def sent(self) -> int:
        return sum(person.state == State.SENT for person in self.people)

    @property
    def count(self) -> int:
        return len(self.people)


def trial_of(survey: Survey) -> Trial | None:
    if survey.status != Survey.Status.DRAFT:
        return None
    trial = Survey.including_trials.filter(trial_of=survey).first()
    if trial is None:
        return None
    trial.scorecard = survey.scorecard
    return Trial(trial, survey_progress(trial), next_code(trial))
