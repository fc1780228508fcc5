"""Somebody to be told, and what a page says without its markup."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from events.models import Event
from notifications.fanout import consume
from notifications.kinds import Scope, Standing, Way
from notifications.models import Subscriber
from services.models import Service


def subscribe(*names: str, service: Service | None = None) -> None:
    now = timezone.now() - timedelta(days=1)
    for name in names:
        row = Subscriber.objects.create(
            way=Way.EMAIL,
            address=f"{name}@example.org",
            scope=Scope.SERVICES if service else Scope.ALL,
            status=Standing.CONFIRMED,
            confirmed_at=now,
            created_at=now,
        )
        if service:
            row.services.add(service)


def says(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def fan_out() -> None:
    consume(list(Event.objects.order_by("id")))
