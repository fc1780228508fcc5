"""Time in maintenance, and time of which nobody knows, is kept apart from what counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actors import SYSTEM
from events.command import command
from events.kinds import Kind
from events.locking import lock
from events.models import Event
from services.models import Component, Heartbeat, Rule, Service, Source, StatusChange
from services.status import Status
from services.uptime import HOUR, uptime
from tests.services.observing import observed

pytestmark = pytest.mark.django_db
START = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=3)


@pytest.fixture
def shop() -> Service:
    return Service.add(by=SYSTEM, name="Shop", now=START)


def watched(shop: Service, name: str) -> Component:
    part = Component.add(shop, by=SYSTEM, name=name, now=START)
    Heartbeat.objects.create(component=part, kind="http", url="https://example.com")
    return part


def move(shop: Service, *, on: bool, hours: int) -> None:
    with command(SYSTEM, now=START + hours * HOUR) as tell:
        lock(shop)
        shop.shelter(tell, "Work.", on=on)
        tell.nothing()


def test_a_service_is_silent_when_all_its_heartbeats_are(shop: Service) -> None:
    one, two = watched(shop, "One"), watched(shop, "Two")
    Component.add(shop, by=SYSTEM, name="Typed in", now=START)
    one.measure(None, by=SYSTEM, now=START + HOUR)
    shop.refresh_from_db()
    assert shop.rule == Rule.COUNTED
    two.measure(None, by=SYSTEM, now=START + 2 * HOUR)
    shop.refresh_from_db()
    assert (shop.rule, shop.status) == (Rule.NO_DATA, Status.OPERATIONAL)
    two.measure(Status.OPERATIONAL, by=SYSTEM, now=START + 5 * HOUR)
    parts, _ = observed(shop, 3, START + 10 * HOUR)
    assert [part.length for part in parts if part.status is None][-1] == 3 * HOUR


def test_what_was_set_by_hand_is_known(shop: Service) -> None:
    part = watched(shop, "One")
    shop.set_status("degraded", by=SYSTEM, now=START + HOUR)
    part.measure(None, by=SYSTEM, now=START + 2 * HOUR)
    shop.refresh_from_db()
    assert shop.rule == Rule.COUNTED
    assert Component.objects.get(pk=part.pk).rule == Rule.NO_DATA


def test_the_last_status_stays_while_nobody_knows(shop: Service) -> None:
    part = watched(shop, "One")
    part.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=START + HOUR, message="Connection refused.")
    part.measure(None, by=SYSTEM, now=START + 3 * HOUR, at=START + 2 * HOUR)
    part.refresh_from_db()
    assert (part.status, part.rule, part.status_since) == (Status.MAJOR_OUTAGE, Rule.NO_DATA, START + 2 * HOUR)
    parts, _ = observed(shop, 4, START + 10 * HOUR)
    assert uptime(parts).down == HOUR


def test_maintenance_is_left_out_whatever_breaks_in_it(shop: Service) -> None:
    part = watched(shop, "One")
    move(shop, on=True, hours=1)
    assert shop.status == Status.MAINTENANCE
    part.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=START + 2 * HOUR)
    shop.refresh_from_db()
    assert shop.status == Status.MAINTENANCE
    shop.set_status("major_outage", by=SYSTEM, now=START + 3 * HOUR)
    assert shop.status == Status.MAJOR_OUTAGE
    shop.set_status(None, by=SYSTEM, now=START + 4 * HOUR)
    part.measure(Status.OPERATIONAL, by=SYSTEM, now=START + 5 * HOUR)
    shop.refresh_from_db()
    move(shop, on=False, hours=6)
    figure = uptime(observed(shop, 4, START + 10 * HOUR)[0])
    assert (figure.down, figure.maintenance, figure.observed) == (timedelta(0), 5 * HOUR, 5 * HOUR)


def test_a_rule_that_changes_alone_is_a_row_and_an_event_of_its_own(shop: Service) -> None:
    part = watched(shop, "One")
    part.measure(None, by=SYSTEM, now=START + HOUR)
    row = StatusChange.objects.get(component=part, rule=Rule.NO_DATA)
    assert (row.old, row.new, row.old_rule, row.source) == ("operational", "operational", "counted", Source.HEARTBEAT)
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds[-2:] == [Kind.COMPONENT_COUNTING_CHANGED, Kind.SERVICE_COUNTING_CHANGED]


def test_the_same_measurement_again_is_no_row(shop: Service) -> None:
    part = watched(shop, "One")
    assert not part.measure(Status.OPERATIONAL, by=SYSTEM, now=START + HOUR)
    assert part.measure(Status.DEGRADED, by=SYSTEM, now=START + 2 * HOUR)
    assert not part.measure(Status.DEGRADED, by=SYSTEM, now=START + 3 * HOUR)
    assert StatusChange.objects.filter(component=part).count() == 2


def test_a_part_that_was_set_by_hand_keeps_its_service_known(shop: Service) -> None:
    part = watched(shop, "One")
    part.set_status("degraded", by=SYSTEM, now=START + HOUR)
    part.measure(None, by=SYSTEM, now=START + 2 * HOUR)
    shop.refresh_from_db()
    assert (shop.rule, shop.status) == (Rule.COUNTED, Status.DEGRADED)


def test_one_part_that_is_well_again_does_not_hide_what_still_is_not(shop: Service) -> None:
    one, two = watched(shop, "One"), watched(shop, "Two")
    one.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=START + HOUR, message="Refused.")
    two.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=START + 2 * HOUR, message="Refused.")
    two.measure(Status.OPERATIONAL, by=SYSTEM, now=START + 3 * HOUR, message="The check passes.")
    row = StatusChange.objects.filter(service=shop, component=None).last()
    assert row is not None
    assert row.message == "Two: The check passes. Beside it: One (major outage)."
