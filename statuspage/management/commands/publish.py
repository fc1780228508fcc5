"""``manage.py publish``: the public page anew, or written as plain files."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from statuspage import publisher, store
from statuspage.models import Generation
from statuspage.site import where
from statuspage.site.opening import site


class Command(BaseCommand):
    """Renders every public address and stores what changed; running web processes show it within a second."""

    help = "Publish the public page anew; with --to, write it as files that any web server can serve."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a place."""
        parser.add_argument("--to", metavar="DIR", help="a folder, or s3://bucket/prefix")

    def handle(self, *_: Any, **options: Any) -> None:
        """Publish, and say how much of it changed."""
        said = _copy(options["to"]) if options["to"] else f"Published. {publisher.publish()} addresses changed."
        if options["verbosity"]:
            self.stdout.write(said)


def _copy(to: str) -> str:
    """Write what is published, every file compared with what lies there. Return what to say of it."""
    try:
        place = where.parse(to)
    except ValueError as error:
        raise CommandError(f"--to {error}") from error
    publisher.make_ready()
    generation = Generation.objects.get()
    documents = [store.as_document(row) for row in store.since(0) if not row.gone]
    try:
        site(place, doubted=True).fill(generation.store, generation.number, documents)
    except OSError as error:
        raise CommandError(f"Nothing was finished in {place}: {error}") from error
    return f"Wrote {len(documents)} addresses to {place}."
