"""A stretch of a test that leaves nothing behind in the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Undo at the end what is written inside, where commands may open durable transactions as in a test by itself."""
    outer = transaction.atomic()
    # What a test case does to its own transaction.
    outer._from_testcase = True  # type: ignore[attr-defined]
    with outer:
        yield
        transaction.set_rollback(True)
