"""``manage.py version``: what runs here, for a bug report."""

from __future__ import annotations

import platform
from typing import Any

import django
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    """Prints the version on the first line, then what it runs on."""

    help = "Print the version of OpStatus, Python, Django and the kind of database."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print."""
        self.stdout.write(f"OpStatus {settings.VERSION}")
        self.stdout.write(f"Python {platform.python_version()}, Django {django.get_version()}, {connection.vendor}")
