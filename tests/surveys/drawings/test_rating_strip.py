"""One candidate's ratings on their scale."""

from xml.etree import ElementTree

from django.template.loader import render_to_string
from django.utils import translation

from surveys.drawings.rating_strip import EDGE, LARGEST_RADIUS, draw_strip, strip_text
from tests.surveys.drawings.svg import classed, percents


def drawn(counts=(0, 0, 1, 0, 4), mean=4.6, cut=4.0) -> ElementTree.Element:
    strip = draw_strip(counts, mean, cut)
    return ElementTree.fromstring(  # noqa: S314  our own template's output
        render_to_string("surveys/drawings/rating_strip.svg", {"strip": strip})
    )


def test_a_dot_for_each_rating_that_was_given_by_its_share():
    three, five = draw_strip((0, 0, 1, 0, 4), 4.6).dots
    assert (three.x, five.x) == (50, 100 - EDGE)
    assert five.radius == 2 * three.radius
    assert draw_strip((0, 0, 0, 0, 7), 5.0).dots[0].radius == LARGEST_RADIUS


def test_mean_and_cut_off_stand_on_the_same_scale():
    strip = draw_strip((0, 0, 1, 0, 4), 3.0, 3.0)
    assert strip.mean_x == strip.cut_x == 50
    assert draw_strip((1, 0, 0, 0, 0), 1.0, 5.2).cut_x is None
    assert draw_strip((1, 0, 0, 0, 0), 1.0, 0.5).cut_x is None


def test_the_picture_in_words():
    with translation.override("en"):
        assert strip_text((0, 0, 1, 0, 4), 4.6) == ("1 expert gave 3, 4 experts gave 5; mean 4.60")
        assert strip_text((0, 0, 0, 0, 0), None) == "Nobody rated it."


def test_the_markup_is_named_and_stays_inside():
    root = drawn()
    assert root.get("role") == "img"
    assert "4,60" in root.get("aria-label")
    assert len(classed(root, "strip__dot")) == 2
    assert len(classed(root, "strip__mean")) == len(classed(root, "strip__cut")) == 1
    assert all(0 <= place <= 100 for place in percents(root))
    assert not any("style" in element.attrib for element in root.iter())


def test_nothing_rated_is_an_empty_scale():
    root = drawn((0, 0, 0, 0, 0), None, None)
    assert [element.get("class") for element in root] == ["strip__scale"]
