"""How much a questionnaire's first screens weigh on the line (L4)."""

from benchmarks.first_screen import Screen, run


def test_l4_the_first_screens_are_light(browser):
    found = run(browser)
    assert [screen.name for screen in found] == [
        "personal link",
        "consent",
        "overview",
        "first comparison",
    ]
    for screen in found:
        assert screen.is_light, screen
        assert screen.requests > 0
        assert screen.bytes["br"] > 1000


def test_l4_a_heavy_screen_is_not_light():
    assert Screen("one", 10, {"br": 5, "gzip": 10}, aim=10).is_light
    assert not Screen("one", 10, {"br": 5, "gzip": 11}, aim=10).is_light
    assert not Screen("one", 11, {"br": 5, "gzip": 10}, aim=10).is_light
