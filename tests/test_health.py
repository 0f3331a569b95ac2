import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db

SHARED_CACHE = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_of_this_test",
    }
}


def test_livez_answers_without_an_account(client: Client):
    response = client.get("/livez")
    assert response.status_code == 200
    assert response.content == f"ok {settings.VERSION}\n".encode()


def test_livez_asks_the_database_nothing(client: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/livez")


def test_readyz_when_everything_is_in_place(client: Client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "checks": {"database": True, "migrations": True, "throttles": True},
    }
    assert "no-store" in response["Cache-Control"]


def test_readyz_twice_writes_the_same_row(client: Client):
    assert client.get("/readyz").status_code == client.get("/readyz").status_code == 200


def test_readyz_names_a_migration_that_is_not_applied(client: Client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": True, "migrations": False, "throttles": True}


def test_readyz_names_a_column_that_is_missing(client: Client):
    """Every migration is applied by name, and pages that read the column would be errors."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE organizations_organization DROP COLUMN sector")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] is False


def test_readyz_names_a_database_that_cannot_be_written(client: Client):
    def refuse(execute, sql, parameters, many, context):
        if sql.lstrip().startswith(("INSERT", "UPDATE")):
            raise OperationalError("attempt to write a readonly database")
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] is False


@override_settings(CACHES=SHARED_CACHE)
def test_readyz_names_a_missing_cache_table(client: Client):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["throttles"] is False


@override_settings(CACHES=SHARED_CACHE)
def test_readyz_with_a_cache_table(client: Client):
    call_command("createcachetable", verbosity=0)
    assert client.get("/readyz").status_code == 200
