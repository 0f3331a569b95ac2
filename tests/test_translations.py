"""Every string that people see is translated, and what is compiled is what is written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.source import APPS, ROOT

# English is the language of the source: its catalogue may leave the texts as they are.
LANGUAGES = ["id", "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|{\w*}")


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def catalogue(language: str, root: Path = ROOT) -> polib.POFile:
    return polib.pofile(str(root / f"locale/{language}/LC_MESSAGES/django.po"))


def texts(entries: list[polib.POEntry]) -> dict[tuple[str | None, str], object]:
    return {key(entry): entry.msgstr_plural or entry.msgstr for entry in entries}


def test_indonesian_is_complete():
    indonesian = catalogue("id")
    assert len(indonesian) > 50
    assert [entry.msgid for entry in indonesian.untranslated_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_or_left_over(language: str):
    entries = catalogue(language)
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []
    assert [entry.msgid for entry in entries.obsolete_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_up_to_date(language: str):
    written = texts([entry for entry in catalogue(language) if entry.translated()])
    compiled = texts(polib.mofile(str(ROOT / f"locale/{language}/LC_MESSAGES/django.mo")))
    assert compiled == written, "run make messages and commit the .mo"


@pytest.mark.gettext
def test_every_string_of_the_source_is_in_the_catalogues(tmp_path: Path):
    if not shutil.which("xgettext"):
        pytest.fail("xgettext is missing: apt-get install gettext")
    for folder in (*APPS, "scorecard_site", "templates", "locale"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    subprocess.run(
        [
            sys.executable,
            "manage.py",
            "makemessages",
            "-l",
            "id",
            "-l",
            "en",
            "--no-location",
            "--extension",
            "html,txt,py,svg",
            "--no-obsolete",
        ],
        cwd=tmp_path,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "scorecard_site.settings_test"},
        check=True,
        capture_output=True,
    )
    for language in LANGUAGES:
        committed = set(texts(catalogue(language)))
        extracted = set(texts(catalogue(language, tmp_path)))
        assert extracted
        assert extracted - committed == set(), "not in the catalogue: run make messages"
        assert committed - extracted == set(), "no longer in the source: run make messages"


def test_placeholders_survive_translation():
    wrong = []
    for entry in catalogue("id"):
        sources = {entry.msgid, entry.msgid_plural} - {""}
        wanted = [sorted(PLACEHOLDER.findall(source)) for source in sources]
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            if sorted(PLACEHOLDER.findall(text)) not in wanted:
                wrong.append(entry.msgid)
    assert wrong == []
