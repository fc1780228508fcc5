"""Latency over the last hours or days: a step for each, null where nothing was checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from rest_framework.test import APIClient

from services.latency import PERIODS, points
from services.models import CheckRollup, Component, Service
from services.uptime import DAY, HOUR
from tests.services.conftest import ANN

NOW = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)
THIS_HOUR = NOW.replace(minute=0)
MIDNIGHT = NOW.replace(hour=0, minute=0)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def redis(service: Service) -> Component:
    return Component.add(service, by=ANN, name="Redis")


def rollup(part: Component, start: datetime, period: str = "hour", p50: float | None = 12) -> None:
    measures = {"min": p50, "mean": p50, "p50": p50, "p95": p50 and p50 * 3, "max": p50 and p50 * 4}
    CheckRollup.objects.create(component=part, period=period, start=start, count=60, ok=60 if p50 else 0, **measures)


def test_every_hour_has_a_point_and_gaps_are_null(reader: APIClient, redis: Component) -> None:
    rollup(redis, THIS_HOUR - 2 * HOUR)
    rollup(redis, THIS_HOUR - HOUR, p50=None)
    body = reader.get(f"/api/v1/components/{redis.pk}/latency?period=24h").json()
    assert (body["step"], len(body["points"])) == ("hour", 24)
    assert body["points"][-3:] == [
        {"start": "2026-03-10T09:00:00Z", "checks": None, **dict.fromkeys(("ok", *MEASURES))},
        {
            "start": "2026-03-10T10:00:00Z",
            "checks": 60,
            "ok": 60,
            "min": 12,
            "mean": 12,
            "p50": 12,
            "p95": 36,
            "max": 48,
        },
        {"start": "2026-03-10T11:00:00Z", "checks": 60, "ok": 0, **dict.fromkeys(MEASURES)},
    ]


MEASURES = ("min", "mean", "p50", "p95", "max")


def test_the_present_hour_is_told_as_soon_as_it_has_a_sum(redis: Component) -> None:
    rollup(redis, THIS_HOUR - HOUR)
    assert points([redis.pk], "24h", NOW)[redis.pk][-1].start == THIS_HOUR - HOUR
    rollup(redis, THIS_HOUR)
    found = points([redis.pk], "24h", NOW)[redis.pk]
    assert (found[-1].start, len(found)) == (THIS_HOUR, 24)


@pytest.mark.parametrize(("period", "step", "count"), [("7d", HOUR, 168), ("30d", DAY, 30), ("90d", DAY, 90)])
def test_longer_periods_have_longer_steps(redis: Component, period: str, step: timedelta, count: int) -> None:
    rollup(redis, THIS_HOUR)
    rollup(redis, MIDNIGHT, "day")
    found = points([redis.pk], period, NOW)[redis.pk]
    assert len(found) == count
    assert {after.start - before.start for before, after in pairwise(found)} == {step}
    assert PERIODS[period].count == count


def test_a_period_that_is_none_is_refused(reader: APIClient, redis: Component) -> None:
    response = reader.get(f"/api/v1/components/{redis.pk}/latency?period=1y")
    assert response.status_code == 400
    assert response.json()["errors"] == {"period": ["Use one of: 24h, 7d, 30d, 90d."]}


def test_one_query_however_many_components(service: Service, redis: Component) -> None:
    parts = [redis, *(Component.add(service, by=ANN, name=f"Part {number}") for number in range(5))]
    for part in parts:
        rollup(part, THIS_HOUR)
    with CaptureQueriesContext(connection) as queries:
        assert len(points([part.pk for part in parts], "24h", NOW)) == 6
    assert len(queries) == 1


def test_the_service_shows_the_latency_of_each_component(viewer: Client, redis: Component) -> None:
    Component.add(redis.service, by=ANN, name="Typed in")
    rollup(redis, THIS_HOUR)
    rollup(redis, MIDNIGHT - DAY, "day", p50=80)
    page = reverse("services:detail", args=[redis.service_id])
    response = viewer.get(page)
    assertContains(response, "Latency of Redis, last 24 hours: half of the checks within 12 ms to 12 ms")
    assertNotContains(response, "Latency of Typed in")
    assertContains(viewer.get(page + "?latency=30d"), "Latency of Redis, last 30 days: half of the checks within 80 ms")


def test_where_nothing_was_checked_it_says_so(viewer: Client, redis: Component) -> None:
    assertContains(
        viewer.get(reverse("services:detail", args=[redis.service_id])), "No latency of the last 24 hours yet."
    )
