"""What every answer of the site carries, the error pages too."""

import pytest
from django.test import Client

from scorecard_site import views

pytestmark = pytest.mark.django_db
PATHS = ["/livez", "/readyz", "/this-page-does-not-exist/", "/operator/", "/language/"]


@pytest.mark.parametrize("path", PATHS)
def test_content_security_policy_is_strict(client: Client, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    for directive in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ):
        assert directive in policy


@pytest.mark.parametrize("path", PATHS)
def test_other_headers(client: Client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_visitor_chooses_the_language(client: Client, language):
    response = client.post("/language/", {"language": language, "next": "/"})
    assert response.status_code == 302
    assert response.cookies["django_language"].value == language


def test_icon_for_pages_without_a_head(client: Client):
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.svg"


def test_page_that_does_not_exist(client: Client):
    response = client.get("/this-page-does-not-exist/")
    assert response.status_code == 404
    assert "404.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("handler", ["bad_request", "server_error"])
def test_error_pages_render_without_the_database(rf, handler, django_assert_num_queries):
    arguments = [] if handler == "server_error" else [ValueError("what a library said")]
    with django_assert_num_queries(0):
        response = getattr(views, handler)(rf.get("/"), *arguments)
    assert response.status_code in (400, 500)
    assert b"what a library said" not in response.content
