"""docs/research-data.md names every column of every table."""

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from surveys.exports.research_files import FILES
from surveys.exports.research_table import Table
from surveys.exports.research_tables import research_tables
from surveys.selectors.research_data import research_data
from tests.source import ROOT
from tests.surveys import builders, judgements

pytestmark = pytest.mark.django_db

GUIDE = (ROOT / "docs" / "research-data.md").read_text(encoding="utf-8")
# Their number depends on what was asked: the guide shows the first of them.
REPEATED = re.compile(r"m[2-9]_.*|m\d_(?!1_2$|counts$|cr$|w1$).*|c(?!01)\d\d.*")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def tables() -> Iterator[tuple[str, Table]]:
    pairwise, screening = builders.survey(sizes=[2]), builders.screening(sizes=[1])
    builders.invitation(pairwise)
    builders.invitation(screening)
    joined = judgements.joined(builders.survey(sizes=[2]))
    for survey, ending in ((pairwise, ""), (screening, " (screening)"), (joined, "")):
        for table in research_tables(research_data(survey, names=True)):
            # Experts have the same columns in both kinds.
            yield ("" if table.key == "experts" else ending), table


def test_every_column_has_a_line_in_its_table():
    lines = 0
    for ending, table in tables():
        heading = f"### `{table.key}`{ending}\n"
        assert GUIDE.count(heading) == 1, heading
        part = GUIDE.split(heading)[1].split("\n#")[0]
        documented = re.findall(r"^\| `(\w+)` \|", part, re.M)
        columns = [each.name for each in table.variables if not REPEATED.fullmatch(each.name)]
        assert documented == columns, heading
        assert table.about in part
        lines += len(columns)
    assert lines > 120


def test_every_file_has_a_line():
    for key in FILES:
        assert f"`{key}`" in GUIDE, key
