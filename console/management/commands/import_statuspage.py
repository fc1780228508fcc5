"""``manage.py import_statuspage FILE_OR_URL``: a page at Atlassian Statuspage, moved in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from console.backup.faults import Unusable
from console.moving_in.bringing import COUNTED, Moved, move_in
from console.moving_in.reading import documents
from events.actors import SYSTEM


class Command(BaseCommand):
    """Checks all of it first, then brings in all of it or nothing."""

    help = (
        "Move in from Atlassian Statuspage: groups, components, incidents, maintenance. "
        "What came in before stays as it is here; doing it twice changes nothing more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where from."""
        parser.add_argument("source", help="The page's address, or a file with its JSON (API v2), one or several.")
        parser.add_argument("--dry-run", action="store_true", help="Do it all, say what it did, and undo it.")

    def handle(self, *_args: Any, source: str, dry_run: bool, **_options: Any) -> None:
        """Bring it in, and say what came of it."""
        try:
            moved = move_in(documents(source), by=SYSTEM, dry_run=dry_run)
        except Unusable as error:
            raise CommandError(f"{error}\nNothing has changed.") from error
        self._say(moved)
        self.stdout.write("Nothing has changed: this was a dry run." if dry_run else "The page has moved in.")

    def _say(self, moved: Moved) -> None:
        for name in COUNTED:
            here = f", {moved.left[name]} left as they are: they came in before" if moved.left[name] else ""
            self.stdout.write(f"{name.replace('_', ' ')}: {moved.made[name]} made{here}")
        for note in moved.notes:
            self.stdout.write(note)
