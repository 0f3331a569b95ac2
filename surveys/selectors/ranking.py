"""The KPIs by global weight, as the overview of the results lists them."""

from dataclasses import dataclass

from organizations.arithmetic import Line, Shown, line
from surveys.selectors.result_intervals import WeightInterval
from surveys.selectors.results import GlobalWeight, SurveyResults, results_of

# Of a share of one: 12.3 %.
DECIMALS = 3


@dataclass(frozen=True)
class RankedKPI:
    """``rank`` counts from 1. ``stored`` is the global weight with the stored experts' weights,
    where others are tried."""

    rank: int
    weight: GlobalWeight
    interval: WeightInterval | None
    stored: float | None

    @property
    def line(self) -> Line:
        """Weight within the perspective × weight of the perspective = global weight."""
        local, overall = self.weight.local, self.weight.overall
        above = overall / local if local else 0.0
        return line(
            "{local} × {above}",
            {
                "local": Shown(local, DECIMALS, is_percent=True),
                "above": Shown(above, DECIMALS, is_percent=True),
            },
            Shown(overall, DECIMALS, is_percent=True),
        )


@dataclass(frozen=True)
class Ranking:
    """``largest`` is what fills a bar: the heaviest weight, or the end of its interval."""

    rows: tuple[RankedKPI, ...]
    largest: float


def ranking(results: SurveyResults) -> Ranking:
    """The global weights with their intervals; no query."""
    found = results.interval
    intervals = found.rows if found else (None,) * len(results.hierarchy)
    stored: dict[str, float] = {}
    if results.is_what_if:
        before = results_of(results.answers, round=results.round)
        stored = {weight.code: weight.overall for weight in before.hierarchy}
    rows = tuple(
        RankedKPI(rank, weight, interval, stored.get(weight.code))
        for rank, (weight, interval) in enumerate(
            zip(results.hierarchy, intervals, strict=True), start=1
        )
    )
    highs = [row.interval.high for row in rows if row.interval]
    largest = max([*highs, *(row.weight.overall for row in rows)], default=1.0)
    return Ranking(rows, largest)
