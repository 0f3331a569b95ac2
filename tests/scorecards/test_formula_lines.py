"""How a KPI's value was computed, as report and entry write it, computed again."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import assume, example, given
from hypothesis import strategies as st

from organizations import figures
from scorecards.methods.errors import MethodError
from scorecards.methods.formulas import FORMULAS
from scorecards.models import KPI, Measurement
from scorecards.selectors.kpi_formula import DIRECT, compute_value, shown_value
from scorecards.selectors.report.computation import input_rows, value_formula
from surveys.methods.screening import aiken_v
from tests.calculator import Reader, rounded

KEYS = sorted(FORMULAS.keys() - {DIRECT})
numbers = st.one_of(
    st.integers(0, 5000),
    st.decimals(0, 100, places=2),
    st.decimals(0, 10, places=6),
    st.integers(100_000, 900_000_000),
)


def said_of(kpi, inputs):
    """The line, as a row of the report has it."""
    try:
        value = compute_value(kpi, inputs)
    except MethodError:
        assume(False)
    stored = {key: str(number) for key, number in inputs.items()}
    measurement = Measurement(kpi=kpi, value=value, formula=kpi.formula, inputs=stored)
    row = SimpleNamespace(
        formula=kpi.formula,
        inputs=input_rows(kpi, measurement),
        measured=value,
        shown=shown_value(value, kpi.decimals, is_computed=True),
        unit=kpi.unit,
        decimals=kpi.decimals,
    )
    return value_formula(row)


def check(kpi, inputs):
    for language in ("id", "en"):
        with translation.override(language):
            said = said_of(kpi, inputs)
        reader = Reader(language)
        if "≈" in said:
            # A float holds fifteen digits, and what is computed with it no more.
            assert reader.printed(said.partition("≈")[2]).value > 10**10, said
            continue
        lines = list(reader.lines(said.replace(figures.NO_BREAK_SPACE, " ")))
        assert [reader.fault_of(*each) for each in lines] in ([], [None]), said
        # A mean as it was entered is no computation.
        assert lines or kpi.formula == "mean" or "(n =" in said, said


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
def test_the_line_of_every_formula_is_confirmed(key, data):
    inputs = {}
    for one in FORMULAS[key].inputs:
        whole = one.key in ("periods", "answers")
        inputs[one.key] = Decimal(data.draw(st.integers(1, 24) if whole else numbers))
    unit = FORMULAS[key].unit or data.draw(st.sampled_from(["rupiah", "orang", ""]))
    check(KPI(code="K", formula=key, unit=unit, decimals=data.draw(st.integers(0, 3))), inputs)


def test_a_value_that_was_rounded_twice():
    """8.3349997 is stored as 8.335, which would be shown as 8.34; a calculator says 8.33."""
    kpi = KPI(code="K", formula="ratio", unit="%", decimals=2)
    inputs = {"amount": Decimal("83349997"), "base": Decimal("1000000000")}
    with translation.override("en"):
        assert said_of(kpi, inputs) == "83,349,997 / 1,000,000,000 × 100 = 8.335%"
    check(kpi, inputs)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
@example([4, 4, 4, 4, 4, 4, 4, 5])  # 4.125
def test_mean_and_validity_follow_from_the_printed_sum(ratings):
    total, count = sum(ratings), len(ratings)
    with translation.override("en"):
        mean = figures.figure(total / count, 2)
        validity = figures.figure(aiken_v(ratings).v, 2)
    assert Decimal(mean) == rounded(Fraction(total, count), 2)
    assert Decimal(validity) == rounded(Fraction(total - count, 4 * count), 2)
