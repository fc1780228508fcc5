"""What one process remembers is not what stands, once another has published: neither shows anything old."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from events.relay import relay_all
from incidents.models import Incident
from services.models import Component, Heartbeat, Service
from statuspage import publisher
from statuspage.memory import Memory
from statuspage.models import Generation, Published
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import MINUTE, plan, watch

pytestmark = pytest.mark.django_db
Hand = Callable[[Memory], None]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False) as clock:
        yield clock


@pytest.fixture
def hand_to(monkeypatch: pytest.MonkeyPatch) -> Hand:
    """Let another process go on."""
    return lambda memory: monkeypatch.setattr(publisher, "_memory", memory)


@pytest.fixture
def down(clock: time_machine.Traveller) -> Service:
    down = Service.add(by=ANN, name="Down", public=True)
    down.set_status("major_outage", by=ANN)
    watch(Component.add(down, by=ANN, name="Database"))
    return down


@pytest.fixture
def other(down: Service) -> Service:
    return Service.add(by=ANN, name="Other", public=True)


@pytest.fixture
def idle(other: Service, hand_to: Hand) -> Memory:
    """A process that has published once; the other one goes on."""
    idle = Memory()
    hand_to(idle)
    relay_all()
    publisher.publish()
    hand_to(Memory())
    publisher.publish()
    return idle


def published() -> dict[str, bytes]:
    return {row.path: bytes(row.body) for row in Published.objects.filter(gone=False)}


def assert_that_all_is_published() -> None:
    after = published()
    publisher.publish()
    assert published() == after


@pytest.mark.parametrize("hours", [0.05, 3, 13, 40])
def test_an_event_that_the_idle_one_handles_shows_nothing_old(
    hours: float, idle: Memory, other: Service, clock: time_machine.Traveller, hand_to: Hand
) -> None:
    clock.shift(timedelta(hours=hours))
    Heartbeat.objects.update(last_checked_at=timezone.now(), next_check_at=timezone.now() + MINUTE)
    assert publisher.tick() > 0
    hand_to(idle)
    other.set_status("degraded", by=ANN)
    relay_all()
    assert_that_all_is_published()


@pytest.mark.parametrize("changes", [{"public": False}, {"slug": "elsewhere"}])
def test_a_service_that_the_clock_has_moved_is_hidden_and_renamed_at_once(
    changes: dict[str, Any], idle: Memory, down: Service, clock: time_machine.Traveller, hand_to: Hand
) -> None:
    clock.shift(2 * MINUTE)
    assert publisher.tick() > 0
    hand_to(idle)
    down.edit(by=ANN, changes=changes)
    relay_all()
    assert not any(path.startswith("/status/services/down") for path in published())
    assert_that_all_is_published()


def test_what_the_other_one_has_shown_is_hidden_at_once(
    idle: Memory, down: Service, other: Service, hand_to: Hand
) -> None:
    hidden = Service.add(by=ANN, name="Canary", public=False)
    incident = Incident.declare(by=ANN, title="Canary", severity="low", public=False, services={other: None})
    Incident.declare(by=ANN, title="Wide", severity="low", services={hidden: None, down: None})
    window = plan("Canary", hidden, down, public=False)
    things = (hidden, incident, window)
    for memory, public in ((Memory(), True), (idle, False)):
        hand_to(memory)
        for thing in things:
            thing.edit(by=ANN, changes={"public": public})
        relay_all()
        assert any(b"Canary" in body for body in published().values()) == public
    assert_that_all_is_published()


def test_a_name_that_only_the_other_one_knew_is_nowhere(
    idle: Memory, other: Service, down: Service, hand_to: Hand
) -> None:
    Incident.declare(by=ANN, title="Wide", severity="low", services={other: None, down: None})
    busy = publisher._memory
    relay_all()
    hand_to(idle)
    relay_all()
    for memory, name in ((busy, "Passing"), (idle, "Other")):
        hand_to(memory)
        other.edit(by=ANN, changes={"name": name, "slug": name.lower()})
        relay_all()
        assert ("/status/services/passing" in published()) == (memory is busy)
    assert not any(b"Passing" in body for body in published().values())
    assert_that_all_is_published()


def test_of_many_that_start_at_once_one_publishes_everything(idle: Memory, hand_to: Hand) -> None:
    Generation.objects.update(release="another")
    assert not publisher.is_ready()
    publisher.make_ready()
    Published.objects.filter(path="/status").update(body=b"as the first one left it", etag="")
    hand_to(idle)
    assert publisher.make_ready() == 0
    assert published()["/status"] == b"as the first one left it"
    assert publisher.publish() > 0


def test_what_is_hidden_before_and_after_writes_nothing(idle: Memory, hand_to: Hand) -> None:
    hidden = Service.add(by=ANN, name="Canary", public=False)
    relay_all()
    before = list(Published.objects.order_by("path").values_list("path", "generation"))
    for memory in (idle, Memory()):
        hand_to(memory)
        hidden.set_status("degraded", by=ANN)
        hidden.set_status("operational", by=ANN)
        relay_all()
    assert list(Published.objects.order_by("path").values_list("path", "generation")) == before


def test_who_was_not_there_at_midnight_publishes_no_bars_of_yesterday(
    idle: Memory, down: Service, clock: time_machine.Traveller, hand_to: Hand
) -> None:
    # Nothing is down: of the clock only the checks are left, and the day.
    for memory in (idle, Memory()):
        hand_to(memory)
        down.set_status("operational", by=ANN)
        publisher.publish()
    clock.shift(timedelta(hours=12))
    Heartbeat.objects.update(last_checked_at=timezone.now(), next_check_at=timezone.now() + MINUTE)
    assert publisher.tick() > 0
    clock.shift(MINUTE)
    Heartbeat.objects.update(last_checked_at=timezone.now(), next_check_at=timezone.now() + MINUTE)
    hand_to(idle)
    assert publisher.tick() > 0
    assert_that_all_is_published()
