"""A component has figures of its own; work on its service is no downtime of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains
from rest_framework.test import APIClient

from events.actors import SYSTEM
from events.command import command
from events.locking import lock
from services.models import Component, Heartbeat, Service
from services.status import Status
from services.uptime import DAY, HOUR, uptime
from tests.services.conftest import ANN
from tests.services.observing import observed

NOW = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def redis(db: None) -> Component:
    service = Service.add(by=ANN, name="Shop", now=NOW - 2 * DAY)
    part = Component.add(service, by=ANN, name="Redis", now=NOW - 2 * DAY)
    Heartbeat.objects.create(component=part, kind="http", url="https://example.com")
    return part


def shelter(part: Component, *, on: bool, hours: float) -> None:
    service = Service.objects.get(pk=part.service_id)
    with command(SYSTEM, now=NOW - hours * HOUR) as tell:
        lock(service)
        service.shelter(tell, "New disks.", on=on)
        tell.nothing()


def test_it_counts_its_own_outages_and_not_those_of_its_neighbours(reader: APIClient, redis: Component) -> None:
    other = Component.add(redis.service, by=ANN, name="Queue", now=NOW - 2 * DAY)
    redis.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=NOW - 10 * HOUR)
    redis.measure(Status.OPERATIONAL, by=SYSTEM, now=NOW - 9 * HOUR)
    body = reader.get(f"/api/v1/components/{redis.pk}/uptime?days=7").json()
    assert (body["component"], body["service"]) == (str(redis.pk), str(redis.service_id))
    assert body["windows"][0]["downtime_seconds"] == 3600
    assert reader.get(f"/api/v1/components/{other.pk}/uptime?days=7").json()["uptime"] == {"7_days": 100}


def test_maintenance_of_its_service_shelters_it(redis: Component) -> None:
    redis.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=NOW - 11 * HOUR)
    shelter(redis, on=True, hours=10)
    redis.measure(Status.OPERATIONAL, by=SYSTEM, now=NOW - 9 * HOUR)
    redis.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=NOW - 8 * HOUR)
    shelter(redis, on=False, hours=7)
    redis.measure(Status.OPERATIONAL, by=SYSTEM, now=NOW - 6 * HOUR)
    figure = uptime(observed(redis, 3, NOW)[0])
    assert figure.down == 2 * HOUR
    assert figure.maintenance == 3 * HOUR


def test_of_what_nobody_knows_maintenance_makes_nothing_else(redis: Component) -> None:
    redis.measure(None, by=SYSTEM, now=NOW - 11 * HOUR)
    shelter(redis, on=True, hours=10)
    shelter(redis, on=False, hours=7)
    redis.measure(Status.OPERATIONAL, by=SYSTEM, now=NOW - 6 * HOUR)
    figure = uptime(observed(redis, 3, NOW)[0])
    assert (figure.maintenance, figure.observed) == (0 * HOUR, 43 * HOUR)


def test_one_born_in_a_window_is_sheltered_at_once(redis: Component) -> None:
    shelter(redis, on=True, hours=10)
    young = Component.add(redis.service, by=ANN, name="Young", now=NOW - 8 * HOUR)
    shelter(redis, on=False, hours=7)
    figure = uptime(observed(young, 3, NOW)[0])
    assert (figure.maintenance, figure.observed) == (HOUR, 7 * HOUR)


def test_its_page_tells_the_same_as_the_api(viewer: Client, reader: APIClient, redis: Component) -> None:
    redis.measure(Status.PARTIAL_OUTAGE, by=SYSTEM, message="Half of them fail.", now=NOW - 10 * HOUR)
    shelter(redis, on=True, hours=9)
    response = viewer.get(reverse("services:component-uptime", args=[redis.pk]) + "?window=30")
    body = reader.get(f"/api/v1/components/{redis.pk}/uptime?days=30&intervals=true").json()
    assert response.context["made"].uptime.percent == body["uptime"]["30_days"]
    assertContains(response, "Half of them fail.")
    assert [(one["rule"], one["status"]) for one in body["intervals"]] == [
        ("no_data", None),
        ("counted", "operational"),
        ("counted", "partial_outage"),
        ("maintenance", "partial_outage"),
    ]
    assert body["intervals"][-1]["message"] == "New disks."


@pytest.mark.parametrize("word", ["yes", "1", "maybe"])
def test_whether_to_tell_intervals_is_true_or_false(reader: APIClient, redis: Component, word: str) -> None:
    response = reader.get(f"/api/v1/components/{redis.pk}/uptime", {"intervals": word})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["intervals"]
