import inspect
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.methods import calculations
from scorecards.methods.errors import MethodError
from scorecards.methods.formulas import FORMULAS, MergeRule, Taking
from tests.scorecards.methods.formula_inputs import counts, equals, every_formula, inputs_of

# By hand


@pytest.mark.parametrize(
    ("key", "inputs", "value"),
    [
        ("direct-value", {"value": -3.5}, -3.5),
        ("ratio", {"amount": 3, "base": 60}, 5),
        ("ratio", {"amount": 350, "base": 200}, 175),
        ("ratio", {"amount": -5, "base": 200}, -2.5),
        ("average", {"total": 750_000, "units": 6}, 125_000),
        ("questionnaire-mean", {"mean": 3.45, "answers": 100}, 3.45),
        ("growth", {"opening": 40, "closing": 46}, 15),
        ("growth", {"opening": 40, "closing": 0}, -100),
        ("flow-growth", {"previous": 8_000_000, "current": 10_000_000}, 25),
        ("flow-growth", {"previous": 8_000_000, "current": -2_000_000}, -125),
        ("retention-rate", {"opening": 50, "gained": 10, "closing": 52}, 84),
        ("retention-rate", {"opening": 50, "gained": 0, "closing": 0}, 0),
        ("retention-rate", {"opening": 50, "gained": 7, "closing": 57}, 100),
        ("churn-rate", {"lost": 8, "opening": 50}, 16),
        ("churn-rate", {"lost": 0, "opening": 50}, 0),
        ("acquisition-rate", {"gained": 60, "opening": 50}, 120),
        ("conversion-rate", {"gained": 12, "prospects": 48}, 25),
        ("profit-margin", {"profit": 1_500_000, "sales": 12_000_000}, 12.5),
        ("profit-margin", {"profit": -600_000, "sales": 12_000_000}, -5),
        ("roa", {"profit": 9_000_000, "assets": 150_000_000}, 6),
        ("roi", {"proceeds": 1_500_000, "cost": 1_200_000}, 25),
        ("roi", {"proceeds": 0, "cost": 1_200_000}, -100),
        ("market-share", {"own": 30, "market": 120}, 25),
        # 250 000 x (1 + 8/11 + 64/121 + 512/1331 + 4096/14641)
        ("clv", {"margin": 250_000, "retention": 80, "discount": 10, "periods": 5}, 730_158.459),
    ],
)
def test_computed_by_hand(key, inputs, value):
    assert FORMULAS[key].compute(inputs) == pytest.approx(value, abs=0.001)


# The KPI library: what it writes for a KPI is what the formula computes.

BOOKS = {
    **{"penjualan_kini": 12e6, "penjualan_lalu": 10e6, "penjualan": 9e6, "transaksi": 90},
    **{"plg_akhir": 52, "plg_awal": 50, "plg_baru": 10, "keluhan": 3, "kas_bank": 7e6},
    **{"kewajiban": 5e6, "jumlah_skor": 345, "jumlah_jawaban": 100, "laba": 1.8e6, "anggota": 60},
    **{"shu": 4e6, "aset": 80e6, "mitra": 4, "total_jam": 45, "pesan": 30},
}


@pytest.mark.parametrize(
    ("code", "key", "named", "written", "rule"),
    [
        (
            "CV1-1",
            "flow-growth",
            {"current": "penjualan_kini", "previous": "penjualan_lalu"},
            lambda b: (b["penjualan_kini"] - b["penjualan_lalu"]) / b["penjualan_lalu"] * 100,
            "recompute_from_inputs",
        ),
        (
            "CV1-2",
            "average",
            {"total": "penjualan", "units": "transaksi"},
            lambda b: b["penjualan"] / b["transaksi"],
            "ratio_of_sums",
        ),
        (
            "CV2-1",
            "growth",
            {"closing": "plg_akhir", "opening": "plg_awal"},
            lambda b: (b["plg_akhir"] - b["plg_awal"]) / b["plg_awal"] * 100,
            "recompute_from_inputs",
        ),
        ("CV2-2", "direct-value", {"value": "plg_baru"}, lambda b: b["plg_baru"], "sum"),
        (
            "CV3-1",
            "retention-rate",
            {"closing": "plg_akhir", "gained": "plg_baru", "opening": "plg_awal"},
            lambda b: (b["plg_akhir"] - b["plg_baru"]) / b["plg_awal"] * 100,
            "recompute_from_inputs",
        ),
        (
            "CS1-1",
            "average",
            {"total": "jumlah_skor", "units": "jumlah_jawaban"},
            lambda b: b["jumlah_skor"] / b["jumlah_jawaban"],
            "ratio_of_sums",
        ),
        (
            "CS2-1",
            "ratio",
            {"amount": "keluhan", "base": "transaksi"},
            lambda b: b["keluhan"] / b["transaksi"] * 100,
            "ratio_of_sums",
        ),
        (
            "CI1-1",
            "average",
            {"total": "total_jam", "units": "pesan"},
            lambda b: b["total_jam"] / b["pesan"],
            "ratio_of_sums",
        ),
        (
            "OR1-1",
            "profit-margin",
            {"profit": "laba", "sales": "penjualan"},
            lambda b: b["laba"] / b["penjualan"] * 100,
            "ratio_of_sums",
        ),
        ("IN3-1", "direct-value", {"value": "mitra"}, lambda b: b["mitra"], "last"),
        (
            "AN2-1",
            "average",
            {"total": "shu", "units": "anggota"},
            lambda b: b["shu"] / b["anggota"],
            "last",
        ),
        (
            "KU1-3",
            "roa",
            {"profit": "shu", "assets": "aset"},
            lambda b: b["shu"] / b["aset"] * 100,
            "last",
        ),
        (
            "LI1-1",
            "ratio",
            {"amount": "kas_bank", "base": "kewajiban"},
            lambda b: b["kas_bank"] / b["kewajiban"] * 100,
            "last",
        ),
    ],
)
def test_library_formulas(code, key, named, written, rule):
    formula = FORMULAS[key]
    inputs = {ours: BOOKS[theirs] for ours, theirs in named.items()}
    assert formula.compute(inputs) == equals(written(BOOKS))
    assert rule in formula.merge_rules


# Identities


@given(counts, counts, st.data())
def test_retention_and_churn_sum_to_100(opening, gained, data):
    lost = data.draw(st.integers(0, opening))
    customers = {"opening": opening, "gained": gained, "lost": lost}
    customers["closing"] = opening + gained - lost
    rate = {
        key: FORMULAS[key].compute(customers)
        for key in ("retention-rate", "churn-rate", "acquisition-rate", "growth")
    }
    assert rate["retention-rate"] + rate["churn-rate"] == equals(100)
    assert rate["acquisition-rate"] - rate["churn-rate"] == equals(rate["growth"])


@every_formula(but=["direct-value", "average", "questionnaire-mean", "clv"])
@given(data=st.data(), scale=st.integers(2, 1_000))
def test_percentages_do_not_depend_on_the_scale(key, data, scale):
    """Counted in thousands of rupiah or in rupiah, a percentage is the same."""
    formula = FORMULAS[key]
    inputs = data.draw(inputs_of(formula))
    larger = {name: value * scale for name, value in inputs.items()}
    assert formula.compute(larger) == equals(formula.compute(inputs))


@given(counts, counts, st.integers(2, 1_000))
def test_averages_grow_with_their_total(total, units, scale):
    average = FORMULAS["average"]
    once = average.compute({"total": total, "units": units})
    assert average.compute({"total": total * scale, "units": units}) == equals(once * scale)


def test_decimals_are_taken_and_others_ignored():
    inputs = {"amount": Decimal("0.3"), "base": Decimal("60"), "note": 7}
    assert FORMULAS["ratio"].compute(inputs) == equals(0.5)


def test_rounding_beyond_a_limit_is_the_limit():
    value = FORMULAS["retention-rate"].compute({"opening": 0.3, "gained": 0.1, "closing": 0.4})
    assert value == 100


# Names, sentences, the registry


def test_a_kpi_names_its_inputs():
    complaints = FORMULAS["ratio"].named({"amount": "Complaints", "base": ""})
    assert [one.title for one in complaints.inputs] == ["Complaints", "Number it is compared with"]
    with pytest.raises(MethodError, match="“Complaints” is missing"):
        complaints.compute({"base": 90})
    assert FORMULAS["ratio"].inputs[0].title == "Number that counts"


@every_formula(but=["direct-value", "questionnaire-mean", "clv"])
@given(data=st.data())
def test_a_sentence_is_what_is_computed(key, data):
    """Read as arithmetic, the written formula gives the computed value."""
    formula = FORMULAS[key]
    sentence = formula.sentence(data.draw(inputs_of(formula)))
    written, result = sentence.render(number=repr).split(" = ")
    arithmetic = written.replace("−", "-").replace("×", "*")
    assert eval(arithmetic) == equals(sentence.result)  # noqa: S307 - our own signs and numbers
    assert result == f"{sentence.result!r} {formula.unit}".strip()


def test_a_sentence_of_a_lifetime_value():
    inputs = {"margin": 100, "retention": 80, "discount": 0, "periods": 3}
    said = FORMULAS["clv"].sentence(inputs).render(number=lambda n: f"{n:.0f}")
    assert said == "Σ 100 × (80 / (100 + 0))^t, t = 0 … 3 − 1 = 244 rupiah"


def test_a_sentence_puts_titles_where_numbers_are_missing():
    sentence = FORMULAS["growth"].sentence({"opening": -2})
    assert sentence.result is None
    assert sentence.render({"At the end": "Di akhir"}.get) == "(Di akhir − (-2)) / (-2) × 100"
    assert [piece.key for piece in sentence.pieces if piece.key] == [
        "closing",
        "opening",
        "opening",
    ]


def test_the_registry_cannot_be_changed():
    with pytest.raises(TypeError):
        FORMULAS["ratio"] = FORMULAS["growth"]


@every_formula()
def test_a_formula_is_whole(key):
    formula = FORMULAS[key]
    names = [one.key for one in formula.inputs]
    written = {piece.key for piece in formula.sentence({}).pieces if piece.key}
    assert formula.key == key
    assert written == set(names)
    assert len(set(names)) == len(names)
    inspect.signature(formula.calculate).bind(*names)
    assert formula.divisor in {"", *names}
    assert all(
        one.of in names for one in formula.inputs if one.taking in {Taking.BEFORE, Taking.MEAN}
    )
    assert all(isinstance(rule, MergeRule) and rule.words for rule in formula.merge_rules)


def test_every_calculation_is_used():
    used = {formula.calculate for formula in FORMULAS.values()}
    assert used == {found for _, found in inspect.getmembers(calculations, inspect.isfunction)}
