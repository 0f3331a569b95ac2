"""Is the process alive, and can it do its work? For monitors and load balancers."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from scorecard_site.schema import compare

PROBE = "readyz"


@login_not_required
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"ok {settings.VERSION}\n", content_type="text/plain")


@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every check passes, else 503. Names what failed, and no more."""
    checks = {check.__name__: _passes(check) for check in (database, migrations, throttles)}
    ready = all(checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False


def database() -> bool:
    """Writes: a full disk and a read-only replica still answer a SELECT."""
    expires = timezone.now() + timedelta(minutes=1)
    Session.objects.update_or_create(session_key=PROBE, defaults={"expire_date": expires})
    return True


def migrations() -> bool:
    """Its tables are those of this version, by the names of migrations and by their columns."""
    return not compare(connection).refusal


def throttles() -> bool:
    """The shared cache has its table (`manage.py createcachetable`)."""
    cache.get(PROBE)
    return True
