"""Rows to measure on: ``python -m benchmarks.rows COUNT`` fills a migrated, empty database.

``python -m benchmarks.rows COUNT year`` puts a year of checks behind it: raw results of a week, and their sums.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any


def fill(count: int) -> None:
    """Make ``count`` public services in groups of 20, each with 90 days behind it and a heartbeat.

    Besides ten incidents, and ten windows of maintenance: past, under way and planned.
    """
    from django.db import transaction
    from django.utils import timezone

    from events.actors import SYSTEM
    from incidents.models import Incident
    from services.models import Component, Group, Heartbeat, Service, StatusChange

    now, chance = timezone.now(), random.Random(1)
    born = now - timedelta(days=120)
    groups = Group.objects.bulk_create(
        Group(name=f"Group {number}", position=number) for number in range((count + 19) // 20)
    )
    services = Service.objects.bulk_create(
        Service(
            name=f"Service {number}",
            slug=f"service-{number}",
            description="Something that users depend on.",
            public=True,
            group=groups[number // 20],
            position=number % 20,
            show_latency=True,
            created_at=born,
            status_since=born,
        )
        for number in range(count)
    )
    components = Component.objects.bulk_create(
        Component(service=service, name="Database", status_since=born) for service in services
    )
    Heartbeat.objects.bulk_create(
        Heartbeat(
            component=component,
            kind="http",
            url="https://example.com",
            last_checked_at=now,
            next_check_at=now + timedelta(minutes=1),
        )
        for component in components
    )
    with transaction.atomic():
        StatusChange.objects.bulk_create(
            StatusChange(service=service, old=old, new=new, source="manual", actor_kind="system", at=at)
            for number, service in enumerate(services)
            for old, new, at in changes(number, born, now, chance)
        )
    for number in range(10):
        at = now - timedelta(days=5 * number, hours=3)
        incident = Incident.declare(
            by=SYSTEM, title=f"Incident {number}", severity="low", services={services[number % count]: None}, now=at
        )
        incident.resolve(by=SYSTEM, message="Fixed.", now=at + timedelta(hours=1))

    plan(services[:: max(1, count // 10)][:10], now)


def plan(services: Sequence[Any], now: datetime) -> None:
    """Give each of the services a window: three that are over, one under way, the others planned."""
    from events.actors import SYSTEM
    from services.models import Maintenance

    for number, service in enumerate(services):
        start = now + timedelta(days=number - 3, hours=1)
        told = min(now, start) - timedelta(days=1)
        window = Maintenance.schedule(
            by=SYSTEM,
            title=f"Maintenance {number}",
            services=[service],
            start=start,
            end=start + timedelta(hours=2),
            description="Something is exchanged for something new.",
            now=told,
        )
        if number <= 3:
            window.start(by=SYSTEM, now=min(start, now))
        if number < 3:
            window.complete(by=SYSTEM, now=start + timedelta(hours=1))


def check_for_a_year() -> None:
    """Put a hundred raw results behind every component, sums of 30 days by the hour and of a year by the day."""
    from django.utils import timezone

    from services.models import CheckResult, CheckRollup, Component
    from services.uptime import DAY, HOUR, floor

    now = timezone.now()
    spans = [("hour", HOUR, 24 * 30, 60), ("day", DAY, 365, 1440)]
    for component in Component.objects.iterator():
        CheckResult.objects.bulk_create(
            CheckResult(component=component, at=now - timedelta(hours=1.6 * number), ok=True, latency_ms=40.0)
            for number in range(100)
        )
        CheckRollup.objects.bulk_create(
            CheckRollup(
                component=component,
                period=period,
                start=floor(now, length) - number * length,
                count=checks,
                ok=checks,
                min=20.0,
                mean=40.0,
                p50=40.0,
                p95=80.0,
                max=90.0,
            )
            for period, length, many, checks in spans
            for number in range(many)
        )


def changes(number: int, born: datetime, now: datetime, chance: random.Random) -> list[tuple[str, str, datetime]]:
    """Return a birth and four spells; one service in five had an outage, the others were degraded."""
    found = [("", "operational", born)]
    for spell in range(4):
        bad = "major_outage" if number % 5 == 0 and spell == 1 else "degraded"
        at = now - timedelta(days=80 - 20 * spell, minutes=chance.randrange(600))
        found += [("operational", bad, at), (bad, "operational", at + timedelta(minutes=chance.randrange(5, 300)))]
    return found


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    fill(int(sys.argv[1]))
    if "year" in sys.argv[2:]:
        from django.db import transaction

        with transaction.atomic():
            check_for_a_year()
