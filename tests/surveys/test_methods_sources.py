"""The methods page's sources: one table, cited where it supports something, as the docs have it."""

import re

import pytest
from django.template import Context, Template

from scorecards.sources.source import Source
from scorecards.sources.table import SOURCES, in_order
from scorecards.templatetags.sources import cite
from surveys.views.methods import SECTIONS
from tests.source import ROOT

CITED = re.compile(r'{% cite ((?:"[a-z0-9-]+" ?)+)%}')
DOI = re.compile(r"10\.\d{4,9}/[^\s|`]+")
# In brackets stands one that nobody found in a text of others.
FROM_MEMORY = re.compile(r"\(doi \S+\)")
HEADING = "# Sources, and how far they were checked"


def cited() -> list[str]:
    """Every key that a section names, in the order of the page."""
    texts = [
        (ROOT / "templates" / section.template).read_text(encoding="utf-8") for section in SECTIONS
    ]
    return [
        key
        for text in texts
        for keys in CITED.findall(text)
        for key in re.findall(r'"([^"]+)"', keys)
    ]


def documented_dois() -> set[str]:
    """Of the table in docs/methods.md, without its last column, which says who was asked."""
    text = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    rows = [line for line in text.partition(HEADING)[2].splitlines() if line.startswith("|")]
    cells = [cell for row in rows for cell in row.strip("|").split("|")[:-1]]
    return {
        found.rstrip(".,;") for cell in cells for found in DOI.findall(FROM_MEMORY.sub("", cell))
    }


# The table


def test_keys_are_of_one_source_each():
    assert len(SOURCES) == len({source.title for source in SOURCES.values()})
    assert all(key == source.key for key, source in SOURCES.items())
    assert all(key.endswith(str(source.year)) for key, source in SOURCES.items())


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.key)
def test_a_source_is_complete(source):
    assert source.authors
    assert all(name.strip() == name for name in source.authors)
    assert 1900 < source.year < 2030
    assert source.title
    assert source.where
    assert not source.title.endswith(".")
    assert not source.where.endswith(".")
    if source.doi:
        assert re.fullmatch(r"10\.\d{4,9}/[-._;()/:<>A-Za-z0-9]+", source.doi)
        assert source.doi.count("(") == source.doi.count(")")


def test_dois_are_of_one_source_each():
    dois = [source.doi for source in SOURCES.values() if source.doi]
    assert len(dois) == len(set(dois))
    assert len(dois) > 25


def test_the_docs_name_no_other_doi():
    documented = documented_dois()
    assert documented
    assert documented <= {source.doi for source in SOURCES.values()}


def test_references_are_in_order():
    keys = [source.key for source in in_order()]
    assert sorted(keys) == sorted(SOURCES)
    assert keys[:3] == ["aczel-saaty-1983", "agoston-csato-2022", "aguaron-moreno-2003"]
    assert keys[-1] == "wilson-2012"


# Where they are cited


def test_every_cited_source_exists_and_every_source_is_cited():
    assert set(cited()) == set(SOURCES)


def test_every_section_about_a_method_cites():
    own = {"who-counts", "comparison", "missing", "screening", "light", "cite", "sources"}
    for section in SECTIONS:
        text = (ROOT / "templates" / section.template).read_text(encoding="utf-8")
        assert bool(CITED.search(text)) is (section.anchor not in own), section.anchor


def test_a_short_reference_links_to_the_list():
    assert cite("aiken-1980", "aiken-1985") == (
        '(<a class="cite" href="#source-aiken-1980">Aiken, 1980</a>; '
        '<a class="cite" href="#source-aiken-1985">Aiken, 1985</a>)'
    )


def test_two_authors_are_named_and_of_more_the_first():
    assert ">Forman &amp; Peniwati, 1998<" in cite("forman-peniwati-1998")
    assert ">Bozóki dkk., 2010<" in cite("bozoki-2010")


def test_an_unknown_source_is_an_error():
    with pytest.raises(KeyError):
        Template('{% load sources %}{% cite "nobody-1900" %}').render(Context())


def test_authors_without_family_names_are_named_all_the_same():
    source = Source("x-2000", ("Faridz, R.", "Burhan"), 2000, "X", "Y")
    assert source.families == ("Faridz", "Burhan")
    assert source.author_line == "Faridz, R. & Burhan"
    assert source.address == ""
