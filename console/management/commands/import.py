"""``manage.py import FILE``: a backup, back."""
# ruff: noqa: N999 - Django names a command after its module

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from console.backup.asking import passphrase
from console.backup.bringing import bring
from console.backup.faults import Unusable
from console.backup.outcome import Outcome
from events.actors import SYSTEM


class Command(BaseCommand):
    """Checks the whole file, then brings in all of it or nothing."""

    help = "Bring a backup in. Rows that are here already are known by their ids; doing it twice changes nothing more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Do it all, say what it did, and undo it.")
        parser.add_argument("--replace", action="store_true", help="Delete what is here and not in the file.")
        parser.add_argument("--with-secrets", action="store_true", help="Open its secrets; BACKUP_PASSPHRASE or typed.")

    def handle(
        self, *_args: Any, file: Path, dry_run: bool, replace: bool, with_secrets: bool, **_options: Any
    ) -> None:
        """Bring it in, and say to standard error how far it is."""
        try:
            with file.open("rb") as opened:
                outcome = bring(
                    opened,
                    by=SYSTEM,
                    passphrase=passphrase() if with_secrets else "",
                    dry_run=dry_run,
                    replace=replace,
                    told=lambda name, count: self.stderr.write(f"{name}: {count}"),
                )
        except (Unusable, OSError) as error:
            raise CommandError(f"{error}\nNothing has changed.") from error
        self._say(outcome, "Nothing has changed: this was a dry run." if dry_run else "The backup is in.")

    def _say(self, outcome: Outcome, end: str) -> None:
        for name, counts in outcome.sections.items():
            self.stdout.write(
                f"{name}: {counts.created} created, {counts.updated} updated, {counts.unchanged} unchanged"
            )
        if outcome.deleted:
            self.stdout.write(f"{outcome.deleted} rows that the file does not hold were deleted")
        for note in outcome.notes:
            self.stdout.write(note)
        self.stdout.write(end)
