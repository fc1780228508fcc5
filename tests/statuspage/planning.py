"""Maintenance and heartbeats for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from services.models import Component, Heartbeat, Maintenance, Service
from tests.statuspage.conftest import ANN

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def plan(title: str, *services: Service, begins: timedelta = HOUR, **fields: Any) -> Maintenance:
    """Plan a window of two hours that begins so long from now."""
    start = (fields.get("now") or timezone.now()) + begins
    return Maintenance.schedule(by=ANN, title=title, services=services, start=start, end=start + 2 * HOUR, **fields)


def watch(component: Component, *, ran: datetime | None = None, **fields: Any) -> Heartbeat:
    """Give a component a heartbeat that last ran at ``ran`` and is due a minute later."""
    given = {"kind": "http", "url": "https://example.com/health"} | fields
    heartbeat = Heartbeat.configure(component, by=ANN, **given)
    last = ran or timezone.now()
    Heartbeat.objects.filter(pk=heartbeat.pk).update(last_checked_at=last, next_check_at=last + MINUTE)
    return heartbeat
