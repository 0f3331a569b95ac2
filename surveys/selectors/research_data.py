"""Everything that a questionnaire asked and was answered, for research: what the files hold.

Experts are known by their codes. Names, positions and institutions are there only when asked
for, and never of an anonymous questionnaire; e-mail addresses and links never.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from surveys.models import Invitation, Response, Survey
from surveys.selectors.answer_marks import Mark, answer_marks
from surveys.selectors.research_figures import PartFigures, part_figures
from surveys.selectors.research_intervals import FoundInterval, found_intervals
from surveys.selectors.research_reading import Reader
from surveys.selectors.research_rows import Answer, Asked, Decision, Expert, NotJudged, Part
from surveys.selectors.research_screening import ScreeningData, screening_data
from surveys.selectors.results import GlobalWeight, SurveyResults, survey_results
from surveys.selectors.rules import Rules
from surveys.selectors.screening_model import ScreeningResults
from surveys.selectors.screening_results import screening_results

SCHEMA, VERSION = "canting-research", 1


@dataclass(frozen=True)
class ResearchData:
    survey: Survey
    rules: Rules
    has_names: bool
    consents: tuple[str, ...]
    experts: tuple[Expert, ...]
    parts: tuple[Part, ...] = ()
    answers: tuple[Answer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    rounds: tuple[Asked, ...] = ()
    # The KPIs by global weight, largest first; empty while a matrix has no weights.
    hierarchy: tuple[GlobalWeight, ...] = ()
    intervals: tuple[FoundInterval, ...] = ()
    screening: ScreeningData | None = None
    # The signed answers in force by expert's code and part's number, then by row and column.
    in_force: dict[tuple[str, int], dict[tuple[int, int], int]] = field(default_factory=dict)

    @property
    def has_joined(self) -> bool:
        """Whether a part's group matrix came joined from a file."""
        return any(part.joined for part in self.parts)

    @property
    def is_screening(self) -> bool:
        return self.screening is not None

    def judged(self, expert: Expert, part: Part) -> dict[tuple[int, int], int]:
        """The signed answers in force of one expert to one part, by row and column."""
        return self.in_force.get((expert.code, part.number), {})

    @cached_property
    def exempt(self) -> dict[tuple[str, int], str]:
        """Why an expert doesn't judge a part, by expert's code and part's number."""
        return {(each.expert.code, each.part.number): each.origin for each in self.not_judged}

    @cached_property
    def figures(self) -> tuple[PartFigures, ...]:
        """What the sent answers amount to, part by part: computed when first asked for."""
        return tuple(part_figures(part, self._sent(part), self.rules) for part in self.parts)

    def _sent(self, part: Part) -> list[tuple[Expert, dict[tuple[int, int], int]]]:
        """Who sent answers and judges this part, with his answers."""
        return [
            (expert, self.judged(expert, part))
            for expert in self.experts
            if expert.counts and (expert.code, part.number) not in self.exempt
        ]


def research_data(survey: Survey, *, names: bool = False) -> ResearchData:
    """Read a questionnaire whole (20 queries, however many answers there are)."""
    has_names = names and not survey.anonymous
    invitations = list(survey.invitations.select_related("response").order_by("pk"))
    consents = _consents(survey, invitations)
    is_screening = survey.kind == Survey.Kind.SCREENING
    results = screening_results(survey) if is_screening else survey_results(survey)
    marks = _marks(results)
    experts = {
        each.pk: _expert(each, consents, has_names, marks.get(each.code, ()))
        for each in invitations
    }
    found: dict[str, Any] = {
        "survey": survey,
        "rules": Rules.of(survey.scorecard),
        "has_names": has_names,
        "consents": tuple(consents),
        "experts": tuple(experts.values()),
    }
    if isinstance(results, ScreeningResults):
        return ResearchData(**found, screening=screening_data(survey, experts, results))
    found |= {"hierarchy": results.hierarchy, "intervals": found_intervals(results)}
    return ResearchData(**found, **Reader(survey, invitations, experts).read())


def _marks(results: SurveyResults | ScreeningResults) -> dict[str, tuple[Mark, ...]]:
    """What in the sent answers is worth asking about, by expert's code."""
    if isinstance(results, ScreeningResults):
        return {expert.code: expert.marks for expert in results.experts}
    marks = answer_marks(results.answers)
    return {expert.code: marks.get(expert.pk, ()) for expert in results.experts}


def _consents(survey: Survey, invitations: list[Invitation]) -> list[str]:
    """The texts that were agreed to, the questionnaire's own first."""
    given = (each.response.consent_text for each in invitations if _response(each))
    return list(dict.fromkeys([survey.consent_text, *given]))


def _response(invitation: Invitation) -> Response | None:
    return getattr(invitation, "response", None)


def _expert(
    invitation: Invitation, consents: list[str], has_names: bool, marks: tuple[Mark, ...]
) -> Expert:
    response = _response(invitation)
    return Expert(
        code=invitation.code,
        name=invitation.name if has_names else "",
        position=invitation.position if has_names else "",
        institution=invitation.institution if has_names else "",
        weight=invitation.weight,
        state=_state(invitation, response),
        origin=response.origin if response else "",
        invited_at=invitation.created_at,
        opened_at=invitation.opened_at,
        consent=consents.index(response.consent_text) + 1 if response else None,
        consented_at=response.consented_at if response else None,
        started_at=response.started_at if response else None,
        submitted_at=response.submitted_at if response else None,
        declined_at=invitation.declined_at,
        decline_reason=invitation.decline_reason,
        revoked_at=invitation.revoked_at,
        marks=marks,
    )


def _state(invitation: Invitation, response: Response | None) -> str:
    if invitation.revoked_at is not None:
        return "revoked"
    if response is not None and response.submitted_at is not None:
        return "sent"
    if invitation.declined_at is not None:
        return "declined"
    if response is not None:
        return "started"
    return "opened" if invitation.opened_at is not None else "invited"
