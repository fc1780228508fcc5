"""``manage.py create_api_key NAME --scopes read,write``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import ApiKey
from accounts.roles import SCOPE_CHOICES
from events.actors import SYSTEM


class Command(BaseCommand):
    """Make an API key and print it."""

    help = "Make an API key. It is printed alone on the last line, and never shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a name and the scopes."""
        offered = ",".join(scope for scope, _ in SCOPE_CHOICES)
        parser.add_argument("name", help="what will use the key")
        parser.add_argument("--scopes", default="read", help=f"one or more of {offered} (default: read)")

    def handle(self, *_: Any, **options: Any) -> None:
        """Make it, or say why not."""
        scopes = [scope.strip() for scope in options["scopes"].split(",")]
        try:
            key, text = ApiKey.create(by=SYSTEM, name=options["name"], scopes=scopes)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"API key “{key}” may: {', '.join(key.scopes)}. It is shown only now:")
        self.stdout.write(text)
