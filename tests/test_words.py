"""Words that docs/words.md replaced are in no text that people read, in either language.

It looks through what is compiled and through the words of the templates. A word that is right after
all in some text is named below with the reason.
"""

import json
import re
from collections.abc import Iterator
from functools import cache

import polib
import pytest

from tests.source import ROOT

GLOSSARY = ROOT / "docs" / "words.md"
COLUMN = 3  # "Not these"
ENGLISH = "in English"
LANGUAGES = ("id", "en")
# What a text is filled with; years are looked at.
VALUE = re.compile(r"%\((?!year)\w+\)[sd]|{\w*}")
# Of a template what isn't read, or is in the catalogue, or is the title of a work.
OUTSIDE = (
    re.compile(r"(?s){% *comment.*?endcomment *%}|{% *blocktranslate.*?endblocktranslate *%}"),
    re.compile(r"(?s){%.*?%}|{{.*?}}|{#.*?#}"),
    re.compile(r"(?s)<cite.*?</cite>|<[^>]*>"),
)
# Language -> word -> texts in which it is right, as patterns, and why.
RIGHT: dict[str, dict[str, tuple[str, str]]] = {
    "id": {
        "pengelola": ("[Pp]engelola situs", "those who run the site, not an organization"),
        "operator": ("operator situs", "who looks after the site has no role in an organization"),
        "lampu": ("lampu lalu lintas", "the name of the report, once"),
        "paling banyak": ("yang paling banyak memberi", "the most of something, no upper limit"),
        "dilayani": ("pelanggan dilayani", "customers are served, missions are not"),
    },
    "en": {
        "light": ("[Tt]raffic.light", "the name of the report, once"),
    },
}


# Words that the library needs in another sense, and why.
RIGHT_IN_LIBRARY = {
    "responden": "customers who answer a cooperative's own questionnaire",
    "pengurus": "the elected board of a cooperative, here itself",
    "survei": "a survey of customers",
    "indikator": "the ministry's own name for its figures",
    "dilayani": "customers are served",
    "served": "customers are served",
}


@cache
def glossary() -> dict[str, tuple[str, ...]]:
    """Language -> the words that are not used any more."""
    found: dict[str, list[str]] = {"id": [], "en": []}
    for line in GLOSSARY.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or len(cells) <= COLUMN or not re.match(r"\d", cells[0]):
            continue
        indonesian, _, english = cells[COLUMN].partition(ENGLISH)
        found["id"] += re.findall(r"`([^`]+)`", indonesian)
        found["en"] += re.findall(r"`([^`]+)`", english)
    return {language: tuple(dict.fromkeys(words)) for language, words in found.items()}


@cache
def pattern(word: str) -> re.Pattern[str]:
    """A whole word; "…" is any one word but "dari", "2018" any year. A capital has to be one."""
    text = (
        re.escape(word).replace("…", r"(?!dari\b)[^\s.,;:]+").replace("2018", r"(\d{4}|%\(year\)s)")
    )
    return re.compile(rf"(?<!\w){text}(?!\w)", 0 if word != word.lower() else re.IGNORECASE)


def texts(language: str) -> Iterator[tuple[str, str]]:
    """What is read, with what the source says."""
    for entry in polib.pofile(str(ROOT / f"locale/{language}/LC_MESSAGES/django.po")):
        said = [*entry.msgstr_plural.values()] or [entry.msgstr]
        if language == "en" and not any(said):  # the source is English
            said = [entry.msgid, entry.msgid_plural]
        yield from ((entry.msgid, text) for text in said if text)


def used(language: str, found: Iterator[tuple[str, str]]) -> list[str]:
    """Where a word of that column stands, but for what is right and for names of values."""
    faults = []
    for source, text in found:
        for word in glossary()[language]:
            right = RIGHT[language].get(word, ("", ""))[0]
            searched = re.sub(right, " ", text) if right else text
            searched = VALUE.sub(" ", searched)
            if pattern(word).search(searched):
                faults.append(f"{word}: {source!r} says {text!r}")
    return faults


def test_the_glossary_is_read():
    words = glossary()
    assert len(words["id"]) > 70
    assert len(words["en"]) > 15
    rows = re.findall(r"^\| (\d+)\. ", GLOSSARY.read_text(), re.MULTILINE)
    assert [int(number) for number in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 82


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_a_word_that_is_not_used_any_more(language: str):
    faults = used(language, texts(language))
    assert faults == [], "\n".join(faults)


def test_templates_speak_through_the_catalogue():
    """Words that stand in a template outside of a translation are not looked up anywhere."""
    faults = []
    for path in sorted((ROOT / "templates").rglob("*.*")):
        text = path.read_text()
        for outside in OUTSIDE:
            text = outside.sub(" ", text)
        faults += used("id", iter([(str(path.relative_to(ROOT)), text)]))
    assert faults == [], "\n".join(faults)


def library_texts(language: str) -> Iterator[tuple[str, str]]:
    """What the frameworks bring into a scorecard, with the place where it stands."""
    for path in sorted((ROOT / "scorecards" / "library" / "data").glob("*.json")):
        for text in _texts_below(json.loads(path.read_text())):
            yield path.name, text[language]


def _texts_below(raw: object) -> Iterator[dict[str, str]]:
    if isinstance(raw, dict) and {"id", "en"} <= raw.keys():
        yield raw
    elif isinstance(raw, dict | list):
        for part in raw.values() if isinstance(raw, dict) else raw:
            yield from _texts_below(part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_has_none_of_those_words_either(language: str):
    found = list(library_texts(language))
    assert len(found) > 300
    faults = [
        fault
        for fault in used(language, iter(found))
        if fault.partition(":")[0] not in RIGHT_IN_LIBRARY
    ]
    assert faults == [], "\n".join(faults)


def test_percentages_have_no_space():
    """25%, in both languages; "%s" of a text that is filled in is none."""
    spaced = re.compile(r"(\d|\)[sd]|}}|})(&nbsp;|[ \u00a0])%%?(?![}\w(])")
    for path in sorted((ROOT / "templates").rglob("*.*")):
        assert not spaced.search(path.read_text()), path
    said = [text for language in LANGUAGES for _source, text in texts(language)]
    assert [text for text in said if spaced.search(text)] == []


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("id", "Bila nilainya sama", "bila"),
        ("id", "A lebih penting dari B", "lebih … dari"),
        ("id", "sejak Tahun 2017", "Tahun 2018"),
        ("id", "Tahun %(year)s sejauh ini", "Tahun 2018"),
        ("id", "Isi sebelas anak tangga.", "anak tangga"),
        ("en", "Show the ladder", "ladder"),
        ("en", "A part was handed back.", "handed back"),
    ],
)
def test_the_search_finds(language: str, text: str, word: str):
    assert any(fault.startswith(f"{word}: ") for fault in used(language, iter([("", text)])))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "lebih dari tujuh elemen"),
        ("id", "Tanggal mulai"),
        ("id", "Laporan lampu lalu lintas"),
        ("id", "A lebih penting daripada B"),
        ("id", "minimal sebilah"),
        ("id", "Seluruh 2018"),
        ("en", "highlight"),
        ("en", "Traffic-light report"),
    ],
)
def test_the_search_lets_be(language: str, text: str):
    assert used(language, iter([("", text)])) == []


def test_every_exception_has_a_use_and_a_reason():
    for language, words in RIGHT.items():
        for word, (right, why) in words.items():
            assert word in glossary()[language], word
            assert why
            said = [text for _source, text in texts(language)]
            assert any(re.search(right, text) for text in said), (word, right)
