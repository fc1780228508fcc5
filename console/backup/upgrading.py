"""What stands before a migration: a copy of the database, and the words by which to go back."""

from __future__ import annotations

import os
import shlex
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from console.backup.files import keep
from console.backup.writing import lines


class Upgrade:
    """The migrations that this release waits for."""

    def __init__(self) -> None:
        self._executor = MigrationExecutor(connection)
        targets = self._executor.loader.graph.leaf_nodes()
        self.plan: Sequence[Migration] = [migration for migration, _ in self._executor.migration_plan(targets)]

    @property
    def is_first(self) -> bool:
        """Say whether there is nothing to keep yet."""
        return not self._executor.loader.applied_migrations

    def back_up(self, now: datetime) -> Path:
        """Keep a copy of the database as it is, and return where. Raises ``OSError``."""
        folder = Path(settings.VAR_DIR) / "backups"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stem = folder / f"opstatus-{now:%Y%m%d-%H%M%S}-{now.microsecond:06}"
        if connection.vendor == "sqlite":
            return _copy(stem.with_suffix(".sqlite3"))
        path = stem.with_suffix(".json")
        # The tables are those of the release before: so are the models that read them.
        applied = self._executor.loader.project_state(list(self._executor.loader.applied_migrations), at_end=True)
        keep(path, lines(registry=applied.apps))
        return path

    def way_back(self, backup: Path) -> list[str]:
        """Return the lines that tell how to go back to the release before."""
        if connection.vendor == "sqlite":
            name = shlex.quote(str(connection.settings_dict["NAME"]))
            copied = f"cp {shlex.quote(str(backup))} {name} && rm -f {name}-wal {name}-shm"
            return ["To go back: stop OpStatus, bring the old code, and", f"  {copied}"]
        if all(operation.reversible for migration in self.plan for operation in migration.operations):
            return ["To go back: stop OpStatus, and before the old code comes,", *self._backwards()]
        return [
            "They cannot be undone. To go back: stop OpStatus, bring the old code and an empty database, and",
            "  python manage.py migrate",
            f"  python manage.py import {shlex.quote(str(backup))}",
        ]

    def _backwards(self) -> list[str]:
        applied = self._executor.loader.applied_migrations
        found = []
        for app in dict.fromkeys(migration.app_label for migration in reversed(self.plan)):
            stands = max((name for label, name in applied if label == app), default="zero")
            found.append(f"  python manage.py migrate {app} {stands}")
        return found


def _copy(path: Path) -> Path:
    """Copy a SQLite database that may be in use, by the way that SQLite has for it."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    # By a connection of its own: one that is writing itself would be waited for without end.
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    return path
