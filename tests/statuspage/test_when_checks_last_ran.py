"""The page says when checks last ran, to the minute, and plainly when they should have run since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from events.relay import relay_all
from services.models import Component, Heartbeat, Service
from statuspage import publisher, store
from statuspage.models import Generation
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import HOUR, MINUTE, watch

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now().replace(hour=12, minute=4, second=0, microsecond=0), tick=False) as clock:
        yield clock


@pytest.fixture
def heartbeat(clock: time_machine.Traveller) -> Heartbeat:
    shop = Service.add(by=ANN, name="Shop", public=True, now=timezone.now() - timedelta(days=9))
    found = watch(Component.add(shop, by=ANN, name="Database", now=shop.created_at))
    relay_all()
    return found


def run(heartbeat: Heartbeat) -> datetime:
    """Let a check have run now, as the engine leaves the row."""
    now = timezone.now()
    Heartbeat.objects.filter(pk=heartbeat.pk).update(last_checked_at=now, next_check_at=now + MINUTE)
    return now


def page() -> str:
    found = store.get("/status")
    assert found is not None
    return bytes(found.body).decode()


def status() -> Any:
    found = store.get("/api/v1/status")
    assert found is not None
    return json.loads(bytes(found.body))


def test_a_check_alone_publishes_nothing_and_the_next_minute_does(
    heartbeat: Heartbeat, clock: time_machine.Traveller
) -> None:
    before = Generation.objects.get().number
    clock.shift(130 * SECOND)
    run(heartbeat)
    relay_all()
    assert Generation.objects.get().number == before
    publisher.tick()
    assert 'Checks last ran <time datetime="' in page()
    assert "T12:06:00Z" in page()
    assert (status()["services"][0]["last_checked"], status()["checks"]) == (
        timezone.now().strftime("%Y-%m-%dT12:06:00Z"),
        {"last_ran": timezone.now().strftime("%Y-%m-%dT12:06:00Z"), "overdue": False},
    )


def test_a_second_check_of_the_same_minute_changes_no_byte(heartbeat: Heartbeat, clock: time_machine.Traveller) -> None:
    clock.shift(61 * SECOND)
    run(heartbeat)
    publisher.tick()
    clock.shift(20 * SECOND)
    run(heartbeat)
    assert publisher.tick() == publisher.publish() == 0


def test_an_event_between_two_minutes_leaves_the_instant_as_it_was(
    heartbeat: Heartbeat, clock: time_machine.Traveller
) -> None:
    other = Service.add(by=ANN, name="Other", public=True)
    relay_all()
    clock.shift(90 * SECOND)
    run(heartbeat)
    other.set_status("degraded", by=ANN)
    relay_all()
    assert "T12:04:00Z" in page().split("Checks last ran")[1][:60]


def test_overdue_checks_are_named_plainly(heartbeat: Heartbeat, clock: time_machine.Traveller) -> None:
    clock.shift(HOUR)
    publisher.tick()
    assert "<strong>What you see may be old:</strong> checks have not run since <time" in page()
    assert status()["checks"]["overdue"] is True
    run(heartbeat)
    clock.shift(MINUTE)
    publisher.tick()
    assert "Checks last ran" in page()


def test_where_nothing_is_checked_nothing_is_said_of_checks(clock: time_machine.Traveller) -> None:
    Service.add(by=ANN, name="Typed in", public=True)
    publisher.publish()
    assert "Checks" not in page()
    assert (status()["checks"], status()["services"][0]["last_checked"]) == (None, None)


def test_private_services_and_jobs_that_call_us_do_not_count(clock: time_machine.Traveller) -> None:
    hidden = Service.add(by=ANN, name="Hidden")
    watch(Component.add(hidden, by=ANN, name="Database"))
    shop = Service.add(by=ANN, name="Shop", public=True)
    watch(Component.add(shop, by=ANN, name="Backup"), kind="push", url="", ran=timezone.now() - 9 * HOUR)
    publisher.publish()
    assert status()["checks"] is None


def test_while_checks_rest_nobody_is_late(heartbeat: Heartbeat, clock: time_machine.Traveller) -> None:
    heartbeat.pause(by=ANN)
    relay_all()
    clock.shift(HOUR)
    publisher.publish()
    assert status()["checks"] is None
