"""The interval plot: a weight, and how far it moves."""

import pytest

from surveys.drawings.interval_plot import IntervalRow, draw_intervals
from tests.surveys.drawings.svg import HOSTILE, classed, parsed, percents


def row(label: str = "Retensi", **fields: object) -> IntervalRow:
    given = {"experts": (0.2, 0.4), "judgements": (0.25, 0.35)} | fields
    return IntervalRow("C-1", label, 0.3, "0,300", **given)


def test_a_weight_has_two_whiskers_around_it():
    plot = draw_intervals([row()])
    [lane] = plot.lanes
    assert plot.kinds == {"experts", "judgements"}
    for whisker in lane.whiskers:
        assert whisker.low < lane.x < whisker.high
    assert lane.whiskers[0].y < lane.middle < lane.whiskers[1].y


def test_few_experts_leave_the_whisker_of_judgements_alone():
    plot = draw_intervals([row(experts=None)])
    assert plot.kinds == {"judgements"}
    assert len(classed(parsed("interval_plot", plot=plot), "intervals__whisker")) == 1


def test_the_axis_holds_the_highest_whisker():
    plot = draw_intervals([row(experts=(0.1, 0.9))])
    assert plot.axis.end == pytest.approx(1.0)
    assert all(0 <= place <= 100 for place in percents(parsed("interval_plot", plot=plot)))


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_are_text(label):
    root = parsed("interval_plot", plot=draw_intervals([row(label), row()]))
    assert len(classed(root, "dots__group")) == 2
