"""``manage.py seed_demo``: wipe everything and make the curated demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from console.demo.seeding import seed


class Command(BaseCommand):
    """A made-up company with ninety days of history, so that every page has something to show."""

    help = "Delete all rows and make the demo: services, incidents, users. Prints how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the word that production asks for."""
        parser.add_argument(
            "--yes-wipe-everything",
            action="store_true",
            help="Needed in production, where this deletes every service, incident, user and key.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Wipe, seed, keep and print the logins."""
        if settings.PRODUCTION and not options["yes_wipe_everything"]:
            raise CommandError(
                "This deletes every service, incident, user and API key, and APP_ENV is production. "
                "If that is what you want, add --yes-wipe-everything."
            )
        login = seed(timezone.now())
        path = login.keep(settings.VAR_DIR)
        if options["verbosity"]:
            self.stdout.write(f"{login}\nAlso in {path}, readable by you alone.")
