"""Tells the operator when what stands in front of the site spoils what browsers say.

Where the reverse proxy changes Host, X-Forwarded-Proto or Origin, every form is refused or every
page redirected, and the visitor can do nothing about it. The log then says what came, what was
expected, and what to set: hosts and schemes alone, never an address, a path or a person.
"""

import logging
from hashlib import sha256
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.middleware import csrf

from scorecard_site.address import LOOPBACK

logger = logging.getLogger("canting.proxy")

HOUR = 60 * 60
# Strangers can make these lines too: one an hour of each kind that differs, and so many at most.
MOST_LINES_AN_HOUR = 20
LONGEST = 80
# What this process told, and until when it isn't told again. No cache: whoever sends many different
# headers would push the parts of pages out of it, and then these.
_told: dict[bytes, float] = {}
_telling = Lock()
GUIDE = "See “Reverse proxy” in docs/operations.md."

COOKIE, TOKEN, ORIGIN = "cookie", "token", "origin"


def refusal_kind(reason: str) -> str:
    """Why a form was refused: no cookie came, its token is another, or its origin is."""
    if reason == csrf.REASON_NO_CSRF_COOKIE:
        return COOKIE
    # "Origin checking failed - …", and "Referer checking failed - …" where no Origin came.
    return ORIGIN if "checking failed" in reason else TOKEN


def tell_of_origin(request: HttpRequest) -> None:
    """A form came from elsewhere, or what says so was changed on the way."""
    origin = request.META.get("HTTP_ORIGIN") or _origin_of(request.META.get("HTTP_REFERER", ""))
    _tell(
        f"A form was refused: it came with Origin {_shown(origin)}, Host {_shown(_host(request))} "
        f"and X-Forwarded-Proto {_shown(_scheme(request))}, and CANTING_SITE_URL is "
        f"{settings.SITE_URL!r}. If people use the first address, set CANTING_SITE_URL to it. If "
        "they use the last, the proxy changes these headers: let it pass Origin and Host on as "
        f"they come. If neither, another site sent it, and it was right to refuse it. {GUIDE}"
    )


def tell_of_host(request: HttpRequest) -> None:
    """A page was asked for under a host that isn't ours.

    Robots do that all day with names of the internet; names that only exist behind a proxy come
    from it.
    """
    # Names with an underscore, as upstreams have, are no host to Django.
    name = split_domain_port(_host(request))[0] or _host(request)
    if not name or ("." in name and name not in LOOPBACK):
        return
    _tell(
        f"Pages are refused: requests come with Host {_shown(_host(request))}, which "
        "CANTING_ALLOWED_HOSTS doesn't have. The proxy must pass on the browser's Host "
        f"(nginx: proxy_set_header Host $host). {GUIDE}"
    )


def tell_of_scheme(request: HttpRequest) -> None:
    """Without X-Forwarded-Proto every page of an https site is redirected to itself."""
    if settings.HTTPS and settings.TRUSTED_PROXIES and not _scheme(request):
        _tell(
            "A page came without X-Forwarded-Proto and is redirected to https, for ever if it was "
            "https already. The outermost proxy must set it (nginx: proxy_set_header "
            f"X-Forwarded-Proto $scheme). {GUIDE}"
        )


def _tell(line: str) -> None:
    digest = sha256(line.encode()).digest()
    with _telling:
        now = monotonic()
        for old in [each for each, until in _told.items() if until <= now]:
            del _told[old]
        # Asked first whether there is room: what can't be told isn't kept either.
        if digest in _told or len(_told) >= MOST_LINES_AN_HOUR:
            return
        _told[digest] = now + HOUR
    logger.warning(line)


def _host(request: HttpRequest) -> str:
    return str(request.META.get("HTTP_HOST", ""))


def _scheme(request: HttpRequest) -> str:
    return str(request.META.get("HTTP_X_FORWARDED_PROTO", ""))


def _origin_of(referer: str) -> str:
    """Scheme and host of the page before; the rest is nobody's business."""
    try:
        parts = urlsplit(referer)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return ""
    return f"{parts.scheme}://{host}" if host else ""


def _shown(text: str) -> str:
    return ascii(text[:LONGEST]) if text else "missing"
