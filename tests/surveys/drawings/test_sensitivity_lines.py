"""Lines of sensitivity: where a KPI overtakes another as a perspective weighs more."""

import pytest

from surveys.drawings.sensitivity_lines import (
    LABEL_STEP,
    Crossing,
    KPILine,
    SensitivityLines,
    draw_sensitivity,
)
from tests.surveys.drawings.svg import HOSTILE, classed, parsed, percents, texts


def drawn(others: int = 2, current: float = 0.25, code: str = "K") -> SensitivityLines:
    lines = [KPILine(f"{code}{n}", "Lain", 0.5 / (n + 1), 0.0, own=False) for n in range(others)]
    lines.append(KPILine("S1", "Sendiri", 0.0, 0.8, own=True))
    crossings = [Crossing(0.4, 0.3, "S1 > K0", leads=True), Crossing(0.2, 0.15, "S1 > K1")]
    return draw_sensitivity(lines, crossings, current, "kini 0,25")


def test_own_lines_rise_and_the_others_fall():
    plot = drawn()
    own = [line for line in plot.lines if line.own]
    assert [line.end_y < line.start_y for line in own] == [True]
    assert all(line.end_y > line.start_y for line in plot.lines if not line.own)
    assert plot.lines[-1].own, "on top of the others"


def test_the_present_weight_and_the_crossings_are_marked():
    root = parsed("sensitivity_lines", plot=drawn())
    assert len(classed(root, "sensitivity__now")) == 1
    assert len(classed(root, "sensitivity__crossing")) == 2
    assert len(classed(root, "sensitivity__crossing--leads")) == 1
    assert "kini 0,25" in texts(root)
    assert all(0 <= place <= 100 for place in percents(root))


@pytest.mark.parametrize(("current", "anchor"), [(0.0, "start"), (0.5, "middle"), (1.0, "end")])
def test_the_text_of_the_present_weight_stays_inside(current, anchor):
    assert drawn(current=current).current_anchor == anchor


def test_names_never_cover_each_other_and_stay_on_the_drawing():
    plot = drawn(others=40)
    heights = [name.y for name in plot.falling]
    assert 1 < len(heights) < 40, "those that find no room stand in the table alone"
    assert all(low - high >= LABEL_STEP for high, low in zip(heights, heights[1:], strict=False))
    assert heights[-1] <= plot.bottom + LABEL_STEP


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_codes_are_text_and_shortened(code):
    plot = drawn(code=code)
    assert len(texts(parsed("sensitivity_lines", plot=plot), "title")) == 6
    assert all(len(name.text) < 20 for name in plot.falling)
