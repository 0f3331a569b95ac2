"""What is wrong with a site although it starts. Shown by `manage.py check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.http.request import validate_host

SHARED_CACHES = ("db.DatabaseCache", "memcached.", "redis.", "filebased.")


@register(Tags.security, deploy=True)
def check_shared_cache(**kwargs: Any) -> list[CheckMessage]:
    backend = settings.CACHES["default"]["BACKEND"]
    if any(shared in backend for shared in SHARED_CACHES):
        return []
    return [
        Warning(
            "The cache is not shared by all server processes, so each counts sign-ins by itself.",
            hint="Use the database cache, Memcached or Redis in CACHES.",
            id="organizations.W001",
        )
    ]


@register(Tags.security, deploy=True)
def check_links_lead_here(**kwargs: Any) -> list[CheckMessage]:
    if validate_host(settings.SITE_HOST, settings.ALLOWED_HOSTS):
        return []
    return [
        Warning(
            f"Links are made for {settings.SITE_URL}, which ALLOWED_HOSTS refuses.",
            hint="Add the host of CANTING_SITE_URL to CANTING_ALLOWED_HOSTS.",
            id="organizations.W002",
        )
    ]
