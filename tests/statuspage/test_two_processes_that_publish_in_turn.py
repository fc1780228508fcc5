"""What one process remembers is brought to where the clock of another has moved the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.relay import relay_all
from services.models import Component, Heartbeat, Service
from statuspage import publisher
from statuspage.models import Published
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import MINUTE, watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False) as clock:
        yield clock


@pytest.fixture
def idle(clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch) -> publisher.Memory:
    """A process that has published once; the other one goes on."""
    down = Service.add(by=ANN, name="Down", public=True)
    down.set_status("major_outage", by=ANN)
    Service.add(by=ANN, name="Other", public=True)
    watch(Component.add(down, by=ANN, name="Database"))
    idle = publisher.Memory()
    monkeypatch.setattr(publisher, "_memory", idle)
    relay_all()
    publisher.publish()
    monkeypatch.setattr(publisher, "_memory", publisher.Memory())
    publisher.publish()
    return idle


def published() -> dict[str, bytes]:
    return {row.path: bytes(row.body) for row in Published.objects.filter(gone=False)}


@pytest.mark.parametrize("hours", [0.05, 3, 13, 40])
def test_an_event_that_the_idle_one_handles_shows_nothing_old(
    hours: float, idle: publisher.Memory, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.shift(timedelta(hours=hours))
    Heartbeat.objects.update(last_checked_at=timezone.now(), next_check_at=timezone.now() + MINUTE)
    assert publisher.tick() > 0
    monkeypatch.setattr(publisher, "_memory", idle)
    Service.objects.get(name="Other").set_status("degraded", by=ANN)
    relay_all()
    after = published()
    publisher.publish()
    assert published() == after
