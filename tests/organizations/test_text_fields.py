"""Lines of text without what nobody sees."""

import pytest
from django.core.exceptions import ValidationError

from organizations.text_fields import LineField, visible_line


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Bu Sri", "Bu Sri"),
        ("  Bu\u00a0\u2009Sri\n", "Bu Sri"),
        ("Bu\r\nSri", "Bu Sri"),
        ("\u202a+62 Joko\u202c", "+62 Joko"),
        ("\u2066irS uB\u2069", "irS uB"),
        ("Bu\u200b Sri\ufeff", "Bu Sri"),
        ("Pra\u00adsetya", "Prasetya"),
        ("Bu \u200b Sri", "Bu Sri"),
        ("Bu\x07 Sri", "Bu Sri"),
        ("Bu\U000e0041 Sri\ue000", "Bu Sri"),
        ("\u3164\u115f\u1160\u2800\uffa0", ""),
        ("Dr. Ir. H. Joko, M.Si. (鈴木) – é", "Dr. Ir. H. Joko, M.Si. (鈴木) – é"),
        ("سري", "سري"),
    ],
)
def test_what_is_seen_stays_and_nothing_else(typed, seen):
    assert visible_line(typed) == seen


@pytest.mark.parametrize("typed", ["\u200b", "\u3164", " \u2060 "])
def test_a_line_of_nothing_to_see_is_missing(typed):
    with pytest.raises(ValidationError) as refused:
        LineField().clean(typed)
    assert [error.code for error in refused.value.error_list] == ["required"]


def test_only_what_is_seen_counts_for_its_length():
    assert LineField(max_length=3).clean("\u200bSri\u200b") == "Sri"


def test_nul_is_refused_as_in_every_text():
    with pytest.raises(ValidationError) as refused:
        LineField().clean("Sri\0")
    assert [error.code for error in refused.value.error_list] == ["null_characters_not_allowed"]
