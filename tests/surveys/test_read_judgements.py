"""Files with finished judgements: what is read of them, and every fault with its cell."""

import io
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from time import monotonic

import openpyxl
import pytest
from django.utils import translation
from xlsxwriter.workbook import Workbook

from scorecards.interchange.document import FileRefused
from surveys.judgement_files import grids
from surveys.judgement_files.given import JudgementFile, Part, as_document, from_document
from surveys.judgement_files.printed import Printed, read_printed
from surveys.judgement_files.reading import read_judgements

CUSTOMERS = Part(
    1, 1, "PL", "Pelanggan", (("K1", "Kepuasan"), ("K2", "Keluhan"), ("K3", "Retensi"))
)
PROCESS = Part(2, 2, "PR", "Proses", (("M1", "Mutu"), ("M2", "Waktu layanan")))
PARTS = (CUSTOMERS, PROCESS)

SQUARE = """;Kepuasan;Keluhan;Retensi
Kepuasan;1;3;1/5
Keluhan;1/3;1;2
Retensi;5;0,5;1
"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def read(text: str | bytes, parts=PARTS, **options) -> JudgementFile:
    content = text.encode() if isinstance(text, str) else text
    options.setdefault("is_group", False)
    return read_judgements(content, parts, fallback="berkas", **options)


def faults(text: str | bytes, **options) -> dict[str, str]:
    with pytest.raises(FileRefused) as refused:
        read(text, **options)
    return {fault.place: fault.message for fault in refused.value.faults}


def judged(found: JudgementFile, name: str = "berkas", part: int = 1) -> dict:
    [expert] = [each for each in found.experts if each.name == name]
    return expert.in_force(part)


def workbook(**sheets: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with Workbook(file) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


ANSWERS = {(0, 1): 3, (0, 2): -5, (1, 2): 2}


@pytest.mark.parametrize(
    "text",
    [
        SQUARE,
        SQUARE.replace(",", ".").replace(";", ","),
        SQUARE.replace(";", "\t"),
        "sep=;\r\n" + SQUARE.replace("\n", "\r\n"),
        "\ufeff" + SQUARE,
        SQUARE.encode("utf-16"),
        # Only the upper triangle, and nothing on the diagonal.
        ";Kepuasan;Keluhan;Retensi\nKepuasan;;3;0,2\nKeluhan;;;2\nRetensi;;;\n",
        # Only the lower one.
        ";Kepuasan;Keluhan;Retensi\nKepuasan;1\nKeluhan;0,333;1\nRetensi;5;1/2;1\n",
        # By code, by both, in another order, below a title and far from the corner.
        "Matriks Pelanggan\n\n;;K3 Retensi;K1;keluhan\n;Retensi;1;5;1/2\n;K1;;1;3\n;K2;;;1\n",
        ";Kepuasan;Keluhan;Retensi\nKepuasan;1;3;⅕\nKeluhan;⅓;1;2\nRetensi;5;½;1\n",
    ],
)
def test_a_labelled_square_is_read_however_it_is_written(text):
    assert judged(read(text)) == ANSWERS


def test_windows_text_is_read():
    part = Part(1, 1, "", "X", (("K1", "Élan"), ("K2", "Café")))
    found = read(";Élan;Café\nÉlan;1;4\nCafé;;1\n".encode("cp1252"), parts=[part])
    assert judged(found) == {(0, 1): 4}


def test_each_sheet_is_an_expert_with_several_matrices():
    square = [["", "Kepuasan", "Keluhan", "Retensi"], ["Kepuasan", 1, 3, 0.2]]
    square += [["Keluhan", 1 / 3, 1, 2], ["Retensi", 5, 0.5, 1]]
    pair = [[], ["", "M1", "M2"], ["M1", 1, "1/7"], ["M2", 7, 1]]
    found = read(workbook(Sekar=[*square, *pair], Bagus=[["Pakar", "Pak Bagus"], *pair]))
    assert judged(found, "Sekar") == ANSWERS
    assert judged(found, "Sekar", 2) == {(0, 1): -7}
    assert judged(found, "Pak Bagus", 2) == {(0, 1): -7}
    assert from_document(as_document(found)) == found


def test_one_text_has_several_experts():
    text = f"Pakar;Bu Sekar\n{SQUARE}\nPakar: Pak Bagus\n{SQUARE}"
    assert [each.name for each in read(text).experts] == ["Bu Sekar", "Pak Bagus"]


def test_labels_that_stand_in_two_parts_are_told_apart_by_the_title():
    twins = [
        Part(number, number, code, title, (("K1", "Satu"), ("K2", "Dua")))
        for number, (code, title) in enumerate([("PL", "Pelanggan"), ("PR", "Proses")], 1)
    ]
    square = "\n;K1;K2\nK1;1;3\nK2;;1\n"
    assert judged(read(f"Proses{square}", parts=twins), part=2) == {(0, 1): 3}
    assert "several parts" in faults(square, parts=twins)["row 2, column 1"]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("10", "no judgement: those go from 1/9 to 9"),
        ("2,5", "a group matrix"),
        ("0,1", "may be"),
        ("nol", "no judgement"),
        ("-3", "no judgement"),
        ("0", "no judgement"),
        ("1/0", "no judgement"),
        ("#DIV/0!", "no judgement"),
        ("=B3", "formula"),
        ("9" * 400, "no judgement"),
    ],
)
def test_a_value_at_fault_is_named_with_its_cell(cell, says):
    text = SQUARE.replace(";3;", f";{cell};").replace("1/3", "")
    found = faults(text)
    assert list(found) == ["row 2, column 3"]
    assert says in found["row 2, column 3"]


def test_every_fault_is_named_at_once():
    text = ";Kepuasan;Keluhan;Retensi\nKepuasan;2;12;1/5\nKeluhan;;1;x\nRetensi;;;1\n"
    assert set(faults(text)) == {"row 2, column 2", "row 2, column 3", "row 3, column 4"}


def test_in_a_workbook_a_fault_has_its_sheet_and_cell():
    content = workbook(Sekar=[["", "M1", "M2"], ["M1", 1, 11], ["M2", "", 1]])
    assert list(faults(content)) == ["Sekar!C2"]


def test_a_date_of_excel_is_named():
    book = openpyxl.Workbook()
    for row in (["", "M1", "M2"], ["M1", 1, "x"], ["M2", None, 1]):
        book.active.append(row)
    book.active["C2"] = datetime(2026, 3, 1)
    file = io.BytesIO()
    book.save(file)
    assert "date" in faults(file.getvalue())["Sheet!C2"]


@pytest.mark.parametrize(
    ("above", "below", "fits"),
    [("3", "0,33", True), ("3", "0,3", True), ("3", "0,34", False), ("3", "1/4", False)],
)
def test_both_halves_fit_within_the_rounding_of_the_print(above, below, fits):
    text = f";M1;M2\nM1;1;{above}\nM2;{below};1\n"
    if fits:
        assert judged(read(text), part=2) == {(0, 1): 3}
    else:
        assert "across the diagonal" in faults(text)["row 2, column 3"]


def test_the_other_half_decides_what_a_coarse_print_may_mean():
    assert judged(read(";M1;M2\nM1;1;0,2\nM2;6;1\n"), part=2) == {(0, 1): -6}
    assert judged(read(";M1;M2\nM1;1;0,2\nM2;;1\n"), part=2) == {(0, 1): -5}


def test_labels_at_fault_are_named_and_the_elements_listed():
    text = SQUARE.replace("Keluhan", "Keluahn", 1)
    assert "Keluhan" in faults(text)["row 1, column 3"]
    missing = ";K1;K2\nK1;1;3\nK2;;1\n"
    assert "K3 Retensi" in faults(missing)["row 1, column 1"]
    twice = ";K1;K2;K2\nK1;1;3;3\nK2;;1;1\nK3;;;1\n"
    assert "twice" in faults(twice)["row 1, column 4"]
    # The row's label is gone, as below merged cells.
    assert "missing" in faults(";K1;K2;K3\nK1;1;3;2\n;;1;2\nK3;;;1\n")["row 3, column 1"]
    assert "None of these" in faults(";a;b\na;1;2\nb;;1\n")["row 1, column 1"]


def test_a_matrix_that_stands_twice_for_one_expert_is_refused():
    assert "twice" in faults(f"{SQUARE}\n{SQUARE}")["row 6, column 1"]


@pytest.mark.parametrize("content", [b"", b"nama;usia\nA;3\n", workbook(Kosong=[]), b"\n" * 50])
def test_a_file_without_judgements_says_so(content):
    assert "no judgements" in faults(content)[""]


def test_hidden_sheets_are_not_read_and_that_is_said():
    file = io.BytesIO()
    with Workbook(file) as book:
        for title in ("Sekar", "Rahasia"):
            sheet = book.add_worksheet(title)
            for number, row in enumerate([["", "M1", "M2"], ["M1", 1, 3], ["M2", "", 1]]):
                sheet.write_row(number, 0, row)
        sheet.hide()
    found = read(file.getvalue())
    assert [each.name for each in found.experts] == ["Sekar"]
    assert "Rahasia" in found.remarks[0]


def test_what_is_too_large_is_refused_before_it_is_parted(monkeypatch):
    monkeypatch.setattr(grids, "read_text", lambda text: pytest.fail("was read"))
    assert "too large" in faults(b";" * (2 * grids.MOST_CELLS + 1))[""]
    assert "too large" in faults(b"\n" * (2 * grids.MOST_ROWS + 1))[""]


def test_a_sheet_with_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(grids, "MOST_CELLS_OF_A_WORKBOOK", 8)
    content = workbook(Sekar=[["", "M1", "M2"], ["M1", 1, 3], ["M2", "", 1]])
    assert "too large" in faults(content)["Sekar"]


# -- Group matrices

GROUP = """;Kepuasan;Keluhan;Retensi
Kepuasan;1;2,47;0,58
Keluhan;0,40;1;1,19
Retensi;1,72;0,84;1
"""


def test_a_group_matrix_keeps_the_printed_means():
    [group] = read(GROUP, is_group=True).groups
    # Of two cells the one that lost less by rounding.
    assert group.ratios == pytest.approx([2.47, 1 / 1.72, 1.19], rel=1e-15)


def test_a_group_matrix_is_checked_within_the_rounding_of_its_print():
    text = GROUP.replace("0,40", "0,42")
    assert "across the diagonal" in faults(text, is_group=True)["row 2, column 3"]
    assert (
        "between 1/9 and 9"
        in faults(GROUP.replace("2,47", "9,47").replace("0,40", ""), is_group=True)[
            "row 2, column 3"
        ]
    )


def test_a_group_matrix_has_every_pair():
    text = GROUP.replace("2,47", "").replace("0,40", "")
    assert "every pair" in faults(text, is_group=True)["row 1, column 1"]


def test_means_are_no_expert():
    assert "group matrix" in faults(GROUP)["row 2, column 3"]


def test_experts_rows_are_no_group_matrix():
    text = "expert,K1_K2,K1_K3,K2_K3\nSekar,3,-5,2\n"
    assert "labelled square" in faults(text, is_group=True)[""]


# -- ahpsurvey


def test_the_columns_of_ahpsurvey():
    text = (
        "expert,usia,Kepuasan_Keluhan,K1_K3,m1e2_m1e3,M2_M1\nSekar,41,3,-5,2,4\nBagus,33,1,NA,-1,\n"
    )
    found = read(text)
    assert judged(found, "Sekar") == ANSWERS
    assert judged(found, "Sekar", 2) == {(0, 1): -4}
    assert judged(found, "Bagus") == {(0, 1): 1, (1, 2): 1}
    assert "usia" in found.remarks[0]


def test_ahpsurvey_may_mean_the_other_by_a_positive_number():
    text = "K1_K2,K1_K3,K2_K3\n-3,5,-2\n"
    assert judged(read(text, sign=-1), "P1") == ANSWERS


def test_faults_in_rows_have_their_cells():
    text = "expert,K1_K2,K1_K3,K2_K3\nSekar,12,0,-1.5\nSekar,1,1,1\n"
    found = faults(text)
    assert set(found) == {
        "row 2, column 2",
        "row 2, column 3",
        "row 2, column 4",
        "row 3, column 1",
    }
    assert "no pair" in faults("expert,K1_K2,K1_Kx\nSekar,1,2\n")["row 1, column 3"]


# -- Printed numbers


@pytest.mark.parametrize("signed", [*range(1, 10), *range(-9, -1)])
@pytest.mark.parametrize("decimals", [2, 3, 4, 15])
def test_a_judgement_is_known_from_its_rounded_print(signed, decimals):
    value = signed if signed > 0 else round(-1 / signed, decimals)
    for text in (str(value), str(value).replace(".", ",")):
        assert read_printed(text).signed[0] == signed


def test_an_interval_has_half_a_digit_on_each_side():
    assert read_printed("0,33") == Printed("0,33", 0.33, 0.325, 0.335)
    assert read_printed("1/3").low == read_printed("1/3").high == 1 / 3


# -- What strangers send


@pytest.mark.parametrize(
    "content",
    [
        ("_" * 100_000 + ",b\n1,2\n").encode(),
        (",".join("_".join("a" * 12) + str(n) for n in range(999)) + "\n").encode(),
        ("\n".join(";a;b\na;1;2\nb;;1" for _ in range(4_000))).encode(),
        (";" + ";".join(f"K{n}" for n in range(900)) + "\nK0;1;2\n").encode() * 60,
        (";K1;K2;K3\nK1;" + "9" * 50_000 + ";2;3\n").encode(),
        b"\xff\xfe" + b"\x00" * 1000,
        b"PK\x03\x04" + b"\x00" * 1000,
        b'{"pj": ' + b"[" * 50_000,
        b'"Participant","x"\n"Node","a","99x99"\n',
        b';"K1\n',
    ],
)
def test_a_hostile_file_is_refused_in_no_time(content):
    started = monotonic()
    assert faults(content)
    assert monotonic() - started < 5


def test_any_damage_to_a_file_is_a_fault_or_nothing():
    """Each byte of a good file in turn, changed at random: never an error of ours."""
    rng = random.Random(10)  # noqa: S311 - no secret
    good = f"Pakar;Bu Sekar\n{SQUARE}\n;M1;M2\nM1;1;4\nM2;;1\n".encode()
    for place in range(len(good)):
        damaged = bytearray(good)
        damaged[place] = rng.choice(b';,\n"/=-0\x00\xff\xe2_A')
        with suppress(FileRefused):
            read(bytes(damaged))
        with suppress(FileRefused):
            read(bytes(damaged), is_group=True)


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_workbook_is_a_fault_or_nothing(seed):
    rng = random.Random(seed)  # noqa: S311 - no secret
    good = workbook(Sekar=[["", "M1", "M2"], ["M1", 1, 3], ["M2", "", 1]])
    for _ in range(40):
        damaged = bytearray(good)
        for _ in range(3):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        with suppress(FileRefused):
            read(bytes(damaged))
