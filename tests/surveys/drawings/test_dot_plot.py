"""The dot plot: one dot for each expert, however many there are."""

import pytest

from surveys.drawings.dot_plot import LANE_HEIGHT, DotPlot, DotRow, ExpertDot, draw_dots
from tests.surveys.drawings.svg import HOSTILE, classed, parsed, percents, texts


def rows(elements: int = 3, experts: int = 5, label: str = "Kepuasan Pelanggan") -> list[DotRow]:
    return [
        DotRow(
            code=f"C-{element}",
            label=label,
            group=0.2,
            group_text="0,200",
            dots=tuple(
                ExpertDot(f"P{expert}: 0,1", 0.1 + 0.002 * (expert % 90), hollow=expert % 5 == 0)
                for expert in range(experts)
            ),
        )
        for element in range(elements)
    ]


def drawn(*args: int) -> DotPlot:
    return draw_dots(rows(*args))


@pytest.mark.parametrize(("elements", "experts"), [(1, 1), (3, 5), (10, 200)])
def test_every_expert_is_one_dot_in_every_lane(elements, experts):
    root = parsed("dot_plot", plot=drawn(elements, experts))
    assert len(classed(root, "dots__dot")) == elements * experts
    assert len(classed(root, "dots__dot--hollow")) == elements * -(-experts // 5)
    assert len(classed(root, "dots__group")) == elements
    assert all(0 <= place <= 100 for place in percents(root))


@pytest.mark.parametrize("experts", [1, 12, 40, 90, 200])
def test_dots_stay_inside_their_lane(experts):
    plot = draw_dots(
        [DotRow("C-1", "Satu", 0.5, "0,500", tuple(ExpertDot("", 0.5) for _ in range(experts)))]
    )
    [lane] = plot.lanes
    assert min(dot.y for dot in lane.dots) >= lane.top + plot.radius - 1e-9
    assert max(dot.y for dot in lane.dots) <= lane.top + LANE_HEIGHT - plot.radius + 1e-9
    assert len({dot.y for dot in lane.dots}) == experts


@pytest.mark.parametrize("experts", [1, 12, 200])
def test_the_groups_diamond_hides_no_dot(experts):
    diamond = 8.0
    for lane in (plot := drawn(3, experts)).lanes:
        assert max(dot.y for dot in lane.dots) + plot.radius <= lane.foot - diamond + 1e-9
        assert lane.foot + diamond <= lane.bottom + 1e-9


def test_the_more_experts_the_smaller_the_dots():
    sizes = [drawn(1, experts).radius for experts in (5, 30, 80, 200)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4
    assert not drawn(1, 80).is_crowd
    assert drawn(1, 200).is_crowd


def test_a_dot_says_whose_it_is_while_there_are_few():
    assert "P3: 0,1" in texts(parsed("dot_plot", plot=drawn()), "title")
    assert len(texts(parsed("dot_plot", plot=drawn(1, 200)), "title")) == 1


def test_the_axis_ends_at_a_round_weight():
    assert [mark.text for mark in drawn().axis.marks] == ["0", "0,05", "0,1", "0,15", "0,2"]
    alone = draw_dots([DotRow("C-1", "Satu", 1.0, "1,000", ())])
    assert alone.axis.marks[-1].text == "1"


def test_nothing_to_draw_is_an_axis_alone():
    assert len(texts(parsed("dot_plot", plot=draw_dots([])))) > 1


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_are_text_on_at_most_two_lines(label):
    plot = draw_dots(rows(2, 3, label))
    root = parsed("dot_plot", plot=plot)
    assert len(classed(root, "drawing__label")) == 2
    assert all(len(lane.label.lines) <= 2 for lane in plot.lanes)
