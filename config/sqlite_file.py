"""A SQLite file that servers open and never make.

SQLite makes a file that is not there. While the real one is away (a volume not mounted, a restore under way), a process
that makes an empty one in its place also throws away the journal beside it, and with it what was written last.
A file that is empty or no database counts as one that is away.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote


class Connection(sqlite3.Connection):
    """Opens the file; makes it only where ``may_make`` allows it, as commands do."""

    may_make = True

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        if not self.may_make and database.startswith("/"):
            if is_empty(database):
                raise sqlite3.OperationalError(f"{database} is empty")
            database = f"file:{quote(database)}?mode=rw"
        super().__init__(database, *args, **kwargs)
        try:
            self.execute("PRAGMA schema_version")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            # Garbage in place of a database is an outage like any other.
            raise sqlite3.OperationalError(f"{database}: {error}") from error


def is_empty(database: str) -> bool:
    """Say whether there is a file with nothing in it, which SQLite would make a database of."""
    file = Path(database)
    return file.exists() and not file.stat().st_size


def never_make(**_: Any) -> None:
    """From now on, raise ``OperationalError`` where there is no file."""
    Connection.may_make = False
