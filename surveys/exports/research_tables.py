"""Which tables the research data of a questionnaire have."""

from surveys.exports import research_pairwise, research_rating, research_weights
from surveys.exports.research_experts import expert_table
from surveys.exports.research_table import Table
from surveys.selectors.research_data import ResearchData


def long_table(data: ResearchData) -> Table:
    if data.screening is not None:
        return research_rating.long_table(data, data.screening)
    return research_pairwise.long_table(data)


def wide_table(data: ResearchData) -> Table:
    if data.screening is not None:
        return research_rating.wide_table(data, data.screening)
    return research_pairwise.wide_table(data)


def research_tables(data: ResearchData) -> tuple[Table, ...]:
    """Every table, in the order of the workbook's sheets."""
    shared = (expert_table(data), long_table(data), wide_table(data))
    if data.screening is not None:
        return (
            *shared,
            research_rating.candidate_table(data.screening),
            research_rating.proposal_table(data.screening),
        )
    return (
        *shared,
        research_weights.weight_table(data),
        research_weights.global_table(data),
        research_weights.interval_table(data),
        research_weights.consistency_table(data),
        research_pairwise.decision_table(data),
        research_pairwise.asking_table(data),
        # Only where there are any: most questionnaires join what was answered here.
        *((research_weights.joined_table(data),) if data.has_joined else ()),
    )
