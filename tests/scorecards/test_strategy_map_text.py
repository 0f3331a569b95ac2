"""Widths and line breaks without a font engine."""

from hypothesis import given
from hypothesis import strategies as st

from scorecards.strategy_map.text import ELLIPSIS, text_width, wrap


def test_wrap_keeps_words_whole():
    assert wrap("Nilai tiap pelanggan naik", 110, 14) == ["Nilai tiap", "pelanggan naik"]


def test_wrap_leaves_short_text_alone():
    assert wrap("  TI   dipakai ", 200, 14) == ["TI dipakai"]
    assert wrap("", 200, 14) == [""]


def test_wrap_hyphenates_a_long_word_between_syllables():
    assert wrap("Keberlangsungan", 75, 12) == ["Keberlang-", "sungan"]
    assert wrap("Pengembangan", 75, 12) == ["Pengem-", "bangan"]


def test_wrap_ends_with_an_ellipsis_where_lines_run_out():
    lines = wrap("satu dua tiga empat lima enam tujuh delapan sembilan", 60, 14)
    assert len(lines) == 3
    assert lines[-1].endswith(ELLIPSIS)


def test_bold_and_unknown_characters_count_as_wider():
    assert text_width("abc", 14, bold=True) > text_width("abc", 14)
    assert text_width("漢", 14) > text_width("m", 14)


def test_width_is_measured_with_the_font():
    # Plus Jakarta Sans 500: a = 575, b = 669 of 1000.
    assert 0.575 + 0.669 <= text_width("ab", 1) <= 1.05 * (0.575 + 0.669)


@given(st.text(max_size=120), st.floats(60, 200), st.integers(1, 4))
def test_every_line_fits_and_none_is_too_many(text, width, most):
    lines = wrap(text, width, 14, lines=most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line, 14) <= width for line in lines)


@given(st.text("abcdeknglsy ", max_size=120), st.floats(60, 200))
def test_no_letter_is_lost_where_all_lines_are_kept(text, width):
    lines = wrap(text, width, 14, lines=1000)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")
