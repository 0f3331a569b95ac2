"""Some of the guesses of `python -m benchmarks.guesses` (I4)."""

from collections import Counter

from benchmarks.guesses import MOST_MISSES, Guesses, run


def test_i4_guessed_links_never_hit_and_never_lock_out_the_right_one():
    found = run(guesses=60, every=10)
    assert found.hits == 0
    assert found.statuses == {404: MOST_MISSES, 429: 40}
    assert (len(found.valid), found.valid_failed) == (6, 0)
    assert len(found.sizes) == 1, "the same page for every kind of wrong link"


def guesses(**changed: object) -> Guesses:
    sound = {
        "statuses": Counter({404: 20, 429: 80}),
        "sizes": frozenset({2048}),
        "medians": {"random text": 5.0, "revoked": 6.0},
        "valid": [20.0],
        "valid_failed": 0,
    }
    return Guesses(**(sound | changed))


def test_what_is_not_good():
    assert guesses().is_good
    assert not guesses(statuses=Counter({404: 20, 429: 79, 200: 1})).is_good
    assert not guesses(statuses=Counter({404: 100})).is_good
    assert not guesses(valid_failed=1).is_good
    assert not guesses(sizes=frozenset({2048, 2049})).is_good
    assert not guesses(medians={"random text": 5.0, "revoked": 16.0}).is_good
