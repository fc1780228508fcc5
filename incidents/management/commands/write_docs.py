"""``manage.py write_docs``: print the pages of ``docs/`` that come from tables in the code."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from incidents import reference

PAGES = {"states.md": reference.states, "events.md": reference.events}
PAGES |= {name: import_string(path) for name, path in settings.PRINTED_DOCS.items()}


class Command(BaseCommand):
    """Writes them, or with ``--check`` says which are stale and fails."""

    help = "Write the pages of docs/ that come from tables in the code anew."
    # It needs neither the database nor the URL map.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--check`` and ``--to``."""
        parser.add_argument("--check", action="store_true", help="Write nothing; fail when a page is stale.")
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "docs", help="Where the pages stand.")

    def handle(self, *_args: Any, check: bool, to: Path, **_options: Any) -> None:
        """Compare, then write or fail."""
        stale = [to / name for name, page in PAGES.items() if _text(to / name) != page()]
        if check and stale:
            raise CommandError(f"Stale: {', '.join(path.name for path in stale)}. Run “make docs”.")
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PAGES[path.name](), encoding="utf-8")
            self.stdout.write(f"{path.name} written")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
