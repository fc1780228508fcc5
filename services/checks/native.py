"""Values as the database itself takes them, for statements that Django does not make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from json import dumps
from typing import Any
from uuid import UUID

from django.db import connection


@cache
def on_postgresql() -> bool:
    """Say whether the database is PostgreSQL; asked of Django once, because it is asked for each value."""
    return connection.vendor == "postgresql"


def moment(value: datetime) -> Any:
    """Return an instant."""
    return value if on_postgresql() else str(value.astimezone(UTC).replace(tzinfo=None))


def key(value: UUID) -> Any:
    """Return an id."""
    return value if on_postgresql() else value.hex


def keys(values: Iterable[UUID]) -> Any:
    """Return ids as a single value: an array on PostgreSQL, JSON on SQLite. So the statement is always the same."""
    found = [key(value) for value in values]
    return found if on_postgresql() else dumps(found)
