"""What a person posts waits some seconds, and can be taken back meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.actors import SYSTEM
from events.errors import Refused
from events.models import Event
from notifications.kinds import UNDO, State
from notifications.models import Delivery
from notifications.withdrawing import withdraw
from services.models import Service
from tests.fanout.conftest import ANN, START, channel, declare, fan_out, reader, told

pytestmark = pytest.mark.django_db(transaction=True)


def event() -> Event:
    return Event.objects.get(kind="INCIDENT_CREATED")


def test_a_persons_message_waits_and_a_machines_does_not(shop: Service) -> None:
    reader()
    declare(shop)
    declare(shop, by=SYSTEM, title="Found by a heartbeat")
    fan_out()
    rows = Delivery.objects.order_by("event").values_list("next_attempt_at", flat=True)
    persons, machines = rows
    assert (persons, machines) == (START + timedelta(seconds=UNDO), START)


def test_taken_back_in_time_it_goes_to_nobody(shop: Service) -> None:
    reader()
    channel()
    declare(shop)
    fan_out()
    assert withdraw([event().id], by=ANN, now=START + timedelta(seconds=UNDO)) == 2
    assert set(Delivery.objects.values_list("status", flat=True)) == {State.DROPPED}
    assert Event.objects.get(kind="MESSAGE_WITHDRAWN").public is False


def test_taken_back_before_it_is_made_it_is_not_made(shop: Service) -> None:
    reader()
    declare(shop)
    assert withdraw([event().id], by=ANN, now=START + timedelta(seconds=1)) == 0
    fan_out()
    assert told() == []


def test_insiders_are_not_told_either(shop: Service) -> None:
    channel()
    declare(shop)
    withdraw([event().id], by=ANN, now=START)
    fan_out()
    assert told() == []


def test_too_late_it_is_refused(shop: Service) -> None:
    reader()
    declare(shop)
    fan_out()
    with pytest.raises(Refused, match="too late"):
        withdraw([event().id], by=ANN, now=START + timedelta(seconds=UNDO + 1))
    assert told() == ["ann@example.org"]


def test_twice_is_refused(shop: Service) -> None:
    declare(shop)
    withdraw([event().id], by=ANN, now=START)
    with pytest.raises(Refused, match="already"):
        withdraw([event().id], by=ANN, now=START)


def test_a_machines_message_cannot_be_taken_back(shop: Service) -> None:
    declare(shop, by=SYSTEM)
    with pytest.raises(Refused):
        withdraw([event().id], by=ANN, now=START)


def test_other_messages_go_on(shop: Service) -> None:
    reader()
    declare(shop)
    incident = declare(shop, title="Another")
    first = Event.objects.filter(kind="INCIDENT_CREATED").exclude(subject_id=str(incident.id)).get()
    withdraw([first.id], by=ANN, now=START)
    fan_out()
    assert told() == ["ann@example.org"]
