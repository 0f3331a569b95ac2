"""What each text is read as: the table that officers and methods rely on."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from scorecards.fields import UNREADABLE, NumberField
from scorecards.numbers import (
    NumberUnclear,
    NumberUnreadable,
    UnitKind,
    Unread,
    input_text,
    parse_number,
    read_back,
    unit_kind_of,
)

NBSP = "\u00a0"

# What a field with decimals (a plain number, two decimals) makes of a text.
# A string is the value; a tuple is what it asks about; a reason is why it refuses.
TABLE = [
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
    ("999999999999999,999999", "999999999999999.999999"),
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
    ("(5)", Unread.CHARACTERS),
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
    # A number shown without decimals may still have some, but 1.500 is 1500.
    ("1.500", UnitKind.NUMBER, 0, "1500"),
    ("1,5", UnitKind.NUMBER, 0, "1.5"),
    ("1.500", UnitKind.NUMBER, 3, ("1500", "1.5")),
    ("1.500", UnitKind.MONEY, 2, "1500"),
    ("Rp 1.500", UnitKind.MONEY, 0, "1500"),
    ("Rp1.500.000,50", UnitKind.MONEY, 0, "1500000.5"),
    ("rp. 1.500,-", UnitKind.MONEY, 0, "1500"),
    ("-Rp1.500", UnitKind.MONEY, 0, "-1500"),
    ("Rp -1.500", UnitKind.MONEY, 0, "-1500"),
    ("IDR 1,500,000", UnitKind.MONEY, 0, "1500000"),
    ("75%", UnitKind.MONEY, 0, Unread.PERCENT),
    ("75%", UnitKind.PERCENT, 0, "75"),
    (f"12{NBSP}%", UnitKind.PERCENT, 0, "12"),
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
@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_parse_number(text, expected, language):
    with translation.override(language):
        assert outcome(text) == expected


@pytest.mark.parametrize(("text", "kind", "decimals", "expected"), BY_KIND)
def test_parse_number_by_kind_of_unit(text, kind, decimals, expected):
    assert outcome(text, unit_kind=kind, decimals=decimals) == expected


def test_parse_number_keeps_the_text_it_read():
    assert parse_number(" 1,5 ").text == " 1,5 "


@given(st.text(max_size=80))
def test_parse_number_reads_or_says_why_whatever_comes(text):
    result = outcome(text)
    assert isinstance(result, str | tuple)


numbers = st.decimals(
    min_value=-(10**12), max_value=10**12, places=6, allow_nan=False, allow_infinity=False
) | st.decimals(min_value=-5000, max_value=5000, places=3)


@given(numbers, st.sampled_from(["id", "en"]), st.sampled_from(["number", "ratio", "percent"]))
def test_input_text_is_read_back_as_the_same_number(value, language, kind):
    with translation.override(language):
        assert parse_number(input_text(value), unit_kind=kind).value == value


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
        ("orang", UnitKind.NUMBER),
        ("", UnitKind.NUMBER),
    ],
)
def test_unit_kind_of(unit, kind):
    assert unit_kind_of(unit) is kind


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
    assert field_errors("1.500") == [f"“1.500” can mean 1{NBSP}500 or 1.5. Write 1500 or 1.5."]
    assert 'value="1.500"' in str(RatioForm({"value": "1.500"})["value"])


def test_field_asks_with_the_marks_of_the_language():
    (message,) = field_errors("1.500", "id")
    assert f"1{NBSP}500" in message
    assert "1,5" in message


def test_field_proposes_only_what_it_would_take():
    (message,) = field_errors("1.125")
    assert message == f"“1.125” can mean 1{NBSP}125 or 1.125. Write 1125 or 1.1250."
    assert field_errors("1125") == field_errors("1.1250") == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("abc", "“abc” can't be read as a number"),
        ("75%", "without “%”"),
        ("Rp 5", "without “Rp”"),
        ("1e5", "in full"),
        ("5.", "unfinished"),
        ("1" * 40, "too large"),
        ("0,1234567", "too many decimals"),
        ("--5", "more than one sign"),
        ("1.50.00", "between thousands"),
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
