"""The cheap question that every web process asks ten times a second, on a database connection of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.db import OperationalError, connections
from django.db.models import Subquery

from events.models import Cursor, Event
from statuspage.models import Generation

# With the question open for longer, the database counts as down.
PATIENCE = 3.0


class DatabaseGone(OperationalError):
    """The file of the database is not where it should be. Opening it would make an empty one."""


@dataclass(frozen=True, slots=True)
class News:
    """Which generation of which store is newest, whether events wait for the publisher, and when its clock is due."""

    store: UUID
    generation: int
    waiting: bool
    due_at: datetime | None


class Question:
    """Asked by one thread; :attr:`down` may be read by any."""

    def __init__(self, consumer: str) -> None:
        self._asked = Generation.objects.filter(id=Generation.ONLY).values_list(
            "store",
            "number",
            "due_at",
            Subquery(Event.objects.order_by("-id").values("id")[:1]),
            Subquery(Cursor.objects.filter(consumer=consumer).values("position")[:1]),
        )
        self._sql: tuple[str, tuple[Any, ...]] | None = None
        self._row: tuple[Any, ...] | None = None
        self._news: News | None = None
        self._asked_at: float | None = None
        self._failed = False
        self._file: int | None = None

    @property
    def down(self) -> bool:
        """Say whether the database refused the last question, or has not answered it for a while."""
        asked_at = self._asked_at
        return self._failed or (asked_at is not None and time.monotonic() - asked_at > PATIENCE)

    def ask(self) -> News | None:
        """Return the answer; ``None`` before the first publication. Raises ``DatabaseError``."""
        self._asked_at, answered = time.monotonic(), False
        try:
            self._refuse_missing_file()
            row = self._raw()
            if row != self._row:
                self._news = self._read()
                self._row = row
            answered = True
        finally:
            self._asked_at, self._failed = None, not answered
        return self._news

    def _raw(self) -> tuple[Any, ...] | None:
        """Ask in the database's own words: building the question anew each time holds up answers ten times a second."""
        self._sql = self._sql or self._asked.query.sql_with_params()
        with connections["default"].cursor() as cursor:
            cursor.execute(*self._sql)
            return cast("tuple[Any, ...] | None", cursor.fetchone())

    def _read(self) -> News | None:
        row = self._asked.first()
        if row is None:
            return None
        store, number, due_at, newest, position = row
        return News(store, number, (newest or 0) > (position or 0), due_at)

    def _refuse_missing_file(self) -> None:
        """On SQLite, notice that the file was moved away or exchanged: an open connection does not."""
        connection = connections["default"]
        name = str(connection.settings_dict["NAME"])
        if connection.vendor != "sqlite" or not name.startswith("/"):
            return
        try:
            number = Path(name).stat().st_ino
        except FileNotFoundError:
            raise DatabaseGone(f"There is no database at {name}.") from None
        if self._file not in (None, number):
            connection.close()
        self._file = number


def own_connection() -> None:
    """Give this thread a connection outside the requests' pool, so that those that hang cannot starve it."""
    shared = connections["default"]
    settings = {**shared.settings_dict, "OPTIONS": dict(shared.settings_dict["OPTIONS"])}
    if "pool" not in settings["OPTIONS"]:
        return
    # A pool of one, for its connection class: it waits for an answer no longer than the settings say.
    settings["OPTIONS"]["pool"] = {**settings["OPTIONS"]["pool"], "min_size": 0, "max_size": 1}
    # Pools go by the alias of the connection that first asks.
    connections["default"] = type(shared)(settings, "watcher")
