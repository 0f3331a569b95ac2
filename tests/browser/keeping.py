"""Keeps what is slow to make: the world is made once in a process, and put back for each test."""

from copy import deepcopy
from sqlite3 import connect

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.every_page import World
from tests.page_world import make_world


class WorldKeeper:
    """Hands out the same world again and again, whatever the test before did to it."""

    def __init__(self) -> None:
        self._rows = connect(":memory:")
        self._world: World | None = None

    def world(self) -> World:
        if connection.vendor != "sqlite":
            return make_world()
        if self._world is None:
            self._world = make_world()
            connection.connection.backup(self._rows)
        else:
            connection.ensure_connection()
            self._rows.backup(connection.connection)
            ContentType.objects.clear_cache()  # their numbers come back with the other rows
        return deepcopy(self._world)

    def close(self) -> None:
        self._rows.close()
