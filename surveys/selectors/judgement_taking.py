"""Whether a questionnaire takes finished judgements from a file, and whose they may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from surveys.judgement_files.given import GivenExpert, Part
from surveys.models import Exemption, GroupMatrix, Invitation, Judgement, Origin, Survey
from surveys.selectors.invited import Expert

# Why an expert who is invited already can't be given the file's judgements.
ANSWERED, JUDGED, EXEMPT, DECLINED = "answered", "judged", "exempt", "declined"


@dataclass(frozen=True)
class Namesake:
    """An invited expert who is called as one in the file. ``reason``: why he can't be the same."""

    invitation: Invitation
    reason: str = ""
    part: str = ""

    @property
    def can_be_same(self) -> bool:
        return not self.reason


def why_not_taken(survey: Survey, *, is_group: bool, now: datetime) -> str:
    """The code of a SurveyError; empty where the file may be taken (1 query)."""
    if survey.status == Survey.Status.DRAFT:
        return "judgements-draft"
    if is_group:
        return "judgements-of-experts" if survey.invitations.exists() else ""
    if survey.is_of_group:
        return "group-alone"
    is_past = survey.closes_at is not None and survey.closes_at < now
    return "judgements-closed" if survey.status != Survey.Status.OPEN or is_past else ""


def namesakes(
    survey: Survey, experts: Sequence[GivenExpert], parts: Sequence[Part]
) -> list[tuple[Namesake, ...]]:
    """For each expert of a file, the invited ones with the name or code (3 queries)."""
    invitations = list(
        survey.invitations.filter(revoked_at=None).select_related("response").order_by("pk")
    )
    known = _Known(survey, parts)
    called: dict[str, list[Invitation]] = {}
    for each in invitations:
        for key in {Expert.of(each).name_key, each.code.casefold()}:
            called.setdefault(key, []).append(each)
    return [
        tuple(
            known.namesake(invitation, expert)
            for invitation in called.get(Expert(expert.name).name_key, ())
        )
        for expert in experts
    ]


class _Known:
    """What invited experts have judged, and needn't."""

    def __init__(self, survey: Survey, parts: Sequence[Part]) -> None:
        self.titles = {part.number: part.title for part in parts}
        self.numbers = {part.pk: part.number for part in parts}
        judged = Judgement.objects.filter(response__invitation__survey=survey).order_by()
        self.judged = set(judged.values_list("response__invitation_id", "matrix_id").distinct())
        exempt = Exemption.objects.filter(invitation__survey=survey).order_by()
        self.exempt = set(exempt.values_list("invitation_id", "matrix_id"))

    def namesake(self, invitation: Invitation, expert: GivenExpert) -> Namesake:
        response = getattr(invitation, "response", None)
        if invitation.declined_at is not None:
            return Namesake(invitation, DECLINED)
        if response is not None and response.origin != Origin.IMPORTED:
            return Namesake(invitation, ANSWERED)
        for reason, found in ((JUDGED, self.judged), (EXEMPT, self.exempt)):
            numbers = {
                self.numbers[m] for i, m in found if i == invitation.pk and m in self.numbers
            }
            same = sorted(numbers & expert.answers.keys())
            if same:
                return Namesake(invitation, reason, self.titles[same[0]])
        return Namesake(invitation)


def group_matrices(survey: Survey) -> list[GroupMatrix]:
    """Those that came from files, in the order of their parts (1 query)."""
    found = GroupMatrix.objects.filter(matrix__survey=survey)
    return list(found.select_related("matrix", "added_by").order_by("matrix__order", "pk"))
