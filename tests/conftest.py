"""The people of the tests, and what every test may lean on.

alice manages the organization of the tests, edi enters its data, bob studies it, rita reads its
reports. charlie manages another one and must see nothing of the first.
"""

from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from organizations.models import Organization, Role, User
from tests import factories
from tests.ordering import orders_said

HERE = Path(__file__).parent
BROWSER_TESTS = HERE / "browser"
# Files of them; a single slow test has the marker itself.
SLOW_TESTS = (
    # They measure, or walk every page.
    *("benchmarks/*", "test_access.py", "test_pages.py"),
    # Twenty people press the same button.
    "*/test_*races.py",
    # They make all the files of whole studies, and read them again.
    *(f"surveys/test_research_{part}.py" for part in ("data", "files", "sav", "xlsx")),
    "surveys/test_write_ahp_os.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
        if HERE in item.path.parents:
            path = item.path.relative_to(HERE).as_posix()
            if any(fnmatch(path, pattern) for pattern in SLOW_TESTS):
                item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """With a browser, SQLite's tests have a file, as the site has.

    In memory, all threads of the server would share one connection with the test: its
    transactions, and its locks.
    """
    database = settings.DATABASES["default"]
    browser = any(item.get_closest_marker("browser") for item in request.session.items)
    if browser and database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "browser.sqlite3")


@pytest.fixture(autouse=True, scope="session")
def _orders_said() -> Iterator[None]:
    """No page of any test shows rows whose order is chance."""
    with orders_said():
        yield


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Throttles count in the cache, which no transaction rolls back."""
    cache.clear()


@pytest.fixture(autouse=True)
def _main_language() -> Iterator[None]:
    """A page that was drawn for somebody leaves their language behind for the next test."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def org(db: None) -> Organization:
    """The organization of alice, edi and bob."""
    return factories.organization("Koperasi Batik Pesisir", slug="pesisir")


@pytest.fixture
def other_org(db: None) -> Organization:
    """The organization of charlie."""
    return factories.organization("Koperasi Tenun Pegunungan", slug="pegunungan")


@pytest.fixture
def alice(org: Organization) -> User:
    """Admin of the organization."""
    return factories.membership(factories.user("Alice"), org, Role.ADMIN).user


@pytest.fixture
def edi(org: Organization) -> User:
    """Editor of the organization."""
    return factories.membership(factories.user("Edi"), org, Role.EDITOR).user


@pytest.fixture
def bob(org: Organization) -> User:
    """Researcher of the organization."""
    return factories.membership(factories.user("Bob"), org, Role.RESEARCHER).user


@pytest.fixture
def rita(org: Organization) -> User:
    """Reader of the organization."""
    return factories.membership(factories.user("Rita"), org, Role.READER).user


@pytest.fixture
def charlie(other_org: Organization) -> User:
    """Admin of another organization."""
    return factories.membership(factories.user("Charlie"), other_org, Role.ADMIN).user


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A test client in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def flat_queries(db: None) -> Callable[[Callable[[], object], Callable[[], object]], None]:
    """Asserts that `act` needs as many queries after `grow` added rows as before."""

    def queries(act: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            act()
        return [query["sql"] for query in captured.captured_queries]

    def check(act: Callable[[], object], grow: Callable[[], object]) -> None:
        act()  # fills what is remembered between requests (content types, sessions)
        before = queries(act)
        assert before, "act() asks the database nothing, so this test would prove nothing"
        grow()
        after = queries(act)
        assert len(after) == len(before), (
            f"{len(before)} queries grew to {len(after)}:\n" + "\n".join(after)
        )

    return check
