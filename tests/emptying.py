"""The database, emptied after a test whose transactions were real.

Django's own flush truncates every table, which costs PostgreSQL some 150 new files, and makes content types and
permissions anew: 300 ms a test, to be rid of the rows of a few tables.
"""

from __future__ import annotations

from functools import cache

from django.db import connection

from events.immutability import lifted

# What the migrations made, and no test changes.
KEPT = {"django_content_type", "auth_permission"}


def empty() -> None:
    """Delete every row. Constraints wait until the end of the transaction, so the order is no matter."""
    with lifted(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What a thread of the test still writes is waited for, and goes, too.
            cursor.execute(f"LOCK TABLE {', '.join(_tables())} IN EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(map(_asked, _tables())))
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - no text of anybody


def _asked(table: str) -> str:
    return f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})"  # noqa: S608


@cache
def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(names) - KEPT)
