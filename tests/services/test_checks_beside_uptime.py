"""How many checks were well is told beside uptime: from sums by day and hour, and one by one at the ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from services.models import CheckResult, CheckRollup, Component, Service
from services.models.checked import Checked, checked, watched
from services.uptime import DAY, HOUR, window
from tests.services.conftest import ANN

NOW = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)
TODAY = NOW.replace(hour=0, minute=0)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def redis(db: None) -> Component:
    service = Service.add(by=ANN, name="Shop", now=NOW - 100 * DAY)
    return Component.add(service, by=ANN, name="Redis", now=NOW - 100 * DAY)


def summed(part: Component, period: str, start: datetime, count: int, ok: int) -> None:
    CheckRollup.objects.create(component=part, period=period, start=start, count=count, ok=ok)


def check(part: Component, at: datetime, *, ok: bool = True) -> None:
    CheckResult.objects.create(component=part, at=at, ok=ok)


def percents(part: Component, *spans: int) -> list[float | None]:
    starts = {str(span): window(NOW, span) for span in spans}
    return [one.percent for one in checked(watched(part), starts, NOW).values()]


def test_days_hours_and_the_last_minutes_make_one_figure(redis: Component) -> None:
    summed(redis, "day", TODAY - 40 * DAY, 100, 0)
    summed(redis, "day", TODAY - 5 * DAY, 97, 95)
    summed(redis, "day", TODAY - DAY, 100, 100)
    summed(redis, "hour", TODAY + 2 * HOUR, 2, 1)
    check(redis, NOW - timedelta(minutes=10))
    assert percents(redis, 1, 7, 30, 60) == [66.666, 98.5, 98.5, 65.666]


def test_nothing_is_counted_twice(redis: Component) -> None:
    """The present hour and day have sums, too, and results stay for a week."""
    summed(redis, "day", TODAY - DAY, 10, 5)
    summed(redis, "day", TODAY, 3, 3)
    summed(redis, "hour", TODAY - HOUR, 10, 5)
    summed(redis, "hour", TODAY + 12 * HOUR, 3, 3)
    for ago in (1, 5, 25, 60 * 13):
        check(redis, NOW - timedelta(minutes=ago))
    assert [one.count for one in checked(watched(redis), {"": window(NOW, 7)}, NOW).values()] == [13]


def test_a_day_that_begins_at_any_minute_is_counted_to_the_minute(redis: Component) -> None:
    since = NOW - DAY
    check(redis, since - timedelta(minutes=1), ok=False)
    check(redis, since + timedelta(minutes=1))
    summed(redis, "hour", since - timedelta(minutes=30), 60, 0)
    summed(redis, "hour", since + timedelta(minutes=30), 60, 60)
    check(redis, NOW - timedelta(minutes=1))
    assert checked(watched(redis), {"24h": since}, NOW)["24h"] == Checked(62, 62)


def test_without_checks_there_is_no_figure(redis: Component) -> None:
    assert percents(redis, 7) == [None]


def test_the_share_is_cut_and_never_rounded_up(redis: Component) -> None:
    summed(redis, "day", TODAY - DAY, 1_000_000, 999_999)
    assert percents(redis, 7) == [99.999]


def test_a_service_is_checked_by_all_its_components(reader: APIClient, redis: Component) -> None:
    other = Component.add(redis.service, by=ANN, name="Queue")
    summed(redis, "hour", TODAY - 4 * HOUR, 1, 0)
    summed(redis, "day", TODAY - DAY, 2, 1)
    check(other, NOW - timedelta(minutes=1))
    body = reader.get(f"/api/v1/services/{redis.service_id}/uptime?days=1,7").json()
    found = [body["last_24_hours"], *body["windows"]]
    assert [(one["checks"], one["checks_ok"], one["checks_percent"]) for one in found] == [
        (2, 1, 50),
        (1, 1, 100),
        (3, 2, 66.666),
    ]
    assert reader.get(f"/api/v1/components/{other.pk}/uptime?days=7").json()["windows"][0]["checks"] == 1


def test_it_takes_four_queries_whatever_is_asked(redis: Component) -> None:
    starts = {str(span): window(NOW, span) for span in (7, 30, 90, 365)} | {"24h": NOW - timedelta(hours=24)}
    with CaptureQueriesContext(connection) as queries:
        checked(watched(redis.service), starts, NOW)
    assert len(queries) == 4
