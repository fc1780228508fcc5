"""``manage.py upgrade``: a backup, then the migrations, and how to go back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from console.backup.upgrading import Upgrade


class Command(BaseCommand):
    """Migrates the database as it should be done: with a copy to go back to."""

    help = "Back the database up to VAR_DIR/backups, migrate it, and say how to go back."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--no-backup``."""
        parser.add_argument("--no-backup", action="store_true", help="For whoever has made a backup already.")

    def handle(self, *_args: Any, no_backup: bool, **_options: Any) -> None:
        """Do what is to be done; nothing where the database is up to date."""
        upgrade = Upgrade()
        if not upgrade.plan:
            self.stdout.write("The database is up to date: nothing was changed.")
            return
        back = [] if no_backup or upgrade.is_first else self._backed_up(upgrade)
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"{len(upgrade.plan)} migrations applied.")
        for line in back:
            self.stdout.write(line)

    def _backed_up(self, upgrade: Upgrade) -> list[str]:
        try:
            path = upgrade.back_up(timezone.now())
        except OSError as error:
            raise CommandError(f"No backup could be written, so nothing was migrated: {error}") from error
        self.stdout.write(f"Backup: {path}")
        if connection.vendor == "postgresql":
            self.stdout.write(
                "It holds no secrets, no raw check results and no messages. pg_dump is better: run it first, then "
                "“manage.py upgrade --no-backup”."
            )
        return upgrade.way_back(path)
