"""Numbers and bullets of copied lists: what goes, and what belongs to the name."""

from time import process_time

import pytest

from organizations.list_marks import (
    items_of,
    numbering,
    without_mark,
    without_marks,
    without_stamps,
)


@pytest.mark.parametrize(
    "copied",
    [
        *("1. Dr. Sri", "1.Dr. Sri", "12) Dr. Sri", "(3) Dr. Sri", "4.) Dr. Sri", " 5.\tDr. Sri"),
        *("- Dr. Sri", "• Dr. Sri", "•\tDr. Sri", "– Dr. Sri", "* Dr. Sri", "✓ Dr. Sri"),
        "1\ufe0f\u20e3 Dr. Sri",
    ],
)
def test_numbers_and_bullets_go(copied):
    assert without_mark(copied) == "Dr. Sri"


@pytest.mark.parametrize(
    "name",
    [
        *("Dr. Sri", "Prof. Budi", "H. Ahmad", "Hj. Aminah", "Ir. Joko", "A. Rahman", "a. rahman"),
        *("R.A. Kartini", "3 Putra", "3M", "212 Mart", "1.5 Meter", "2.000 Pengrajin", "7-Eleven"),
        *("-Sri", "*Sri*", "1.", "-", "K.H. Hasyim", "17 Agustus"),
        *("Batik - Lasem", "Kelas 3) lanjut", "Toko No. 2. Baru", "Sri • Budi", "Mutu * harga"),
        *("Sri - Dinas Koperasi", "Sri – Dinas", "Sri (1) Joko", "Tahap I 2. Lalu", "Sri • Joko"),
    ],
)
def test_what_belongs_to_a_name_stays(name):
    assert without_mark(name) == name
    assert without_marks([name, "Budi"]) == [name, "Budi"]


def test_letters_and_bare_numbers_go_where_they_count_through_all_lines():
    assert without_marks(["a. Sri", "b. Budi", "c. Tini"]) == ["Sri", "Budi", "Tini"]
    assert without_marks(["A) Sri", "B) Budi"]) == ["Sri", "Budi"]
    assert without_marks(["1 Sri", "2 Budi"]) == ["Sri", "Budi"]
    initials = ["A. Rahman", "C. Hidayat", "B. Santoso"]
    assert without_marks(initials) == initials
    assert without_marks(["1 Putra", "7 Saudara"]) == ["1 Putra", "7 Saudara"]
    assert without_marks(["A. Rahman"]) == ["A. Rahman"]


def test_a_list_in_one_box_is_as_many_items():
    assert items_of("1. Menjaga mutu.\n\n2. Melayani cepat.") == [
        "Menjaga mutu.",
        "Melayani cepat.",
    ]
    assert items_of("Menjaga mutu\ndan harga.") == ["Menjaga mutu\ndan harga."]
    assert items_of("3. Menjaga mutu.") == ["Menjaga mutu."]
    assert items_of("") == [""]


def test_one_text_keeps_the_dashes_and_lists_inside_it():
    text = "Menjaga mutu - setiap hari:\n1. pagi\n2. sore"
    assert items_of(text) == [text]
    assert items_of("1. Mutu - harga\n2. Cepat – ramah") == ["Mutu - harga", "Cepat – ramah"]


@pytest.mark.parametrize(
    "stamp",
    [
        *("[08.15, 1/12/2026] Bu Rina: ", "[1/12, 08.15] +62 812-3456-789: "),
        *("\u200e[01/12/26 08.15.22] ~ Rina: \u200e", "01/12/26 08.15 - Bu Rina: "),
        "[8:15 AM, 12/1/2026] Rina: ",
    ],
)
def test_the_stamps_of_copied_messages_go(stamp):
    assert without_stamps(f"{stamp}1. Dr. Sri\n{stamp}Budi") == "1. Dr. Sri\nBudi"
    assert items_of(f"{stamp}1. Mutu\n{stamp}2. Harga") == ["Mutu", "Harga"]


@pytest.mark.parametrize("text", ["Sri: ketua", "[1] Sri", "17/8/45 Sri", "0812-3456-789 Sri - a"])
def test_what_is_no_stamp_stays(text):
    assert without_stamps(text) == text


def test_a_column_that_only_numbers():
    assert numbering(["1", "2.", "(3)"])
    assert numbering(["•", "•"])
    assert not numbering(["1", "1"])
    assert not numbering(["1", "Sri"])
    assert not numbering([])


@pytest.mark.parametrize("piece", [" ", "\n", "(", "1.", "- ", "•", "1)\n ", "a. x\n"])
def test_a_text_made_to_be_slow_takes_no_longer(piece):
    text = piece * 40_000
    began = process_time()
    without_mark(text)
    items_of(text)
    numbering([text])
    assert process_time() - began < 2
