"""``manage.py write_messages``: bring the catalogues of ``locale/`` to what is to be said, and compile them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Writes them, or with ``--check`` says which are stale and fails.

    Words that are new stay empty until somebody translates them; meanwhile English is shown.
    """

    help = "Bring the catalogues of locale/ to what templates and code say, and compile them."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--check``."""
        parser.add_argument("--check", action="store_true", help="Write nothing; fail when a catalogue is stale.")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        """Compare, then write or fail."""
        stale = [path for path, wanted in _files() if not path.exists() or path.read_bytes() != wanted]
        if check and stale:
            names = ", ".join(f"{path.parts[-3]}/{path.name}" for path in stale)
            raise CommandError(f"Stale: {names}. Run “make messages”.")
        for path, wanted in _files():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted)
        for path in stale:
            self.stdout.write(f"{path.parts[-3]}/{path.name} written")


def _files() -> list[tuple[Path, bytes]]:
    # What runs in earnest has no Babel.
    from statuspage import messages

    found: list[tuple[Path, bytes]] = []
    for language in messages.languages():
        catalogue, path = messages.renewed(language), messages.path_of(language)
        found += [(path, messages.as_text(catalogue)), (path.with_suffix(".mo"), messages.compiled(catalogue))]
    return found
