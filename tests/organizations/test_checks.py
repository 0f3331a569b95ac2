import pytest

from organizations import checks


@pytest.mark.parametrize(
    ("backend", "ids"),
    [
        ("django.core.cache.backends.db.DatabaseCache", []),
        ("django.core.cache.backends.redis.RedisCache", []),
        ("django.core.cache.backends.locmem.LocMemCache", ["organizations.W001"]),
        ("django.core.cache.backends.dummy.DummyCache", ["organizations.W001"]),
    ],
)
def test_cache_that_processes_do_not_share_is_named(settings, backend, ids):
    settings.CACHES = {"default": {"BACKEND": backend}}
    assert [found.id for found in checks.check_shared_cache()] == ids


@pytest.mark.parametrize(
    ("hosts", "ids"),
    [(["canting.example"], []), (["other.example"], ["organizations.W002"])],
)
def test_links_to_a_host_that_is_refused_are_named(settings, hosts, ids):
    settings.SITE_HOST, settings.ALLOWED_HOSTS = "canting.example", hosts
    assert [found.id for found in checks.check_links_lead_here()] == ids
