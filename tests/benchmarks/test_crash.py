"""A few of the kills of `python -m benchmarks.crash`, and that it notices what goes wrong (R2)."""

from django.db import connection

from benchmarks.crash import Verdict, run

SENT = ("s1", "1-2", "row", 3, 1)
REVISED = ("s1", "1-2", "column", 5, 2)
OTHER = ("s1", "1-3", "equal", 1, 1)


def test_r2_kills_lose_and_double_nothing():
    found = run(rounds=3, experts=4, database=connection.vendor)
    assert found.is_sound, found
    assert found.verdict.acknowledged > 10


def test_r2_a_store_that_confirms_too_early_is_found_out():
    found = run(rounds=4, experts=4, settings="tests.benchmarks.forgetful")
    assert found.verdict.lost
    assert not found.is_sound


def test_verdict_sound():
    verdict = Verdict.of([SENT, REVISED, OTHER], [OTHER, REVISED, SENT])
    assert verdict == Verdict(3, (), (), 0)


def test_verdict_unconfirmed_rows_are_no_fault():
    assert Verdict.of([SENT], [SENT, OTHER]) == Verdict(1, (), (), 0)


def test_verdict_lost():
    assert Verdict.of([SENT, REVISED], [SENT]) == Verdict(2, (REVISED,), (REVISED,), 0)


def test_verdict_another_value_than_confirmed_is_lost():
    changed = (*SENT[:3], 4, SENT[-1])
    assert Verdict.of([SENT], [changed]) == Verdict(1, (SENT,), (), 0)


def test_verdict_not_in_force():
    """A row that nobody confirmed stands above the last confirmed one."""
    assert Verdict.of([SENT], [SENT, REVISED]).not_in_force == (SENT,)


def test_verdict_duplicates():
    assert Verdict.of([SENT], [SENT, SENT]).duplicates == 1
    same_seq = (*SENT[:2], "column", 2, SENT[-1])
    assert Verdict.of([SENT], [SENT, same_seq]).duplicates == 1
