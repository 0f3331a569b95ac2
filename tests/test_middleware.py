from time import time

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from scorecard_site import middleware
from tests.factories import PASSWORD


def address_seen(proxies: int, **headers: str) -> str:
    """The address that views see behind so many proxies."""
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    with override_settings(TRUSTED_PROXIES=proxies):
        middleware.client_address(view)(
            RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **headers)
        )
    return seen[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "10.0.0.1"),  # nobody in front, so the header is the visitor's claim
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # what stands left is a claim
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),  # fewer hops than proxies: the request went round one
        (1, "", "10.0.0.1"),
    ],
)
def test_client_address_counts_from_the_last_proxy(proxies, forwarded, expected):
    assert address_seen(proxies, HTTP_X_FORWARDED_FOR=forwarded) == expected


def test_client_address_without_the_header():
    assert address_seen(1) == "10.0.0.1"


@pytest.mark.django_db
def test_session_key_that_no_database_can_look_for_is_refused():
    client = Client(headers={"cookie": 'session="\\000aaaaaaaaaaaaaaaa"'})
    assert client.get("/start/").status_code == 400
    assert client.get("/livez").status_code == 400, "whatever the page"


def test_page_of_a_person_is_kept_for_nobody_else(client_for, alice, org):
    client = client_for(alice)
    assert client.get("/o/pesisir/strategy/")["Cache-Control"] == "private, no-cache"
    for path in ("/o/pesisir/people/", "/account/"):
        assert "no-store" in client.get(path)["Cache-Control"], "it shows addresses of people"


def touched(client: Client) -> int | None:
    return client.session.get(middleware.SESSION_TOUCHED)


def test_session_of_an_active_person_is_prolonged(client_for, alice):
    client = client_for(alice)
    session = client.session
    session[middleware.SESSION_TOUCHED] = long_ago = int(time()) - 2 * 60 * 60
    session.save()
    response = client.get("/this-page-does-not-exist/")
    assert touched(client) > long_ago
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == 12 * 60 * 60


def test_session_is_not_written_for_every_page(client_for, alice):
    client = client_for(alice)
    client.get("/this-page-does-not-exist/")
    response = client.get("/this-page-does-not-exist/")
    assert settings.SESSION_COOKIE_NAME not in response.cookies


DAY = 24 * 60 * 60


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 302)])
def test_session_ends_thirty_days_after_signing_in_however_busy(client_for, alice, days, status):
    client = client_for(alice)
    session = client.session
    session[middleware.SESSION_BEGAN] = int(time()) - days * DAY
    session[middleware.SESSION_TOUCHED] = int(time())
    session.save()
    assert client.get("/account/").status_code == status
    assert ("_auth_user_id" in client.session) is (status == 200)


def test_form_that_comes_after_the_sessions_end_is_answered_with_what_to_do(client_for, alice):
    client = client_for(alice)
    session = client.session
    session[middleware.SESSION_BEGAN] = int(time()) - 31 * DAY
    session.save()
    answer = client.post("/account/", {"name": "Alice Baru", "language": "id"})
    assert answer.status_code == 401
    alice.refresh_from_db()
    assert alice.name == "Alice"
    # It goes on through the sign-in page.
    signing_in = {"email": alice.email, "password": PASSWORD, "held": answer.context["held"]}
    again = client.post("/sign-in/", signing_in).context["held"]
    client.post(again.path, dict(again.fields))
    alice.refresh_from_db()
    assert alice.name == "Alice Baru"


def test_session_begins_when_one_signs_in_and_not_with_a_later_page(client, alice):
    client.post("/sign-in/", {"email": alice.email, "password": PASSWORD})
    began = client.session[middleware.SESSION_BEGAN]
    assert abs(began - time()) < 60
    session = client.session
    session[middleware.SESSION_BEGAN] = began - DAY
    session.save()
    client.get("/account/")
    assert client.session[middleware.SESSION_BEGAN] == began - DAY


@pytest.mark.django_db
def test_visitor_gets_no_session(client: Client):
    response = client.get("/this-page-does-not-exist/")
    assert settings.SESSION_COOKIE_NAME not in response.cookies
