"""What the group's weights were after each round of asking."""

from dataclasses import dataclass

from surveys.models import Criterion, Matrix
from surveys.selectors.matrix_results import MatrixResult
from surveys.selectors.results import SurveyResults, results_of


@dataclass(frozen=True)
class RoundWeights:
    """The group as it stood after one round: who wasn't asked again counts as before.

    ``changed`` is the number of experts whose judgements of this matrix are of this round.
    """

    number: int
    changed: int
    experts: int
    weights: tuple[float, ...] | None
    cr: float | None
    within_limit: bool | None
    agreement: float | None
    by_chance: float | None  # S* of a random panel of this size


@dataclass(frozen=True)
class MatrixRounds:
    """One matrix round by round, oldest first; a single row where nobody was asked again."""

    matrix: Matrix
    criteria: tuple[Criterion, ...]
    rows: tuple[RoundWeights, ...]


def rounds_of_matrices(results: SurveyResults) -> tuple[MatrixRounds, ...]:
    """Every matrix after each round that was sent, with the same experts' weights; no query."""
    weights = results.expert_weights if results.is_what_if else None
    by_round = [
        results_of(results.answers, round=number, expert_weights=weights)
        for number in results.rounds
    ]
    return tuple(
        MatrixRounds(
            matrix=result.matrix,
            criteria=result.criteria,
            rows=tuple(
                _round_weights(number, then.matrices[place])
                for number, then in zip(results.rounds, by_round, strict=True)
                if number == 1 or _is_of_round(then.matrices[place], number)
            ),
        )
        for place, result in enumerate(results.matrices)
    )


def _is_of_round(result: MatrixResult, number: int) -> bool:
    return any(expert.round == number for expert in result.experts)


def _round_weights(number: int, result: MatrixResult) -> RoundWeights:
    group = result.group
    return RoundWeights(
        number=number,
        changed=sum(expert.round == number for expert in result.experts if expert.answered),
        experts=group.experts if group else 0,
        weights=result.weights,
        cr=group.cr if group else None,
        within_limit=group.within_limit if group else None,
        agreement=result.agreement,
        by_chance=result.beside_chance.consensus.mean if result.beside_chance else None,
    )
