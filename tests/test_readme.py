"""What the documents say about commands, variables and files is true."""

import re
from pathlib import Path

import pytest

from tests.source import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
IDS = [path.name for path in DOCUMENTS]
TARGETS = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
VARIABLE = re.compile(r"CANTING_[A-Z_]+[A-Z]")


def test_the_documents_are_there():
    assert {"README.md", "CONTRIBUTING.md", "architecture.md", "operations.md"} <= set(IDS)
    assert {"run", "test", "quick"} <= TARGETS


@pytest.mark.parametrize("path", DOCUMENTS, ids=IDS)
def test_every_make_command_exists(path: Path):
    text = path.read_text(encoding="utf-8")
    code = re.findall(r"^make ([\w-]+)", text, re.MULTILINE) + re.findall(r"`make ([\w-]+)`", text)
    assert set(code) <= TARGETS


@pytest.mark.parametrize("path", DOCUMENTS, ids=IDS)
def test_every_link_to_a_file_leads_somewhere(path: Path):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_operations_explains_every_variable_and_no_other():
    settings = [ROOT / f"scorecard_site/{name}.py" for name in ("settings", "server")]
    # The secret may also come from a file, under the same name with _FILE.
    used = {"CANTING_SECRET_KEY_FILE"}.union(
        *(VARIABLE.findall(path.read_text(encoding="utf-8")) for path in settings)
    )
    table = re.findall(
        r"^\| (`CANTING_.*?) \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE
    )
    assert len(used) > 10
    assert set(VARIABLE.findall(" ".join(table))) == used
