"""The list as CSV, as :mod:`notifications.subscribers.reading` reads it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet

from notifications.kinds import Way
from notifications.models import Subscriber

HEAD: Final = (
    *("email", "url", "scope", "services", "incident", "mode", "timezone", "digest_hour"),
    *("status", "stopped_because", "confirmed_at", "created_at"),
)
CHUNK: Final = 1000


def rows(subscribers: QuerySet[Subscriber]) -> Iterator[tuple[object, ...]]:
    """Yield a row for each, without what they sign with."""
    for one in subscribers.iterator(CHUNK):
        mail = one.address if one.way == Way.EMAIL else ""
        url = "" if mail else one.address
        services = ";".join(service.slug for service in one.services.all())
        chosen = (one.scope, services, one.incident and one.incident.title, one.mode, one.timezone, one.digest_hour)
        yield mail, url, *chosen, one.status, one.stopped_because, one.confirmed_at, one.created_at
