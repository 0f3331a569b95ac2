"""One expert's answers on one page: in words, how well they agree, and what became of proposals."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.models import Exemption, Invitation, Judgement, ProposalDecision, Response
from surveys.selectors.answering import Pair, sent_sheet
from surveys.selectors.asked_again import AskedAgain
from surveys.selectors.expert_results import ExpertResult
from surveys.selectors.matrix_results import MatrixResult
from surveys.selectors.part_check import PartCheck, check_part
from surveys.selectors.results import SurveyResults
from surveys.selectors.sources import NOTED, Keyed, keyed_answers, noted
from surveys.selectors.who_judges import exempt_parts
from surveys.wording import ratio_sentence


@dataclass(frozen=True)
class ComparedWeight:
    """One element's weight for this expert beside the group's; None where there is none."""

    code: str
    label: str
    own: float | None
    group: float | None


@dataclass(frozen=True)
class Answer:
    """One pair as it counts, and what was sent of it in the round before."""

    pair: Pair
    earlier: str


@dataclass(frozen=True)
class DecisionLine:
    """A proposal that would have lowered the CR, and what the expert did with it."""

    judged: str
    proposed: str
    cr_before: float
    cr_after: float
    is_accepted: bool
    round: int


@dataclass(frozen=True)
class ExpertPart:
    """One matrix of the expert. ``result`` is None while nothing of it was sent."""

    matrix_result: MatrixResult
    result: ExpertResult | None
    check: PartCheck
    weights: tuple[ComparedWeight, ...]
    answers: tuple[Answer, ...]
    decisions: tuple[DecisionLine, ...]
    rounds: tuple[AskedAgain, ...]

    @property
    def is_mixed(self) -> bool:
        """Whether some answers were given online and others weren't: then each line says."""
        origins = [each.pair.judgement.origin for each in self.answers if each.pair.judgement]
        return 0 < sum(origin in NOTED for origin in origins) < len(origins)

    @property
    def sources(self) -> tuple[str, ...]:
        judged = (each.pair.judgement for each in self.answers)
        return noted(judgement.origin for judgement in judged if judgement)


@dataclass(frozen=True)
class ExpertPage:
    """``exempt`` are the matrices that this expert doesn't judge; ``keyed``: what came on paper."""

    invitation: Invitation
    response: Response | None
    parts: tuple[ExpertPart, ...]
    exempt: tuple[Exemption, ...]
    keyed: Keyed | None = None


def expert_page(invitation: Invitation, results: SurveyResults) -> ExpertPage:
    """What one expert sent, beside the group (12 queries)."""
    exempt = exempt_parts(invitation)
    response = getattr(invitation, "response", None)
    if response is None or response.submitted_at is None:
        return ExpertPage(invitation, None, (), exempt)
    sheet = sent_sheet(invitation, response)
    of_matrix = {result.matrix.pk: result for result in results.matrices}
    decisions = _decisions(response)
    earlier = _earlier(response.judgements.all())
    return ExpertPage(
        invitation=invitation,
        response=response,
        parts=tuple(
            _part(
                check_part(part, results.rules),
                of_matrix[part.matrix.pk],
                invitation,
                decisions[part.matrix.pk],
                earlier,
                results.asked_again,
            )
            for part in sheet.parts
        ),
        exempt=exempt,
        keyed=keyed_answers(invitation),
    )


def _part(
    check: PartCheck,
    found: MatrixResult,
    invitation: Invitation,
    decisions: Iterable[ProposalDecision],
    earlier: dict[tuple[int, int, int], Judgement],
    asked: Iterable[AskedAgain],
) -> ExpertPart:
    result = found.expert(invitation.pk)
    nothing = (None,) * found.size
    own = (result.weights if result else None) or nothing
    return ExpertPart(
        matrix_result=found,
        result=result,
        check=check,
        weights=tuple(
            ComparedWeight(criterion.code, criterion.label, mine, theirs)
            for criterion, mine, theirs in zip(
                found.criteria, own, found.weights or nothing, strict=True
            )
        ),
        answers=tuple(Answer(pair, _was(pair, earlier)) for pair in check.part.pairs),
        decisions=tuple(_decision(each) for each in decisions),
        rounds=tuple(
            each
            for each in asked
            if each.matrix == found.matrix and each.invitation.pk == invitation.pk
        ),
    )


def _decisions(response: Response) -> dict[int, list[ProposalDecision]]:
    found: dict[int, list[ProposalDecision]] = defaultdict(list)
    for decision in response.decisions.select_related("row", "column"):
        found[decision.matrix_id].append(decision)
    return found


def _decision(made: ProposalDecision) -> DecisionLine:
    return DecisionLine(
        judged=ratio_sentence(made.row.label, made.column.label, made.judged),
        proposed=ratio_sentence(made.row.label, made.column.label, made.proposed),
        cr_before=made.cr_before,
        cr_after=made.cr_after,
        is_accepted=made.decision == ProposalDecision.Decision.ACCEPTED,
        round=made.round,
    )


def _earlier(judgements: Iterable[Judgement]) -> dict[tuple[int, int, int], Judgement]:
    """The last answer of each round to each pair: by row, column and round."""
    found: dict[tuple[int, int, int], Judgement] = {}
    for judgement in judgements:
        key = (judgement.row_id, judgement.column_id, judgement.round)
        if key not in found or judgement.seq > found[key].seq:
            found[key] = judgement
    return found


def _was(pair: Pair, earlier: dict[tuple[int, int, int], Judgement]) -> str:
    """The answer of the round before, in words; empty where it is the same or there was none."""
    now = pair.judgement
    if now is None or now.round == 1:
        return ""
    before = [
        judgement
        for (row, column, number), judgement in earlier.items()
        if (row, column) == (pair.row.pk, pair.column.pk) and number < now.round
    ]
    last = max(before, key=lambda judgement: judgement.seq, default=None)
    if last is None or last.ratio == now.ratio:
        return ""
    return pair.sentence_of(last.ratio)
