"""The figures of `python -m benchmarks.results`, for a few experts."""

from benchmarks.results import run


def test_everything_is_computed_for_a_few_experts():
    found = run(experts=4, rounds=1)
    assert found["judgements"] == 4 * 5 * 21
    assert 0 < found["queries"] < 20
    assert found["computing"] >= found["bootstrap"] > 0
    assert found["rest"] > 0
    assert found["page"] > 0
