"""Statements of the database and commands of the cache, as far as they belong to a trace."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import redis
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from opentelemetry.trace import SpanKind

from config.redis_cache import PatientClient, PatientRedisCache
from config.tracing.spans import span, traced

# Longer ones are lists of placeholders.
LONGEST: Final = 2000
_TABLE: Final = re.compile(r'\b(?:FROM|INTO|UPDATE)\s+"?(\w+)', re.IGNORECASE)


def follow() -> None:
    """Look at each statement of each connection."""
    connection_created.connect(_wrap)


def _wrap(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if ask not in connection.execute_wrappers:
        connection.execute_wrappers.append(ask)


def ask(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
    """Run a statement in a span of its text: Django's have a placeholder for each value."""
    if not traced():
        return execute(sql, params, many, context)
    text = str(sql)
    system = context["connection"].vendor
    with span(name(text), SpanKind.CLIENT, {"db.system.name": system, "db.query.text": text[:LONGEST]}):
        return execute(sql, params, many, context)


def name(text: str) -> str:
    """Return ``SELECT incidents_incident``: the verb, and the first table that is named."""
    verb, table = text.split(None, 1)[:1], _TABLE.search(text)
    return " ".join([*(word.upper() for word in verb), *(table.groups() if table else ())]) or "statement"


class TracedRedis(redis.Redis):
    """Says which command was given, and neither key nor value: keys hold addresses of callers."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Run a command in a span of its name."""
        # redis ships no types for its own.
        execute: Callable[..., Any] = super().execute_command
        if not traced():
            return execute(*args, **options)
        with span(str(args[0]), SpanKind.CLIENT, {"db.system.name": "redis", "db.operation.name": str(args[0])}):
            return execute(*args, **options)


class TracedClient(PatientClient):
    """Asks through the traced client."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._client = TracedRedis


class TracedRedisCache(PatientRedisCache):
    """The cache of a process that is traced."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = TracedClient
