"""What the framework says is said in the words of this site, in Indonesian at least."""

from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.urls import reverse
from django.utils import translation

from organizations.framework_texts import TEXTS
from tests import factories

# Where Django has its own Indonesian for them.
PACKAGES = ("django", "django.contrib.auth")


def texts_of_django() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package in PACKAGES:
        folder = Path(find_spec(package).submodule_search_locations[0])
        within = "conf/locale" if package == "django" else "locale"
        for entry in polib.pofile(str(folder / within / "id/LC_MESSAGES/django.po")):
            found[entry.msgid] = {entry.msgstr, *entry.msgstr_plural.values()} - {""}
    return found


@pytest.mark.parametrize("text", [text for text in TEXTS if isinstance(text, str)])
def test_ours_goes_before_that_of_the_framework(text):
    theirs = texts_of_django()
    assert text in theirs, "the framework no longer says this"
    with translation.override("id"):
        assert translation.gettext(text) not in theirs[text]


def test_an_empty_box_is_asked_for(client, db):
    response = client.post(reverse("organizations:login"), {"email": "", "password": ""})
    assert response.text.count("Isi dulu.") >= 2
    assert "Bidang ini" not in response.text


def test_a_choice_that_is_open_says_what_to_choose(client_for, edi, org):
    for _ in range(2):
        factories.kpi(factories.objective(factories.perspective(factories.scorecard(org))))
    url = f"{reverse('surveys:survey-create', args=[org.slug])}?kind=pairwise"

    text = client_for(edi).get(url).text

    assert "Pilih scorecard" in text
    assert "---------" not in text
