"""The heat map: tones, figures, spread marks, and labels that nobody expects."""

from math import nan

import pytest
from django.utils import translation

from surveys.drawings.heat_map import HeatMap, draw_heat_map, ratio_text, tone
from tests.surveys.drawings.svg import HOSTILE, classed, parsed, percents, texts

RATIOS = [[1, 3.2, nan], [1 / 3.2, 1, 1.0], [nan, 1.0, 1]]
SPREADS = [[nan, 1.0, nan], [1.0, nan, 3.0], [nan, 3.0, nan]]


def drawn(codes: list[str] | None = None) -> HeatMap:
    codes = codes or ["C-1", "C-2", "C-3"]
    titles = [[f"{row} – {column}" for column in codes] for row in codes]
    return draw_heat_map(codes, RATIOS, SPREADS, titles)


def square(size: int, code: str = "C") -> HeatMap:
    codes = [f"{code}-{place + 1}" for place in range(size)]
    cells = [[2.0] * size for _ in codes]
    return draw_heat_map(codes, cells, cells, [[""] * size for _ in codes])


def test_each_pair_has_a_cell_on_either_side_and_none_on_the_diagonal():
    root = parsed("heat_map", map=drawn())
    cells = classed(root, "heat__cell")
    assert len(cells) == 6
    assert [cell.get("class").split()[1] for cell in cells] == [
        "heat__cell--row-3",
        "heat__cell--missing",
        "heat__cell--column-3",
        "heat__cell--equal",
        "heat__cell--missing",
        "heat__cell--equal",
    ]


@pytest.mark.parametrize(("language", "figure"), [("id", "3,2"), ("en", "3.2")])
def test_the_figure_says_the_side_without_colour(language, figure):
    with translation.override(language):
        found = texts(parsed("heat_map", map=drawn()))
    assert figure in found
    assert f"1/{figure}" in found
    assert found.count("–") == 2


def test_the_mark_of_spread_grows_with_it_and_is_missing_where_all_agree():
    spreads = [cell.spread for cell in drawn().cells]
    assert spreads[0] == 0, "the experts agree"
    assert spreads[1] == 0, "nobody has judged"
    assert 0 < spreads[3] < drawn().cells[3].width
    assert len(classed(parsed("heat_map", map=drawn()), "heat__spread")) == 2


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (1, "equal"),
        (1.04, "equal"),
        (1.2, "row-1"),
        (1 / 1.2, "column-1"),
        (9, "row-4"),
        (1 / 9, "column-4"),
        (nan, "missing"),
    ],
)
def test_tones(ratio, expected):
    assert tone(ratio) == expected


def test_nearly_equal_is_not_written_as_a_fraction_of_one():
    assert ratio_text(1 / 1.01) == "1"


@pytest.mark.parametrize("size", [2, 3, 7, 10, 12])
@pytest.mark.parametrize("code", ["C", "PERSPEKTIF"])
def test_every_size_stays_inside_the_width(size, code):
    found = square(size, code)
    assert max(cell.x + cell.width for cell in found.cells) == pytest.approx(100)
    assert min(cell.x for cell in found.cells) > 0
    assert found.height >= max(cell.y + cell.height for cell in found.cells)
    assert all(0 <= place <= 100 for place in percents(parsed("heat_map", map=found)))


def test_wide_codes_stand_upright_above_their_columns():
    assert not square(4).has_upright_heads
    assert square(4, "PERSPEKTIF").has_upright_heads


def test_figures_become_smaller_where_columns_are_narrow():
    assert [square(size).density for size in (5, 6, 8)] == ["", "dense", "tight"]


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_are_text(label):
    root = parsed("heat_map", map=drawn([label, "C-2", "C-3"]))
    titles = texts(root, "title")
    assert f"{label} – C-2".strip() in titles
