import pytest

from organizations.throttle import Throttle, origin


def test_try_beyond_the_limit_gets_no_slot():
    throttle = Throttle("test", limit=2, seconds=60)
    assert throttle.take("a")
    assert throttle.take("a")
    assert throttle.take("a") is None


def test_subjects_are_counted_apart():
    throttle = Throttle("test", limit=1, seconds=60)
    assert throttle.take("a", "b")
    assert throttle.take("a", "c")
    assert throttle.take("ab") is not None


def test_try_that_is_given_back_does_not_count():
    throttle = Throttle("test", limit=1, seconds=60)
    throttle.give_back(throttle.take("a"))
    assert throttle.take("a")


def test_slot_is_free_again_when_its_time_is_over():
    throttle = Throttle("test", limit=1, seconds=0)
    assert throttle.take("a")
    assert throttle.take("a")


def test_cache_holds_no_address():
    slot = Throttle("test", limit=1, seconds=60).take("sri@lasem.id")
    assert "sri" not in slot


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
    ],
)
def test_origin_is_what_one_visitor_cannot_change(rf, address, expected):
    assert origin(rf.get("/", REMOTE_ADDR=address)) == expected
