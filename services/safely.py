"""Many rows, one verb: what fails with one of them is logged and stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError

log = structlog.get_logger(__name__)
R = TypeVar("R")


def each(rows: Iterable[R], verb: Callable[[R], object], failure: str) -> int:
    """Say ``verb`` of each row; ``failure`` is what the log calls one that fails. Return of how many there was to do.

    A verb that returns ``False`` found nothing to do. Raises where the database is away: nothing of the rest would go
    either.
    """
    return sum(safely(row, verb, failure) for row in rows)


def safely(row: R, verb: Callable[[R], object], failure: str) -> bool:
    """Say ``verb`` of one row. Return whether there was something to do and it was done."""
    try:
        return verb(row) is not False
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception(failure, row=str(getattr(row, "pk", row)))
        return False
