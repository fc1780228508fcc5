"""``manage.py export FILE``: everything that people have made, as one file of JSON."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from console.backup.asking import passphrase
from console.backup.box import Box
from console.backup.faults import Unusable
from console.backup.files import keep
from console.backup.writing import lines


class Command(BaseCommand):
    """Writes the file beside its place first, so that what stands there is whole."""

    help = "Write a backup: all rows but raw check results, signals and messages. It holds people's addresses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and what goes into it."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--with-secrets",
            action="store_true",
            help="Passwords' digests, keys, tokens and addresses, too, encrypted with the passphrase in "
            "BACKUP_PASSPHRASE, or typed.",
        )

    def handle(self, *_args: Any, file: Path, with_secrets: bool, **_options: Any) -> None:
        """Write it, and say to standard error how far it is."""
        try:
            box = Box.new(passphrase()) if with_secrets else None
            keep(file, lines(box, lambda name, count: self.stderr.write(f"{name}: {count}")))
        except (Unusable, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file} written, readable by you alone.")
