"""The workbook: live formulas that read the right cells and carry our values.

That a spreadsheet program computes the same is proved in test_research_programs.py.
"""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from django.utils import timezone, translation
from openpyxl.utils import get_column_letter, range_boundaries

from scorecards.methods import ahp
from scorecards.models import Scorecard
from surveys.demo.load import load_demo
from surveys.exports.research_xlsx_cells import sheet_name
from surveys.models import Survey
from surveys.selectors.research_data import ResearchData, research_data
from surveys.services.sending import submit_response
from tests.surveys import builders, screenings
from tests.surveys.research_books import Book, formula_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """The names of sheets are in the language of who asks."""
    with translation.override("en"):
        yield


def answered(sizes=(3, 2), experts=(3, 1 / 5), **fields) -> Survey:
    survey = builders.survey(sizes=sizes, **fields)
    for number, ratio in enumerate(experts, start=1):
        response = builders.response(builders.invitation(survey, f"P{number}", weight=number))
        builders.answer_all(response, ratio)
        submit_response(response=response, now=timezone.now())
    return survey


def places(sheet, text: str) -> tuple[int, int]:
    """Row and column, from 1, of the cell that holds this text."""
    return next(
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(text)
    )


def block(sheet, first: tuple[int, int], size: int) -> np.ndarray:
    row, column = first
    return np.array(
        [[sheet.cell(row + i, column + j).value for j in range(size)] for i in range(size)],
        dtype=float,
    )


def make(survey: Survey) -> tuple[ResearchData, Book]:
    data = research_data(survey)
    return data, Book.made(data)


def test_sheets_stand_in_order():
    _data, book = make(answered())
    assert book.values.sheetnames == [
        *("About", "Codebook", "Experts", "Answers long", "Answers wide", "Weights"),
        *("Global weights", "Intervals", "Consistency", "Proposals", "Who judged what"),
        "Random index",
        *("1 M1", "1 M1 experts", "2 M2", "2 M2 experts"),
    ]


def test_the_group_matrix_is_live_and_ours():
    data, book = make(answered())
    figures = data.figures[0]
    sheet, values = book.formulas["1 M1"], book.values["1 M1"]
    first = (5, 3)
    assert block(values, first, 3) == pytest.approx(np.array(figures.group, dtype=float))
    formula = formula_of(sheet.cell(5, 4))
    assert formula.startswith("=EXP(SUM(IF(ISNUMBER(")
    # Each pair reads its own column of the experts' rows, their weights and who counts.
    expert, _column = places(values, "P1")
    for number, (i, j) in enumerate(figures.part.pairs):
        formula = formula_of(sheet.cell(5 + i, 3 + j))
        ranges = {
            range_boundaries(each) for each in re.findall(r"\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", formula)
        }
        assert ranges == {(column, expert, column, expert + 1) for column in (3, 4, 5 + number)}
        assert formula_of(sheet.cell(5 + j, 3 + i)) == f"=1/{sheet.cell(5 + i, 3 + j).coordinate}"


def test_the_judgements_stand_below_as_numbers_that_may_be_changed():
    data, book = make(answered())
    values, sheet = book.values["1 M1"], book.formulas["1 M1"]
    row, column = places(values, "P1")
    assert column == 1
    assert [values.cell(row, place).value for place in range(2, 8)] == [3, 1, 1, 3, 3, 3]
    assert [values.cell(row + 1, place).value for place in range(2, 8)] == [3, 2, 1, 0.2, 0.2, 0.2]
    assert all(sheet.cell(row, place).data_type == "n" for place in range(2, 8))


@pytest.mark.parametrize("method", list(ahp.METHODS))
def test_live_weights_carry_ours_and_ours_stand_beside(method):
    data, book = make(answered(sizes=[5]))
    values, sheet = book.values["1 M1"], book.formulas["1 M1"]
    ours = data.figures[0].measured.weights[method]
    live = 3 + 5 + 1 + list(ahp.METHODS).index(method)
    for place, weight in enumerate(ours):
        assert sheet.cell(5 + place, live).data_type == "f"
        assert values.cell(5 + place, live).value == pytest.approx(weight, abs=1e-12)
        assert sheet.cell(5 + place, live + 3).data_type == "n"
        assert values.cell(5 + place, live + 3).value == pytest.approx(weight, abs=1e-12)


@pytest.mark.parametrize("method", list(ahp.METHODS))
@pytest.mark.parametrize("table", Scorecard.RandomIndex.values)
def test_consistency_is_live_at_the_weights_in_use_and_against_the_chosen_table(table, method):
    survey = answered(sizes=[4])
    survey.scorecard.random_index = table
    survey.scorecard.priority_method = method
    survey.scorecard.save()
    data, book = make(survey)
    measured = data.figures[0].measured
    values, sheet = book.values["1 M1"], book.formulas["1 M1"]
    row, _column = places(values, "Lambda")
    shown = [values.cell(row + place, 3).value for place in range(4)]
    index = ahp.RANDOM_INDICES[table][3]
    assert shown == pytest.approx([measured.lambda_max, measured.ci, index, measured.cr], abs=1e-12)
    assert all(sheet.cell(row + place, 3).data_type == "f" for place in range(4))
    column = "BCD"[Scorecard.RandomIndex.values.index(table)]
    assert f"'Random index'!${column}$2:${column}$16" in formula_of(sheet.cell(row + 2, 3))
    assert values.cell(row + 3, 4).value == pytest.approx(measured.cr, abs=1e-12)
    # The image of the weights in use, and that divided by them, stand right of all weights.
    used = 3 + 4 + 1 + list(ahp.METHODS).index(method)
    letter = get_column_letter(used)
    image = 3 + 4 + 1 + 6
    assert f"${letter}$5:${letter}$8" in formula_of(sheet.cell(5, image))
    assert formula_of(sheet.cell(5, image + 1)).endswith(f"/{letter}5")


def test_two_elements_have_no_ratio():
    _data, book = make(answered(sizes=[2]))
    values = book.values["1 M1"]
    row, _column = places(values, "Lambda")
    assert values.cell(row + 3, 3).value in (None, "")


def test_every_experts_matrix_reads_his_row():
    data, book = make(answered())
    sheet, values = book.formulas["1 M1 experts"], book.values["1 M1 experts"]
    top, column = places(values, "P2")
    assert column == 1
    assert block(values, (top + 1, 3), 3)[0].tolist() == pytest.approx([1, 0.2, 0.2])
    judged, _column = places(book.values["1 M1"], "P2")
    assert formula_of(sheet.cell(top + 1, 4)) == f"='1 M1'!E{judged}"
    expert = data.figures[0].experts[1]
    row, column = places(values, "lambda max")
    last = [values.cell(row + place, column + 1).value for place in (0, 1, 3)]
    first = data.figures[0].experts[0].measured
    assert last == pytest.approx([first.lambda_max, first.ci, first.cr], abs=1e-12)
    assert expert.answered == 3


def test_an_incomplete_group_has_no_formulas_and_says_why():
    survey = builders.survey(sizes=[3])
    response = builders.response(builders.invitation(survey))
    for pair in builders.pairs(survey)[:2]:
        builders.judge(response, *pair, 3)
    submit_response(response=response, now=timezone.now(), missing_accepted=True)
    _data, book = make(survey)
    assert [place for sheet, place in book.computed() if sheet == "1 M1"] == []
    assert "nobody answered" in book.values["1 M1"]["A2"].value


def test_squares_of_more_experts_than_anybody_looks_at_are_left_out(monkeypatch):
    monkeypatch.setattr("surveys.exports.research_xlsx_experts.MOST_EXPERTS", 1)
    _data, book = make(answered())
    texts = [cell.value for row in book.values["1 M1 experts"].iter_rows() for cell in row]
    assert "P1" in texts
    assert "P2" not in texts
    assert "first 1 expert" in book.values["1 M1 experts"]["A2"].value


def test_a_table_with_more_rows_than_a_workbook_bears_says_so(monkeypatch):
    monkeypatch.setattr("surveys.exports.research_xlsx.MOST_ROWS", 3)
    _data, book = make(answered())
    sheet = book.values["Answers long"]
    assert sheet.max_row == 5
    assert "more rows" in sheet["A5"].value


def test_a_screenings_figures_are_live_and_ours():
    survey = builders.screening()
    screenings.send_all(survey, [5, 4, 3, 2, 1], [4, None, 5, 4, 3])
    data, book = make(survey)
    sheet, values = book.formulas["Ratings"], book.values["Ratings"]
    experts, _column = places(values, "P1")
    for place, result in enumerate(data.screening.results):
        figures, column = result.figures, 2 + place
        ours = [figures.raters, figures.total, figures.mean, figures.validity]
        assert [values.cell(6 + row, column).value for row in range(4)] == pytest.approx(ours)
        assert [values.cell(11 + row, column).value for row in range(4)] == pytest.approx(ours)
        assert all(sheet.cell(6 + row, column).data_type == "f" for row in range(4))
        span = re.search(r"\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", sheet.cell(6, column).value)
        assert (int(span[2]), int(span[4])) == (experts, experts + 1)


def test_every_cached_value_of_the_demo_is_there():
    load_demo()
    for survey in Survey.objects.all():
        _data, book = make(survey)
        computed = book.computed()
        assert computed
        assert all(
            isinstance(value, int | float) or "IF(" in formula
            for formula, value in computed.values()
        )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1 PO", "1 PO"),
        ("[x]:*?/\\'=1+1", "x 1 1"),
        ("x" * 40, "x" * 31),
        ("'!''", "–"),
        ("Ke-2 ü", "Ke-2 ü"),
    ],
)
def test_a_sheets_name_holds_nothing_that_a_formula_could_mistake(text, name):
    assert sheet_name(text, set()) == name


def test_two_sheets_of_one_name_are_told_apart():
    taken: set[str] = set()
    assert [sheet_name(each, taken) for each in ("A", "a", "A")] == ["A", "a 2", "A 3"]
