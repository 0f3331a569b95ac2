"""Everything that is kept with adopted weights about how they came about.

The scorecard's own copy (`scorecards.models.WeightSet.particulars`): reports and exports read it
when the questionnaire is long gone. Keys are only ever added. An expert stands in it by code,
and by name where the questionnaire isn't anonymous.
"""

from datetime import datetime
from typing import Any

from scorecards.consistency_figures import ConsistencyFigures
from surveys.selectors.beside_chance import BesideChance
from surveys.selectors.expert_results import ExpertResult
from surveys.selectors.matrix_results import MatrixResult
from surveys.selectors.result_intervals import ExpertIntervals, Intervals
from surveys.selectors.results import SurveyResults


def particulars(results: SurveyResults, now: datetime) -> dict[str, Any]:
    """As JSON keeps it: plain numbers, texts, lists and mappings, None for what is not defined."""
    survey, rules = results.survey, results.rules
    return {
        "survey": survey.name,
        "survey_id": survey.pk,
        "provenance": survey.provenance,
        "method": rules.method,
        # Before, lambda max and CR were always taken at the eigenvector, and nothing said so.
        "consistency_at": rules.method,
        "random_index": rules.random_index,
        "limits": {str(size): limit for size, limit in rules.limits.items()},
        "aggregation": "judgements",
        "experts_counted": rules.experts_counted,
        "experts": results.joined,
        "printed": [
            {"code": each.matrix.code, "experts": each.experts, "source": each.source}
            for each in results.printed
        ],
        "expert_weights": {i.code: results.expert_weights[i.pk] for i in results.experts},
        "rounds": len(results.rounds),
        "asked_again": [
            {"code": each.invitation.code, "matrix": each.matrix.code, "round": each.number}
            for each in results.asked_again
            if each.state == "sent"
        ],
        "seed": survey.seed,
        "concordance": results.concordance,
        "concordance_by_chance": _by_chance(results.beside_chance),
        "global_weights": [
            {
                "code": leaf.code,
                "compared": leaf.is_compared,
                "weight": leaf.overall,
                "by_priorities": leaf.by_priorities,
            }
            for leaf in results.hierarchy
        ],
        "global_interval": _interval(results.interval),
        "first_place": _first_place(results.bootstrap),
        "adopted_at": now.isoformat(),
        "matrices": [_matrix(result, anonymous=survey.anonymous) for result in results.matrices],
    }


def _matrix(result: MatrixResult, *, anonymous: bool) -> dict[str, Any]:
    group, other, panel = result.group, result.alternative, result.beside_chance
    return {
        "code": result.matrix.code,
        "title": result.matrix.title,
        "compares_perspectives": result.matrix.compares_perspectives,
        "size": result.size,
        **_consistency(group.consistency if group else None),
        "gci": group.gci if group else None,
        "triads": group.triads if group else None,
        "limit": result.limit,
        "within": group.within_limit if group else None,
        "elements": [criterion.code for criterion in result.criteria],
        "weights": list(result.weights) if result.weights else None,
        "weights_by_method": (
            {method: list(found) for method, found in group.weights_by_method.items()}
            if group
            else None
        ),
        "by_priorities": list(result.by_priorities) if result.by_priorities else None,
        "priorities_experts": result.priorities_experts,
        "other_policy": list(other.weights) if other else None,
        "agreement": result.agreement,
        "concordance": result.concordance,
        "agreement_by_chance": _by_chance(panel.consensus if panel else None),
        "concordance_by_chance": _by_chance(panel.concordance if panel else None),
        "interval": _interval(result.interval),
        "first_place": _first_place(result.bootstrap),
        "perturbation": _intervals(result.perturbation),
        "experts": [_expert(expert, anonymous=anonymous) for expert in result.experts],
    }


def _consistency(found: ConsistencyFigures | None) -> dict[str, float | None]:
    """CR and what it was computed from: a table of random indices may be mended later."""
    if found is None:
        return {"lambda_max": None, "ci": None, "ri": None, "cr": None}
    return {
        "lambda_max": found.lambda_max,
        "ci": found.ci,
        "ri": found.random_index,
        "cr": found.cr,
    }


def _expert(expert: ExpertResult, *, anonymous: bool) -> dict[str, Any]:
    return {
        "code": expert.invitation.code,
        "name": None if anonymous else expert.invitation.name or None,
        "cr": expert.cr,
        "gci": expert.gci,
        "triads": expert.triads,
        "within": expert.within_limit,
        "complete": expert.is_complete,
        "counts": expert.counts,
        "asked": expert.exemption is None,
        "round": expert.round,
        "sources": list(expert.sources),
        "distance": expert.distance,
        "weights": list(expert.weights) if expert.weights else None,
    }


def _interval(found: ExpertIntervals | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "method": "jackknife-t",
        "low": [row.low for row in found.rows],
        "high": [row.high for row in found.rows],
        "experts": found.experts,
        "fewest": found.fewest,
        "falls": found.falls,
    }


def _first_place(found: Intervals | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"changes": found.first_place_changes, "draws": found.draws}


def _by_chance(found: BesideChance | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {"mean": found.mean, "high": found.high, "p": found.p}


def _intervals(found: Intervals | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "low": [row.low for row in found.rows],
        "high": [row.high for row in found.rows],
        "first_place_changes": found.first_place_changes,
        "draws": found.draws,
    }
