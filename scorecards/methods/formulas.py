"""The standard formulas of KPIs, by key. People enter counts and amounts, not percentages.

Where the literature has several conventions, a comment names the one taken and its source.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType

from scorecards.methods import calculations
from scorecards.methods.errors import gettext_noop
from scorecards.methods.formula import Formula
from scorecards.methods.formula_inputs import Input, Inputs, Taking
from scorecards.methods.formula_merging import MergeRule
from scorecards.methods.formula_sentences import Piece, Sentence

__all__ = [
    "FORMULAS",
    "Formula",
    "Input",
    "Inputs",
    "MergeRule",
    "Piece",
    "Sentence",
    "Taking",
]

PERCENT = "%"
RUPIAH = gettext_noop("rupiah")
CUSTOMERS = gettext_noop("customers")
KPI_UNIT = ""
ANY_SIGN = -math.inf

OPENING_CUSTOMERS = Input(
    "opening", gettext_noop("Customers at the start"), CUSTOMERS, Taking.OPENING
)
CLOSING_CUSTOMERS = Input(
    "closing", gettext_noop("Customers at the end"), CUSTOMERS, Taking.CLOSING
)
GAINED_CUSTOMERS = Input("gained", gettext_noop("New customers"), CUSTOMERS)
LOST_CUSTOMERS = Input("lost", gettext_noop("Customers lost"), CUSTOMERS)
PROFIT = Input("profit", gettext_noop("Profit or surplus"), RUPIAH, least=ANY_SIGN)

RATIO_OR_LAST = (MergeRule.RATIO_OF_SUMS, MergeRule.LAST)

GENERAL = (
    Formula(
        key="direct-value",
        title=gettext_noop("Value as entered"),
        explanation=gettext_noop("A count or a measurement that is the KPI's value itself."),
        inputs=(Input("value", gettext_noop("Counted or measured"), KPI_UNIT, least=ANY_SIGN),),
        unit=KPI_UNIT,
        pattern="{value}",
        calculate=calculations.as_entered,
        merge_rules=(MergeRule.SUM, MergeRule.LAST),
    ),
    Formula(
        key="ratio",
        title=gettext_noop("Ratio"),
        explanation=gettext_noop("One number as a percentage of another."),
        inputs=(
            Input("amount", gettext_noop("Number that counts"), KPI_UNIT, least=ANY_SIGN),
            Input("base", gettext_noop("Number it is compared with"), KPI_UNIT, least=ANY_SIGN),
        ),
        unit=PERCENT,
        pattern="{amount} / {base} × 100",
        calculate=calculations.ratio,
        merge_rules=RATIO_OR_LAST,
        divisor="base",
    ),
    Formula(
        key="average",
        title=gettext_noop("Average per unit"),
        explanation=gettext_noop("A total divided among its orders, members or messages."),
        inputs=(
            Input("total", gettext_noop("Total"), KPI_UNIT, least=ANY_SIGN),
            Input("units", gettext_noop("Number of units"), KPI_UNIT),
        ),
        unit=KPI_UNIT,
        pattern="{total} / {units}",
        calculate=calculations.average,
        merge_rules=RATIO_OR_LAST,
        divisor="units",
    ),
    Formula(
        key="questionnaire-mean",
        title=gettext_noop("Mean of a questionnaire"),
        explanation=gettext_noop("The mean score of all answers, with how many there were."),
        inputs=(
            Input("mean", gettext_noop("Mean score"), KPI_UNIT, Taking.MEAN, of="answers"),
            Input(
                "answers", gettext_noop("Number of answers"), gettext_noop("answers"), whole=True
            ),
        ),
        unit=KPI_UNIT,
        pattern="{mean} (n = {answers})",
        calculate=calculations.as_entered,
        merge_rules=(MergeRule.WEIGHTED_MEAN, MergeRule.LAST),
        # Without an answer there is no mean.
        divisor="answers",
    ),
)

GROWTH = (
    # Of what is there: customers, members, savings.
    Formula(
        key="growth",
        title=gettext_noop("Growth from start to end"),
        explanation=gettext_noop("How much more there is at a period's end than at its start."),
        inputs=(
            Input("opening", gettext_noop("At the start"), KPI_UNIT, Taking.OPENING),
            Input("closing", gettext_noop("At the end"), KPI_UNIT, Taking.CLOSING),
        ),
        unit=PERCENT,
        pattern="({closing} − {opening}) / {opening} × 100",
        calculate=calculations.growth,
        merge_rules=(MergeRule.RECOMPUTE,),
        divisor="opening",
    ),
    # Of what is earned over time: sales, surplus. A quarter compares with the quarter before,
    # not with the sum of each month's month before.
    Formula(
        key="flow-growth",
        title=gettext_noop("Growth against the period before"),
        explanation=gettext_noop("How much more a period brought than the one before it."),
        inputs=(
            Input(
                "previous",
                gettext_noop("Period before"),
                KPI_UNIT,
                Taking.BEFORE,
                of="current",
                least=ANY_SIGN,
            ),
            Input("current", gettext_noop("This period"), KPI_UNIT, least=ANY_SIGN),
        ),
        unit=PERCENT,
        pattern="({current} − {previous}) / {previous} × 100",
        calculate=calculations.growth,
        merge_rules=(MergeRule.RECOMPUTE,),
        divisor="previous",
    ),
)

# Retention, churn and acquisition all refer to the customers at the start, so that
# retention + churn = 100 % and growth = acquisition - churn. Reichheld and Sasser (1990).
CUSTOMER_BASE = (
    Formula(
        key="retention-rate",
        title=gettext_noop("Customer retention"),
        explanation=gettext_noop(
            "How many of the customers at the start are still there at the end. Count as new "
            "only those who stayed until the end."
        ),
        inputs=(OPENING_CUSTOMERS, GAINED_CUSTOMERS, CLOSING_CUSTOMERS),
        unit=PERCENT,
        pattern="({closing} − {gained}) / {opening} × 100",
        calculate=calculations.retention_rate,
        merge_rules=(MergeRule.RECOMPUTE,),
        divisor="opening",
        least=0.0,
        most=100.0,
    ),
    Formula(
        key="churn-rate",
        title=gettext_noop("Customer churn"),
        explanation=gettext_noop("How many of the customers at the start were lost."),
        inputs=(LOST_CUSTOMERS, OPENING_CUSTOMERS),
        unit=PERCENT,
        pattern="{lost} / {opening} × 100",
        calculate=calculations.ratio,
        merge_rules=(MergeRule.RECOMPUTE,),
        divisor="opening",
        least=0.0,
        most=100.0,
    ),
    Formula(
        key="acquisition-rate",
        title=gettext_noop("Customer acquisition"),
        explanation=gettext_noop("New customers as a percentage of those at the start."),
        inputs=(GAINED_CUSTOMERS, OPENING_CUSTOMERS),
        unit=PERCENT,
        pattern="{gained} / {opening} × 100",
        calculate=calculations.ratio,
        merge_rules=(MergeRule.RECOMPUTE,),
        divisor="opening",
    ),
    # The other convention of acquisition. It may exceed 100 %: last month's prospects buy now.
    Formula(
        key="conversion-rate",
        title=gettext_noop("Prospects won"),
        explanation=gettext_noop("New customers as a percentage of the prospects."),
        inputs=(GAINED_CUSTOMERS, Input("prospects", gettext_noop("Prospects"), CUSTOMERS)),
        unit=PERCENT,
        pattern="{gained} / {prospects} × 100",
        calculate=calculations.ratio,
        merge_rules=(MergeRule.RATIO_OF_SUMS,),
        divisor="prospects",
    ),
    # After Berger and Nasr (1998): the first margin counts in full. It looks ahead, so of several
    # estimates the newest holds.
    Formula(
        key="clv",
        title=gettext_noop("Customer lifetime value"),
        explanation=gettext_noop(
            "What a customer brings over the coming periods, in today's money."
        ),
        inputs=(
            Input(
                "margin",
                gettext_noop("Margin per customer and period"),
                RUPIAH,
                Taking.LATEST,
                least=ANY_SIGN,
            ),
            Input(
                "retention", gettext_noop("Retention per period"), PERCENT, Taking.LATEST, most=100
            ),
            Input("discount", gettext_noop("Discount rate per period"), PERCENT, Taking.LATEST),
            Input(
                "periods",
                gettext_noop("Number of periods"),
                gettext_noop("periods"),
                Taking.LATEST,
                least=1.0,
                whole=True,
            ),
        ),
        unit=RUPIAH,
        pattern="Σ {margin} × ({retention} / (100 + {discount}))^t, t = 0 … {periods} − 1",
        calculate=calculations.customer_lifetime_value,
        merge_rules=(MergeRule.LAST,),
    ),
)

FINANCE = (
    Formula(
        key="profit-margin",
        title=gettext_noop("Profit margin"),
        explanation=gettext_noop("Profit or surplus as a percentage of sales."),
        inputs=(PROFIT, Input("sales", gettext_noop("Sales"), RUPIAH)),
        unit=PERCENT,
        pattern="{profit} / {sales} × 100",
        calculate=calculations.ratio,
        merge_rules=(MergeRule.RATIO_OF_SUMS,),
        divisor="sales",
    ),
    # Assets at the end, as cooperatives report surplus / assets; not made yearly.
    Formula(
        key="roa",
        title=gettext_noop("Return on assets"),
        explanation=gettext_noop("Profit or surplus as a percentage of the assets at the end."),
        inputs=(
            PROFIT,
            Input("assets", gettext_noop("Assets at the end"), RUPIAH, Taking.CLOSING),
        ),
        unit=PERCENT,
        pattern="{profit} / {assets} × 100",
        calculate=calculations.ratio,
        merge_rules=(MergeRule.RECOMPUTE, MergeRule.LAST),
        divisor="assets",
    ),
    Formula(
        key="roi",
        title=gettext_noop("Return on investment"),
        explanation=gettext_noop("What an effort earned beyond its cost, as a percentage of it."),
        inputs=(
            Input("proceeds", gettext_noop("What it brought in"), RUPIAH, least=ANY_SIGN),
            Input("cost", gettext_noop("What it cost"), RUPIAH),
        ),
        unit=PERCENT,
        pattern="({proceeds} − {cost}) / {cost} × 100",
        calculate=calculations.return_on_investment,
        merge_rules=(MergeRule.RATIO_OF_SUMS,),
        divisor="cost",
    ),
    Formula(
        key="market-share",
        title=gettext_noop("Market share"),
        explanation=gettext_noop("Own sales as a percentage of everything the market bought."),
        inputs=(
            Input("own", gettext_noop("Own sales"), RUPIAH),
            Input("market", gettext_noop("Sales of the whole market"), RUPIAH),
        ),
        unit=PERCENT,
        pattern="{own} / {market} × 100",
        calculate=calculations.ratio,
        merge_rules=(MergeRule.RATIO_OF_SUMS,),
        divisor="market",
        least=0.0,
        most=100.0,
    ),
)

FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {one.key: one for one in (*GENERAL, *GROWTH, *CUSTOMER_BASE, *FINANCE)}
)
