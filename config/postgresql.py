"""A connection to PostgreSQL that gives up on a server that has stopped answering."""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout  # the one private name: psycopg raises it from a public method

RV = TypeVar("RV")


def bounded(seconds: int) -> type[psycopg.Connection[Any]]:
    """Return a connection class that waits at most ``seconds`` for an answer (0: for ever).

    The server's own time-out does not help when the server itself is frozen.
    """
    limit = seconds + 1.0 if seconds else None

    class BoundedConnection(psycopg.Connection[Any]):
        def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
            try:
                return super().wait(gen, interval=interval, timeout=timeout or limit)
            except _WaitTimeout as error:
                # An answer may still come and would be taken for the next one's: the connection is of no more use.
                self.pgconn.finish()
                raise psycopg.OperationalError(f"The database did not answer within {seconds} s.") from error

    return BoundedConnection
