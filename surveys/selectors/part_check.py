"""How well one expert's answers to a part agree with each other, and what would help."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from scorecards.consistency_figures import ConsistencyFigures, consistency_figures
from scorecards.methods import ahp
from scorecards.methods.ahp import Proposal
from surveys.models import ProposalDecision, Response
from surveys.selectors.answering import Pair, Part
from surveys.selectors.judgements import judged_matrix
from surveys.selectors.rules import Rules
from surveys.wording import contradiction

MOST_PROPOSALS = 3
MOST_CIRCLES = 3


@dataclass(frozen=True)
class Suggestion:
    pair: Pair
    proposal: Proposal
    kept: bool

    @property
    def key(self) -> str:
        """What was judged and what is proposed: only what was seen can be decided on."""
        return f"{self.proposal.judged:.4g}-{self.proposal.proposed:.4g}"

    @property
    def sentence(self) -> str:
        return self.pair.sentence_of(self.proposal.proposed)


@dataclass(frozen=True)
class PartCheck:
    part: Part
    # At the weights in use. None: too few elements, or pairs still missing.
    consistency: ConsistencyFigures | None
    limit: float | None
    within_limit: bool | None
    # A few circles in words, no two around the same answer, and how many there are besides.
    contradictions: tuple[str, ...]
    more_contradictions: int
    suggestions: tuple[Suggestion, ...]

    @property
    def cr(self) -> float | None:
        return self.consistency.cr if self.consistency else None

    @property
    def is_settled(self) -> bool:
        """Complete, within the limit, and nothing goes round in a circle."""
        return self.within_limit is True and not self.contradictions


def check_part(
    part: Part, rules: Rules, kept: Collection[tuple[int, int, float]] = ()
) -> PartCheck:
    """Measure one part. ``kept``: row, column and ratio of judgements that the expert kept."""
    answers = [pair.judgement for pair in part.pairs if pair.judgement]
    matrix = judged_matrix(part.elements, answers)
    consistency = None
    if part.is_complete and part.can_contradict:
        consistency = consistency_figures(
            matrix,
            weights=ahp.priorities(matrix, rules.method).tolist(),
            random_index=rules.random_index,
            limits=rules.limits,
        )
    cr = consistency.cr if consistency else None
    within = None if cr is None else ahp.is_within_limit(cr, len(part.elements), rules.limits)
    triads = ahp.circular_triads(matrix)
    shown = _apart(triads)[:MOST_CIRCLES]
    needs_help = within is False or (triads and part.is_complete)
    return PartCheck(
        part=part,
        consistency=consistency,
        limit=ahp.limit(len(part.elements), rules.limits),
        within_limit=within,
        contradictions=tuple(
            contradiction(*(part.labels[place] for place in triad)) for triad in shown
        ),
        more_contradictions=len(triads) - len(shown),
        suggestions=_suggestions(part, matrix, rules, kept) if needs_help else (),
    )


def _suggestions(
    part: Part, matrix: np.ndarray, rules: Rules, kept: Collection[tuple[int, int, float]]
) -> tuple[Suggestion, ...]:
    pairs = {(pair.row.pk, pair.column.pk): pair for pair in part.pairs}
    ids = [element.pk for element in part.elements]
    return tuple(
        Suggestion(
            pair=pairs[ids[found.row], ids[found.column]],
            proposal=found,
            kept=(ids[found.row], ids[found.column], found.judged) in kept,
        )
        for found in ahp.proposals(matrix, MOST_PROPOSALS, rules.random_index, method=rules.method)
    )


def _apart(triads: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Circles of which no two share an answer: those that do read nearly the same."""
    found: list[tuple[int, int, int]] = []
    for triad in triads:
        # Two circles share an answer when they share two elements.
        if all(len({*triad} & {*other}) < 2 for other in found):
            found.append(triad)
    return found


def kept_judgements(response: Response) -> set[tuple[int, int, float]]:
    """What the expert decided to keep: a proposal against it isn't made again (1 query)."""
    decisions = response.decisions.filter(decision=ProposalDecision.Decision.KEPT)
    return set(decisions.values_list("row_id", "column_id", "judged"))
