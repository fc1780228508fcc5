"""A channel is told what its filters let through."""

from __future__ import annotations

import pytest

from events.actors import SYSTEM
from services.models import Service
from tests.fanout.conftest import ANN, START, channel, declare, fan_out, reader, told

pytestmark = pytest.mark.django_db(transaction=True)


def test_by_kind_service_and_severity(shop: Service) -> None:
    mail = Service.add(by=SYSTEM, name="Mail", public=True, now=START)
    channel("all")
    channel("resolved", event_kinds=["INCIDENT_STATUS_CHANGED"])
    channel("shop", shop)
    channel("mail", mail)
    channel("grave", severity="critical")
    channel("at least high", severity="high")
    channel("off", enabled=False)
    declare(shop, severity="high")
    fan_out()
    assert told() == ["all", "at least high", "shop"]


def test_quietly_is_for_insiders_alone(shop: Service) -> None:
    from events.models import Event
    from notifications.audience import reach_of
    from notifications.recipients import channels_of

    reader()
    channel("inside")
    channel("outside", audience="public")
    declare(shop)
    event = Event.objects.get(kind="INCIDENT_CREATED")
    event.data["quiet"] = True
    reach = reach_of(event)
    assert reach is not None
    assert not reach.modes
    assert [each.name for each in channels_of(reach, START)] == ["inside"]


def test_the_number_on_the_button_is_the_number_of_messages(shop: Service) -> None:
    from events.models import Event
    from notifications.audience import reach_of
    from notifications.recipients import count

    incident = declare(shop)
    for number in range(3):
        reader(f"reader-{number}@example.org")
    reader("reader-0@example.org", incident=incident)
    channel("inside")
    incident.post_update(by=ANN, message="We look.")
    reach = reach_of(Event.objects.get(kind="INCIDENT_UPDATE_POSTED"))
    assert reach is not None
    fan_out()
    told()
    expected = count(reach, START)
    incident.post_update(by=ANN, message="Still.")
    fan_out()
    assert len(told()) == expected == 4
