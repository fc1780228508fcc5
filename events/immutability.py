"""The log is never edited: a trigger refuses it, and here is the one door that lifts the trigger.

Two callers have a reason to empty the log: the demo's reset and the test database's flush. Everybody else appends.
A migration that rebuilds the table on SQLite drops its triggers with it, and must make them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# The PostgreSQL trigger asks for this setting; it is set for one transaction only.
SETTING = "opstatus.log_lifted"


@contextmanager
def lifted() -> Iterator[None]:
    """Let the statements inside change and delete events, in one transaction and on this connection alone.

    When the block raises, the rollback undoes the lifting too.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _set("on")
            yield
            _set("off")
        else:
            triggers = _drop_triggers()
            yield
            _execute(*triggers)


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])


def _drop_triggers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events_event'")
        triggers = cursor.fetchall()
    _execute(*(f"DROP TRIGGER {connection.ops.quote_name(name)}" for name, _ in triggers))
    return [sql for _, sql in triggers]


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
