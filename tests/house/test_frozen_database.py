"""A database that has stopped answering gives an error and no hang."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config.postgresql import bounded

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could freeze."),
]


class Middle:
    """Passes bytes between a client and the server, until it is frozen."""

    def __init__(self, host: str, port: int) -> None:
        self.server = (host, port)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.frozen = threading.Event()
        threading.Thread(target=self._welcome, daemon=True).start()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.door.accept()
                threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        server = socket.create_connection(self.server)
        ways = selectors.DefaultSelector()
        ways.register(client, selectors.EVENT_READ, server)
        ways.register(server, selectors.EVENT_READ, client)
        with suppress(OSError), client, server:
            while True:
                for key, _ in ways.select():
                    content = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    if self.frozen.is_set():
                        return self.frozen_for_ever(client)
                    if not content:
                        return None
                    key.data.sendall(content)

    def frozen_for_ever(self, client: socket.socket) -> None:
        while client.fileno() >= 0 and self.door.fileno() >= 0:
            time.sleep(0.05)


@pytest.fixture
def middle() -> Iterator[Middle]:
    database = settings.DATABASES["default"]
    between = Middle(database["HOST"] or "127.0.0.1", int(database["PORT"] or 5432))
    yield between
    between.door.close()


@pytest.fixture
def address(middle: Middle) -> dict[str, Any]:
    database = settings.DATABASES["default"]
    return {
        "host": "127.0.0.1",
        "port": middle.port,
        "dbname": "postgres",
        "user": database["USER"],
        "password": database["PASSWORD"],
        "sslmode": "disable",
        "connect_timeout": 2,
    }


def test_an_answer_is_waited_for_only_so_long(middle: Middle, address: dict[str, Any]) -> None:
    with bounded(1).connect(**address) as open_connection:
        assert open_connection.execute("SELECT 1").fetchone() == (1,)
        middle.frozen.set()
        with pytest.raises(psycopg.OperationalError, match="did not answer within 1 s"):
            open_connection.execute("SELECT 2")
        assert open_connection.closed


def test_a_new_connection_is_given_up_too(middle: Middle, address: dict[str, Any]) -> None:
    middle.frozen.set()
    with pytest.raises(psycopg.OperationalError):
        bounded(1).connect(**address)


def test_without_a_limit_a_long_statement_is_waited_for(address: dict[str, Any]) -> None:
    with bounded(0).connect(**address) as open_connection:
        assert open_connection.execute("SELECT pg_sleep(1.5), 1").fetchone() is not None
