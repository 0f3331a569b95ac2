"""Inputs of the KPI formulas for property tests, and numbers to compare them by."""

import pytest
from hypothesis import strategies as st

from scorecards.methods.formulas import FORMULAS, MergeRule

counts = st.integers(1, 10_000)


def equals(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


def every_formula(but=()):
    return pytest.mark.parametrize("key", [key for key in FORMULAS if key not in but])


@st.composite
def inputs_of(draw, formula):
    """Inputs that a formula accepts, whole numbers above 0."""
    found = {one.key: draw(counts) for one in formula.inputs}
    if "retention" in found:
        found["retention"] %= 101
    if formula.key == "retention-rate":
        stayed = draw(st.integers(0, found["opening"]))
        found["closing"] = stayed + found["gained"]
    if formula.key in {"churn-rate", "market-share"}:
        part, whole = (one.key for one in formula.inputs)
        found[part] %= found[whole] + 1
    return found


@st.composite
def customer_months(draw, size=12):
    """A shop's months: each opens with whom the last one closed with, and loses few of them."""
    opening = draw(st.integers(1_000, 5_000))
    months = []
    for _ in range(size):
        gained, lost = draw(st.integers(0, 200)), draw(st.integers(0, 80))
        closing = opening + gained - lost
        months.append({"opening": opening, "gained": gained, "lost": lost, "closing": closing})
        opening = closing
    return months


def year_of(months):
    """The same months, counted as one year."""
    return {
        "opening": months[0]["opening"],
        "gained": sum(month["gained"] for month in months),
        "lost": sum(month["lost"] for month in months),
        "closing": months[-1]["closing"],
    }


ADDITIVE = [key for key, one in FORMULAS.items() if one.merge_rules[0] is MergeRule.RATIO_OF_SUMS]
