"""``manage.py publish``: the public page anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from statuspage.publisher import publish


class Command(BaseCommand):
    """Renders every public address and stores what changed; running web processes show it within a second."""

    help = "Publish the public page anew."

    def handle(self, *_: Any, **options: Any) -> None:
        """Publish, and say how much of it changed."""
        changed = publish()
        if options["verbosity"]:
            self.stdout.write(f"Published. {changed} addresses changed.")
