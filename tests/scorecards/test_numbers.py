"""How numbers are read and written again; what is read beside which unit: number_table.py."""

from decimal import Decimal
from time import process_time

import pytest
from django import forms
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from organizations import figures
from scorecards.fields import UNREADABLE, NumberField, WholeNumberField
from scorecards.numbers import (
    NumberUnclear,
    NumberUnreadable,
    UnitKind,
    Unread,
    input_text,
    meaning,
    parse_number,
    read_back,
    unambiguous,
    unit_kind_of,
)
from scorecards.units import unit_of
from tests.scorecards.number_table import READINGS, TABLE

NBSP = "\u00a0"

MAGNITUDE_WORDS = [("ribu", 10**3), ("juta", 10**6), ("jt", 10**6), ("M", 10**9)]

# What a field with decimals (a plain number, two decimals) makes of a text.
# A string is the value; a tuple is what it asks about; a reason is why it refuses.
PLAIN = [
    ("1500", "1500"),
    ("0", "0"),
    ("007", "7"),
    ("1.500", ("1500", "1.5")),
    ("1,500", ("1500", "1.5")),
    ("-1.500", ("-1500", "-1.5")),
    ("1.125", ("1125", "1.125")),
    ("12.500", ("12500", "12.5")),
    ("1500.000", ("1500000", "1500")),
    ("1.500.000", "1500000"),
    ("1,500,000", "1500000"),
    ("1.500,5", "1500.5"),
    ("1,500.5", "1500.5"),
    ("1.500,500", "1500.5"),
    # Nobody writes 125 as 0.125, so this is a decimal point, whoever wrote it.
    ("0.125", "0.125"),
    ("0,125", "0.125"),
    ("1,5", "1.5"),
    ("1.5", "1.5"),
    ("1.50", "1.5"),
    ("1,1250", "1.125"),
    ("75.25", "75.25"),
    (".5", "0.5"),
    (",5", "0.5"),
    ("-,5", "-0.5"),
    ("-5", "-5"),
    ("\u22125", "-5"),
    ("+5", "5"),
    ("- 5", "-5"),
    ("-0", "0"),
    (" 12  ", "12"),
    (f"12{NBSP}", "12"),
    ("1 500", "1500"),
    (f"1{NBSP}500,5", "1500.5"),
    ("1\u202f500\u202f000", "1500000"),
    ("\uff11\uff12\uff0c\uff15", "12.5"),  # full width
    ("\u0661\u0662", "12"),  # Arabic-Indic
    ("\u200e12", "12"),
    ("999999999999999", "999999999999999"),
    ("", Unread.EMPTY),
    (f" {NBSP}\t", Unread.EMPTY),
    ("5.", Unread.UNFINISHED),
    ("1.500,", Unread.UNFINISHED),
    ("1_000", Unread.CHARACTERS),
    ("1/2", Unread.CHARACTERS),
    ("5\u00b2", Unread.CHARACTERS),
    ("\u00bd", Unread.CHARACTERS),
    ("dua", Unread.CHARACTERS),
    ("0x10", Unread.CHARACTERS),
    ("NaN", Unread.CHARACTERS),
    ("inf", Unread.CHARACTERS),
    ("-Infinity", Unread.CHARACTERS),
    ("1'500", Unread.CHARACTERS),
    ("-", Unread.CHARACTERS),
    ("(5)", "-5"),
    ("2 orang", Unread.CHARACTERS),
    ("\x00", Unread.CHARACTERS),
    ("1e5", Unread.EXPONENT),
    ("1E400", Unread.EXPONENT),
    ("--5", Unread.SIGN),
    ("-+5", Unread.SIGN),
    ("1.50.000", Unread.SEPARATORS),
    ("1.500.5", Unread.SEPARATORS),
    ("0.500.000", Unread.SEPARATORS),
    ("1,5,5", Unread.SEPARATORS),
    ("1..5", Unread.SEPARATORS),
    ("1 5", Unread.SEPARATORS),
    ("1 500,125", Unread.SEPARATORS),
    (".", Unread.UNFINISHED),
    ("1" * 16, Unread.TOO_LARGE),
    # SQLite would round it to sixteen digits, and could not read it again.
    ("9" * 15 + ",999999", Unread.TOO_LARGE),
    ("1" * 40, Unread.TOO_LARGE),
    ("1" * 5000, Unread.TOO_LARGE),
    ("0,1234567", Unread.TOO_PRECISE),
    ("75%", Unread.PERCENT),
    ("Rp 1.500", Unread.CURRENCY),
]

# Where the kind of unit, or its decimals, makes the difference.
BY_KIND = [
    # Whole things: a reading with decimals is none.
    ("1.500", UnitKind.COUNT, 0, "1500"),
    ("1,500", UnitKind.COUNT, 0, "1500"),
    ("1500.000", UnitKind.COUNT, 0, ("1500000", "1500")),
    ("5,0", UnitKind.COUNT, 0, "5"),
    ("1,5", UnitKind.COUNT, 0, Unread.NOT_WHOLE),
    ("0.125", UnitKind.COUNT, 0, Unread.NOT_WHOLE),
    *(("9" * 40, kind, 0, Unread.TOO_LARGE) for kind in UnitKind),
    *(("9" * 5000, kind, 0, Unread.TOO_LARGE) for kind in UnitKind),
    # A number shown without decimals may still have some, but 1.500 is 1500.
    ("1.500", UnitKind.NUMBER, 0, "1500"),
    ("1,5", UnitKind.NUMBER, 0, "1.5"),
    ("1.500", UnitKind.NUMBER, 3, ("1500", "1.5")),
    ("900.000", UnitKind.NUMBER, 0, "900000"),
    ("900.000", UnitKind.COUNT, 0, "900000"),
    ("900.000", UnitKind.MONEY, 0, "900000"),
    ("1.500", UnitKind.MONEY, 2, "1500"),
    ("Rp 1.500", UnitKind.MONEY, 0, "1500"),
    ("Rp1.500.000,50", UnitKind.MONEY, 0, "1500000.5"),
    ("rp. 1.500,-", UnitKind.MONEY, 0, "1500"),
    ("-Rp1.500", UnitKind.MONEY, 0, "-1500"),
    ("Rp -1.500", UnitKind.MONEY, 0, "-1500"),
    ("IDR 1,500,000", UnitKind.MONEY, 0, "1500000"),
    ("75%", UnitKind.MONEY, 0, Unread.PERCENT),
    ("75%", UnitKind.PERCENT, 0, "75"),
    ("12%", UnitKind.PERCENT, 0, "12"),
    ("12 %", UnitKind.PERCENT, 1, "12"),
    ("-2,5 %", UnitKind.PERCENT, 1, "-2.5"),
    ("%", UnitKind.PERCENT, 1, Unread.CHARACTERS),
    # 1,5 % is as likely as 1500 %, however many decimals are shown.
    ("1.500", UnitKind.PERCENT, 0, ("1500", "1.5")),
    ("1.500", UnitKind.RATIO, 0, ("1500", "1.5")),
    ("0.125", UnitKind.RATIO, 3, "0.125"),
    ("Rp 1.500", UnitKind.RATIO, 2, Unread.CURRENCY),
]


def outcome(text: str, **options: object) -> object:
    try:
        return str(parse_number(text, **options).value)
    except NumberUnclear as error:
        return tuple(str(candidate) for candidate in error.candidates)
    except NumberUnreadable as error:
        return error.reason


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_parse_number(text, expected, language):
    with translation.override(language):
        assert outcome(text) == expected


@pytest.mark.parametrize(("text", "kind", "decimals", "expected"), BY_KIND)
def test_parse_number_by_kind_of_unit(text, kind, decimals, expected):
    assert outcome(text, unit_kind=kind, decimals=decimals) == expected


@pytest.mark.parametrize(("unit", "decimals", "language", "text", "expected"), READINGS)
def test_parse_number_beside_a_unit(unit, decimals, language, text, expected):
    with translation.override(language):
        assert outcome(text, unit=unit, decimals=decimals) == expected


def test_the_table_is_long_enough_to_lean_on():
    assert len({(unit, text) for unit, _, _, text, _ in READINGS}) >= 200


def test_parse_number_keeps_the_text_it_read():
    assert parse_number(" 1,5 ").text == " 1,5 "


UNITS = st.sampled_from([unit for unit, *_ in TABLE])
LANGUAGES = st.sampled_from(["id", "en"])
# As somebody may type it who is tired, or means harm.
pieces = st.lists(
    st.sampled_from([*"0123456789.,-+()% ", "000", "rp", "rp. ", " juta", "jt", " rb", "m", "e5"]),
    max_size=12,
).map("".join)


@given(st.text(max_size=80) | pieces, UNITS, LANGUAGES, st.integers(0, 6))
def test_parse_number_reads_or_says_why_whatever_comes(text, unit, language, decimals):
    with translation.override(language):
        result = outcome(text, unit=unit, decimals=decimals)
    assert isinstance(result, str | tuple)


@given(pieces, UNITS, LANGUAGES, st.integers(0, 6))
def test_what_is_asked_about_can_be_written_as_it_is_proposed(text, unit, language, decimals):
    with translation.override(language):
        try:
            parse_number(text, unit=unit, decimals=decimals)
        except NumberUnclear as error:
            for candidate in error.candidates:
                proposed = unambiguous(candidate)
                assert parse_number(proposed, unit=unit, decimals=decimals).value == candidate
        except NumberUnreadable:
            pass


numbers = st.decimals(
    min_value=-(10**12), max_value=10**12, places=6, allow_nan=False, allow_infinity=False
) | st.decimals(min_value=-5000, max_value=5000, places=3)
wholes = st.integers(-(10**12), 10**12).map(Decimal)


@given(numbers, UNITS, LANGUAGES, LANGUAGES, st.integers(0, 6))
def test_input_text_is_read_back_as_the_same_number(value, unit, written, read, decimals):
    with translation.override(written):
        text = input_text(value)
    with translation.override(read):
        assert parse_number(text, unit=unit, decimals=decimals).value == value


@given(numbers, LANGUAGES, st.sampled_from(["number", "ratio", "percent", "money", "things"]))
def test_input_text_is_read_back_whatever_is_counted(value, language, kind):
    with translation.override(language):
        assert parse_number(input_text(value), unit_kind=kind).value == value


def meanings(text: str, **options: object) -> list[Decimal]:
    try:
        return [parse_number(text, **options).value]
    except NumberUnclear as error:
        return error.candidates


@given(wholes, st.sampled_from(["Rp", "rupiah", "orang", "keluhan"]), LANGUAGES, LANGUAGES)
def test_an_amount_copied_from_a_page_is_read_as_it_was_shown(value, unit, written, read):
    with translation.override(written):
        shown = [figures.measure(value, unit), figures.trimmed(value), meaning(value, unit)]
        shown += [figures.rupiah(value)] if unit_kind_of(unit) is UnitKind.MONEY else []
    with translation.override(read):
        for text in shown:
            assert parse_number(text, unit=unit, decimals=0).value == value


@given(numbers, UNITS, LANGUAGES, st.integers(0, 2))
def test_a_number_copied_from_a_page_is_never_taken_for_another(value, unit, language, decimals):
    """It may be asked about (1,125 %). Three decimals of a thing are nobody's to write."""
    is_money = unit_kind_of(unit) is UnitKind.MONEY
    assume(figures.count_decimals(value) < 3 if is_money else figures.count_decimals(value) != 3)
    with translation.override(language):
        assert value in meanings(figures.measure(value, unit), unit=unit, decimals=decimals)


@given(st.decimals(min_value=0, max_value=9999, places=2), st.sampled_from(MAGNITUDE_WORDS))
def test_a_number_in_words_is_so_many_times_as_much(value, word):
    text, times = word
    with translation.override("id"):
        assert parse_number(f"{input_text(value)} {text}", unit="Rp").value == value * times


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (Decimal("1500.000000"), "1500", "1500"),
        (Decimal("1.5"), "1,5", "1.5"),
        (Decimal("1.125"), "1,1250", "1.1250"),
        (Decimal("0.125"), "0,125", "0.125"),
        (-2.5, "-2,5", "-2.5"),
        (None, "", ""),
    ],
)
def test_input_text(value, indonesian, english):
    with translation.override("id"):
        assert input_text(value) == indonesian
    with translation.override("en"):
        assert input_text(value) == english


@pytest.mark.parametrize(
    ("value", "unit", "english"),
    [
        (Decimal(1500), "rupiah", f"1,500{NBSP}rupiah"),
        (Decimal("12.5"), "%", "12.5%"),
        (Decimal("4.125"), "", "4.125"),
        (2, "pelatihan", f"2{NBSP}pelatihan"),
    ],
)
def test_read_back(value, unit, english):
    assert read_back(value, unit, "en") == f"Read as: {english}"


def test_read_back_in_indonesian_has_indonesian_figures():
    assert read_back(Decimal(1500), "Rp", "id").endswith(f" 1.500{NBSP}rupiah")


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("Rupiah", UnitKind.MONEY),
        ("Rp", UnitKind.MONEY),
        ("juta rupiah", UnitKind.NUMBER),
        (" % ", UnitKind.PERCENT),
        ("rasio", UnitKind.RATIO),
        ("orang", UnitKind.THINGS),
        ("pelanggan baru", UnitKind.THINGS),
        ("new customers", UnitKind.THINGS),
        ("jumlah keluhan", UnitKind.THINGS),
        ("training hours", UnitKind.NUMBER),
        ("jam pelatihan", UnitKind.NUMBER),
        ("orang/bulan", UnitKind.NUMBER),
        ("ribu orang", UnitKind.NUMBER),
        ("Rp/orang", UnitKind.MONEY),
        ("rupiah per anggota", UnitKind.MONEY),
        ("Rp juta", UnitKind.NUMBER),
        ("% per tahun", UnitKind.PERCENT),
        ("skor 1–5", UnitKind.RATIO),
        ("", UnitKind.NUMBER),
    ],
)
def test_unit_kind_of(unit, kind):
    assert unit_kind_of(unit) is kind


@pytest.mark.parametrize(
    ("unit", "scale", "is_money"),
    [
        ("juta rupiah", 10**6, True),
        ("Rp juta", 10**6, True),
        ("Rp (jutaan)", 10**6, True),
        ("Rp jt/orang", 10**6, True),
        ("ribu rupiah", 10**3, True),
        ("Rp M", 10**9, True),
        ("triliun rupiah", 10**12, True),
        ("ribu orang", 10**3, False),
        ("m", 1, False),
        ("rupiah", 1, True),
    ],
)
def test_a_unit_says_how_much_one_of_it_is(unit, scale, is_money):
    found = unit_of(unit)
    assert (found.scale, found.takes_currency) == (scale, is_money)


def test_read_back_says_what_so_many_millions_are():
    said = read_back(Decimal("1.5"), "juta rupiah", "id")
    assert said.endswith(f" 1,5{NBSP}juta rupiah (Rp1.500.000)")


# -- The form field.


class RatioForm(forms.Form):
    value = NumberField(unit_kind=UnitKind.RATIO, required=False, min_value=-10, max_value=2000)


def field_errors(typed: str, language: str = "en") -> list[str]:
    with translation.override(language):
        return [str(error) for error in RatioForm({"value": typed}).errors.get("value", [])]


def test_field_gives_the_number():
    form = RatioForm({"value": " 1,5 "})
    assert form.is_valid()
    assert form.cleaned_data["value"] == Decimal("1.5")


def test_field_asks_and_keeps_what_was_typed():
    assert field_errors("1.500") == [
        "“1.500” can be read as 1500 or 1.5. Write the one that you mean."
    ]
    assert 'value="1.500"' in str(RatioForm({"value": "1.500"})["value"])


def test_field_asks_with_the_marks_of_the_language():
    (message,) = field_errors("1.500", "id")
    assert "1500" in message
    assert "1,5" in message


def test_field_proposes_only_what_it_would_take():
    (message,) = field_errors("1.125")
    assert "1125 or 1.1250." in message
    assert field_errors("1125") == field_errors("1.1250") == []


def test_field_doesnt_ask_about_what_it_would_refuse():
    field = NumberField(unit="%", min_value=0, max_value=100)
    assert field.clean("33.333") == Decimal("33.333")
    assert NumberField(unit_kind=UnitKind.RATIO, max_value=5).clean("4.125") == Decimal("4.125")
    with pytest.raises(forms.ValidationError, match="500"):
        field.clean("500.000")  # neither 500,000 nor 500


class AmountForm(forms.Form):
    def __init__(self, unit: str, data: dict[str, str]) -> None:
        super().__init__(data)
        self.fields["value"] = NumberField(unit=unit)


@pytest.mark.parametrize("typed", ["Rp 900.000", "900.000 rupiah", "Rp5", "1,5 juta rupiah"])
@pytest.mark.parametrize("unit", ["rupiah", "Rp", "", "juta rupiah", "Rp/orang"])
def test_an_amount_in_rupiah_is_never_told_to_be_none(typed, unit):
    with translation.override("en"):
        form = AmountForm(unit, {"value": typed})
        codes = [error.code for error in form.errors.as_data().get("value", [])]
    assert codes == (["unclear"] if (typed, unit) == ("Rp5", "juta rupiah") else [])


def test_field_says_what_it_counts_where_an_amount_is_typed():
    with translation.override("en"), pytest.raises(forms.ValidationError) as refused:
        NumberField(unit="hari").clean("Rp 5")
    with translation.override("en"):
        (message,) = refused.value.messages
    assert message == "This is counted in hari. Write the number alone, without “Rp”."


def test_field_quotes_no_more_than_a_line():
    (message,) = field_errors("juta <b>" * 900)
    assert len(message) < 200


def test_field_of_whole_numbers_gives_an_int():
    assert WholeNumberField().clean("900.000") == 900_000
    assert isinstance(WholeNumberField().clean("7"), int)
    assert WholeNumberField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("abc", "“abc” can't be read as a number"),
        ("75%", "without “%”"),
        ("Rp 5", "without “Rp”"),
        ("1 juta juta", "Write it as 1.5 million, or in digits: 1,500,000"),
        ("(-5)", "more than one sign"),
        ("1e5", "in full"),
        ("5.", "unfinished"),
        ("1" * 40, "too large"),
        ("0,1234567", "too many decimals"),
        ("--5", "more than one sign"),
        ("1.50.00", "three digits follow each mark between thousands"),
        ("\u200f", "can't be read"),
        ("-11", "at least -10"),
        ("2001", "at most 2,000"),
    ],
)
def test_field_says_what_to_do(typed, words):
    (message,) = field_errors(typed)
    assert words in message


def test_field_has_a_message_for_each_reason():
    assert set(UNREADABLE) == set(Unread) - {Unread.EMPTY}


def test_field_of_a_count_wants_whole_numbers():
    with translation.override("en"), pytest.raises(forms.ValidationError, match="without dec"):
        NumberField(unit_kind="count", decimals=0).clean("1,5")


def test_field_takes_nothing_for_an_answer_unless_required():
    assert NumberField(required=False).clean("  ") is None
    with pytest.raises(forms.ValidationError):
        NumberField().clean("")


def test_field_is_a_text_box_for_numbers():
    html = str(RatioForm(initial={"value": Decimal("1500.500000")})["value"])
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert 'autocomplete="off"' in html
    with translation.override("id"):
        assert 'value="1500,5"' in str(RatioForm(initial={"value": Decimal("1500.5")})["value"])


@pytest.mark.parametrize(
    ("typed", "changed"), [("1,50", False), ("1.5", False), ("1,6", True), ("", True), ("x", True)]
)
def test_field_knows_whether_the_number_changed(typed, changed):
    assert NumberField(required=False).has_changed(Decimal("1.500000"), typed) is changed


HOSTILE = [
    "- " * 28 + ")))",
    "-" * 30 + "(" + "-" * 27 + "((",
    "1.," * 19,
    "1 jt " * 12,
    "1a." * 20,
    # An English "m" is two magnitudes, and "1.111" two numbers.
    "1m" * 15,
    "1.111m" * 10,
    # A point may end a word or begin a number.
    "1k" + "..k" * 19 + "&",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_text_keeps_the_parser_busy(text, language):
    """A page may send hundreds of them."""
    begun = process_time()
    with translation.override(language):
        for _ in range(200):
            outcome(text, unit="rupiah")
    assert process_time() - begun < 1
