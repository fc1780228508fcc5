"""What is published after an event is what publishing everything would give, and nothing else is written."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from events.relay import relay_all
from incidents.models import Incident
from services.models import Component, Group, Service
from services.status import Status
from statuspage import publisher, store
from statuspage.memory import Memory
from statuspage.models import Generation, Published
from statuspage.v2 import addresses as v2
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import HOUR, MINUTE, plan, watch
from tests.undoing import undone

pytestmark = pytest.mark.django_db
Act = Callable[[], Any]


class World:
    """A published page with something on it."""

    def __init__(self) -> None:
        self.group = Group.add(by=ANN, name="Core")
        self.one = Service.add(by=ANN, name="One", public=True, group=self.group)
        self.two = Service.add(by=ANN, name="Two", public=True)
        self.hidden = Service.add(by=ANN, name="Hidden", public=False)
        self.part = Component.add(self.one, by=ANN, name="Database")
        self.incident = Incident.declare(by=ANN, title="Slow", severity="high", services={self.one: None})
        self.watched = Component.add(self.two, by=ANN, name="Disk")
        self.heartbeat = watch(self.watched)
        self.window = plan("New cables", self.one, self.hidden)
        self.of_hidden = plan("New doors", self.hidden)
        self.work = plan("New disks", self.two)
        self.work.start(by=ANN, message="It begins.")
        relay_all()

    def acts(self) -> dict[str, Act]:
        """Return changes of every sort."""
        return {
            "a status": lambda: self.two.set_status("degraded", by=ANN, message="Slow disks."),
            "a component": lambda: self.part.set_status("major_outage", by=ANN),
            "a name": lambda: self.one.edit(by=ANN, changes={"name": "First"}),
            "an address": lambda: self.one.edit(by=ANN, changes={"slug": "first"}),
            "hidden": lambda: self.one.edit(by=ANN, changes={"public": False}),
            "shown": lambda: self.hidden.edit(by=ANN, changes={"public": True}),
            "deleted": lambda: self.two.remove(by=ANN),
            "an update": lambda: self.incident.post_update(by=ANN, message="We know why."),
            "resolved": lambda: self.incident.resolve(by=ANN, message="Done."),
            "made internal": lambda: self.incident.edit(by=ANN, changes={"public": False}),
            "declared": lambda: Incident.declare(by=ANN, title="More", severity="low", services={self.two: None}),
            "moved to another service": lambda: self.incident.edit(by=ANN, changes={}, services={self.two: None}),
            "a group's name": lambda: self.group.edit(by=ANN, changes={"name": "Middle"}),
            "a group less": lambda: self.group.remove(by=ANN),
            "an order": lambda: Service.reorder([self.one.id], by=ANN),
            "out of its group": lambda: self.one.edit(by=ANN, changes={"group": None}),
            "a measurement": lambda: self.watched.measure(Status.MAJOR_OUTAGE, by=ANN),
            "nobody knows": lambda: self.part_watched().measure(None, by=ANN),
            "a heartbeat": lambda: watch(self.part),
            "a pause": lambda: self.heartbeat.pause(by=ANN),
            "no heartbeat": lambda: self.heartbeat.switch_off(by=ANN),
            "latency shown": lambda: self.two.edit(by=ANN, changes={"show_latency": True}),
            "a plan": lambda: plan("Cleaning", self.two),
            "a plan for what is private": lambda: plan("Canary", self.hidden),
            "a window moved": lambda: self.window.edit(by=ANN, changes={"scheduled_start": timezone.now() + MINUTE}),
            "a window begun": lambda: self.window.start(by=ANN),
            "a window cancelled": lambda: self.window.cancel(by=ANN),
            "a window made internal": lambda: self.window.edit(by=ANN, changes={"public": False}),
            "a window of another service": lambda: self.window.edit(by=ANN, changes={}, services=[self.two]),
            "a window of nothing public": lambda: self.window.edit(by=ANN, changes={}, services=[self.hidden]),
            "work extended": lambda: self.work.extend(by=ANN, until=timezone.now() + 9 * HOUR),
            "work told of": lambda: self.work.post_update(by=ANN, message="Half done."),
            "work done": lambda: self.work.complete(by=ANN),
        }

    def part_watched(self) -> Component:
        """Return a component of a service that is not in maintenance, with the first heartbeat of it."""
        watch(self.part)
        return self.part


NAMES = [
    *("a status", "a component", "a name", "an address", "hidden", "shown", "deleted", "an update", "resolved"),
    *("made internal", "declared", "moved to another service", "a group's name", "a group less", "an order"),
    *("out of its group", "a measurement", "nobody knows", "a heartbeat", "a pause", "no heartbeat", "latency shown"),
    *("a plan", "a plan for what is private", "a window moved", "a window begun", "a window cancelled"),
    *("a window made internal", "a window of another service", "a window of nothing public", "work extended"),
    *("work told of", "work done"),
]


def published() -> dict[str, bytes]:
    return {row.path: bytes(row.body) for row in Published.objects.filter(gone=False)}


@pytest.mark.once
@pytest.mark.parametrize("name", NAMES)
def test_an_event_renders_all_that_it_touches(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        world = World()
        untouched = deepcopy(world)
        with undone():
            acts_and_is_published_whole(world, name)
        # The same in a process that has just started.
        monkeypatch.setattr(publisher, "_memory", Memory())
        acts_and_is_published_whole(untouched, name)


def acts_and_is_published_whole(world: World, name: str) -> None:
    world.acts()[name]()
    relay_all()
    after = published()
    publisher.publish()
    assert published() == after


def test_every_sort_of_change_is_tried() -> None:
    assert list(World().acts()) == NAMES


def test_an_event_of_a_private_thing_writes_nothing() -> None:
    world = World()
    before = Generation.objects.get().number
    world.hidden.set_status("major_outage", by=ANN, message="Canary.")
    Incident.declare(by=ANN, title="Canary", severity="critical", public=False, services={world.one: None})
    world.incident.post_update(by=ANN, message="Between us.", public=False)
    plan("Canary", world.one, public=False).post_update(by=ANN, message="Canary.")
    world.window.post_update(by=ANN, message="Between us.", public=False)
    plan("Canary", world.hidden).start(by=ANN)
    relay_all()
    assert Generation.objects.get().number == before


def test_only_what_differs_is_written() -> None:
    world = World()
    before = Generation.objects.get().number
    world.two.set_status("degraded", by=ANN)
    relay_all()
    changed = set(Published.objects.filter(generation__gt=before).values_list("path", flat=True))
    assert changed == {
        *("/status", "/api/v1/status", "/status/services/two", "/status/services/two/badge.svg"),
        *("/status/widget.json", "/status/og.png"),
        f"/api/v1/status/services/{world.two.id}",
        *v2.ALL,
    }


def test_what_is_gone_keeps_no_bytes() -> None:
    world = World()
    world.two.edit(by=ANN, changes={"public": False})
    relay_all()
    row = Published.objects.get(path="/status/services/two")
    assert (row.gone, bytes(row.body), bytes(row.gzip), bytes(row.brotli)) == (True, b"", b"", b"")


def test_a_publication_that_was_rolled_back_is_made_up_for() -> None:
    world = World()
    world.two.set_status("degraded", by=ANN)
    with store.writing() as generation:
        publisher._publish(generation, timezone.now())
        transaction.set_rollback(True)
    world.one.edit(by=ANN, changes={"description": "The first."})
    relay_all()
    assert b"Degraded" in published()["/status/services/two"]


def test_the_clock_moves_nothing_on_a_quiet_page_but_at_midnight() -> None:
    noon = timezone.now().replace(hour=12, minute=0)
    with time_machine.travel(noon, tick=False) as clock:
        Service.add(by=ANN, name="Quiet", public=True, now=noon - timedelta(days=3))
        relay_all()
        clock.shift(timedelta(hours=11))
        assert publisher.tick() == 0
        clock.shift(timedelta(hours=2))
        assert publisher.tick() > 0
        assert publisher.tick() == 0


def test_two_stores_of_the_same_rows_hold_the_same_bytes() -> None:
    # From the start of a second: figures are counted to whole seconds, so half a second must not reach the next.
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as clock:
        World()
        publisher.publish()
        before = published()
        Generation.objects.all().delete()
        Published.objects.all().delete()
        clock.shift(timedelta(seconds=0.5))
        publisher.publish()
        assert published() == before
