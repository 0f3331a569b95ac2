"""Every page of the site, without a browser: whole, translated, harmless, and for its own people.

The pages come from the resolver (tests/every_page.py), so a new one is walked from its first day.
"""

import csv
import hashlib
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from scorecards.models import Scorecard
from surveys.demo.lasem import make_lasem
from tests import factories
from tests.every_page import ADMIN, FILES, NOBODY, Visit, World
from tests.page_world import make_world
from tests.stains import keys, our_models, stain_texts
from tests.test_access import RULES, site_patterns

pytestmark = pytest.mark.django_db

LANGUAGES = ("id", "en")
MISSING = {"answer-open-wrong"}  # answered with 404
CANARY = "kenari"
# Capital letters, places and signs, and sheets of which nothing but letters is left.
OUR_FORMULA = re.compile(r"""(?:'[\w .-]+'!|\w+!|""|[A-Z0-9$(),:.=+*/-])+""")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONG, SHORT = "=1+1\"><img src=x onerror=alert(1)>'{{7*7}}</script>]]>\u202e", '<i>&"'


@pytest.fixture
def world() -> World:
    return make_world()


def clients_of(world: World, language: str = "id") -> dict[str, Client]:
    """A browser for each kind of visitor."""
    clients = {who: Client() for who in (NOBODY, ADMIN, *world.links)}
    clients[ADMIN].force_login(world.admin)
    for who, link in world.links.items():
        clients[who].post(link)
    for client in clients.values():
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return clients


def walk(world: World, clients: dict[str, Client]) -> Iterator[tuple[Visit, HttpResponse]]:
    """Every address that answers to a look, opened as whom it is for."""
    for visit in world.visits():
        yield visit, clients[visit.visitor].get(visit.url, follow=visit.name not in FILES)


def visible(page: str) -> str:
    """The words of a page, one blank between them; not those marked as another language's."""
    without_scripts = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page)
    without_scripts = re.sub(r"(?s)<(textarea|ul)\b[^>]*\slang=.*?</\1>", " ", without_scripts)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without_scripts)).split())


@cache
def catalog() -> tuple[tuple[str, str], ...]:
    """English and Indonesian sentences that can't be mistaken for one another."""
    entries = polib.pofile(Path(settings.LOCALE_PATHS[0]) / "id" / "LC_MESSAGES" / "django.po")
    return tuple(
        (entry.msgid, entry.msgstr)
        for entry in entries
        if entry.msgstr
        and entry.msgid.count(" ") >= 3
        and "%" not in entry.msgid
        and entry.msgid not in entry.msgstr
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_and_in_one_language(world, language):
    faults = []
    words = 0
    for visit, answer in walk(world, clients_of(world, language)):
        if visit.name in FILES:
            continue
        page = answer.content.decode()
        expected = 404 if visit.picture in MISSING else 200
        found = [] if answer.status_code == expected else [f"status {answer.status_code}"]
        found += [f"{count} h1" for count in [page.count("<h1")] if count != 1]
        found += [] if f'<html lang="{language}"' in page else ["another language"]
        title = re.search(r"(?s)<title>(.*?)</title>", page)
        found += [] if title and title[1].split("·")[0].strip() else ["no title"]
        text = visible(page)
        words += len(text.split())
        for english, indonesian in catalog():
            foreign = english if language == "id" else indonesian
            found += [f"says {foreign!r}"] if foreign in text else []
        faults += [f"{visit.picture}: {fault}" for fault in found]
    assert len(catalog()) > 300
    assert words > 10_000
    assert not faults, "\n".join(faults)


def test_what_people_write_stays_text(world):
    """W2: in no page, drawing or export does a text become markup."""
    fields = stain_texts(
        lambda room, number: (SHORT if room and room < len(LONG) + 12 else LONG) + str(number)
    )
    assert fields > 30
    raw = re.compile(r"<img src=x|<i>&|\"><img")
    shown = 0
    files = set()
    for visit, answer in walk(world, clients_of(world)):
        assert answer.status_code < 500, visit.picture
        if visit.name in FILES:
            files.add(check_file(answer))
            continue
        content = answer.content.decode()
        assert not raw.search(content), visit.picture
        shown += "&lt;img src=x" in content and "{{7*7}}&lt;/script&gt;" in content
    assert shown > 50
    assert files > {"text/csv", "application/json", "image/svg+xml", WORKBOOK}


def check_file(answer: HttpResponse) -> str:
    """W2, W3: well-formed, and nothing in it that a spreadsheet would compute; its type."""
    kind = answer.get("Content-Type", "").partition(";")[0]
    if kind == "image/svg+xml":
        assert "<img" not in answer.content.decode()
        ElementTree.fromstring(answer.content)  # noqa: S314 - our own drawing
    elif kind == "text/csv":
        text = answer.getvalue().decode()
        # Only files for spreadsheets have the mark, and in Indonesian they have semicolons.
        separator = ";" if re.match("\ufeff[^,]*;", text.partition("\n")[0]) else ","
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+1", "@"))]
    elif kind == "application/json":
        json.loads(answer.getvalue())
    elif kind == WORKBOOK:
        for name, part in unpacked(answer.getvalue()).items():
            if name.endswith(".xml"):
                formulas = ElementTree.fromstring(part).findall(".//{*}f")  # noqa: S314
                assert not [each.text for each in formulas if not OUR_FORMULA.fullmatch(each.text)]
    return kind


def unpacked(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def says(answer: HttpResponse, text: str) -> bool:
    """Whether a page or file holds this text, inside a workbook too."""
    content = answer.getvalue()
    if content.startswith(b"PK"):
        content = b"".join(unpacked(content).values())
    return text.encode() in content


def test_looking_changes_nothing(world):
    """W1: after every address was opened, no row is another one."""
    clients = clients_of(world)
    before = fingerprints()
    assert len(before) > 25
    assert sum(1 for _ in walk(world, clients)) > 90
    assert fingerprints() == before


def fingerprints() -> dict[str, str]:
    """Of every table but that of the sessions, which remember when they were used."""
    return {
        model._meta.label: hashlib.sha256(
            repr(list(model._default_manager.order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in [*our_models(), *apps.get_app_config("auth").get_models()]
    }


def test_nothing_is_taken_without_the_forms_token(world):
    """W1: every address refuses what another site's page could make a browser send."""
    staff = Client(enforce_csrf_checks=True)
    staff.force_login(world.admin)
    before = fingerprints()
    refused = 0
    for url in addresses(world):
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(staff, method)(url)
            assert answer.status_code in {403, 405}, (method, url, answer.status_code)
            refused += answer.status_code == 403
    assert refused > 300
    assert fingerprints() == before


def addresses(world: World) -> Iterator[str]:
    """Every address, those that only take what is sent too."""
    visits = list(world.visits())
    yield from (visit.url for visit in visits)
    for name in sorted(site_patterns().keys() - {visit.name for visit in visits}):
        args = RULES[name].args if name in RULES else ANSWER_ARGS.get(name, ())
        yield reverse(name, args=[world.words[arg] for arg in args])


ANSWER_ARGS = {
    "surveys:answer-save": ("submission",),
    "surveys:answer-decide": ("submission", "part"),
    "surveys:answer-take-back": ("submission", "part"),
    "surveys:rating-save": ("submission",),
}


def test_nothing_of_another_organization_is_anywhere(world, client_for):
    """T3: texts of another organization, with all that Lasem has, in no page and no export."""
    spared = keys()
    other = factories.organization("Koperasi lain", slug="koperasi-lain")
    charlie = factories.membership(factories.user("Charlie"), other).user
    make_lasem(other, charlie)
    stain_texts(lambda _room, number: f"{CANARY}{number}", spared)
    scorecard = Scorecard.objects.get(organization=other)
    own = client_for(charlie).get(
        reverse("scorecards:report", args=[other.slug, scorecard.pk, world.words["closed_start"]])
    )
    assert own.content.decode().count(CANARY) > 50
    seen = [
        visit.picture for visit, answer in walk(world, clients_of(world)) if says(answer, CANARY)
    ]
    assert not seen
