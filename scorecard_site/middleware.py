"""Small steps that every request takes. Each is a plain function around the next one."""

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from scorecard_site import proxy

PROBES = ("/livez", "/readyz")  # asked from this machine, past the proxy
Handler = Callable[[HttpRequest], HttpResponse]

SESSION_TOUCHED = "touched"
SESSION_BEGAN = "began"
SESSION_TOUCH_EVERY = 10 * 60  # seconds


def client_address(get_response: Handler) -> Handler:
    """Makes REMOTE_ADDR the visitor's address where known proxies stand in front.

    The last proxy appends the address that it saw, so we count from the right: what stands
    further left was written by the visitor and proves nothing.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        proxies = settings.TRUSTED_PROXIES
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if 0 < proxies <= len(seen) and seen[-proxies]:
            request.META["REMOTE_ADDR"] = seen[-proxies]
        if request.path not in PROBES:
            proxy.tell_of_scheme(request)
        return get_response(request)

    return handle


def permissions_policy(get_response: Handler) -> Handler:
    """The site needs none of the device's senses."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response

    return handle


def refuse_nul_cookies(get_response: Handler) -> Handler:
    """PostgreSQL can't even look for a NUL, so a session's key that holds one would be an error."""

    def handle(request: HttpRequest) -> HttpResponse:
        if any("\0" in value for value in request.COOKIES.values()):
            raise BadRequest("a cookie holds NUL")
        return get_response(request)

    return handle


def private_pages(get_response: Handler) -> Handler:
    """What depends on who asks, no cache shows to somebody else, nor after signing out.

    Not ``no-store``: browsers then forget what was typed when one goes back to a form. Pages
    that show links or people's addresses ask for it by themselves (``never_cache``).
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return handle


def sliding_session(get_response: Handler) -> Handler:
    """A session ends SESSION_COOKIE_AGE after the last page, and SESSION_LONGEST after signing in.

    Saving it on every request would be a database write for every page; every ten minutes is
    near enough.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        session, now = request.session, int(time())
        # Only a session that is there is looked into: pages of visitors stay the same for all.
        if not session.is_empty():
            if now - session.get(SESSION_BEGAN, now) > settings.SESSION_LONGEST:
                logout(request)
            elif now - session.get(SESSION_TOUCHED, 0) > SESSION_TOUCH_EVERY:
                session[SESSION_TOUCHED] = now
        response = get_response(request)
        if not session.is_empty() and SESSION_KEY in session:
            session.setdefault(SESSION_BEGAN, now)
        return response

    return handle
