"""Windows, series and statuses: one message for each thing that readers must know."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from notifications.models import Announcement
from services.models import Maintenance, Service
from tests.fanout.conftest import ANN, START, channel, fan_out, reader, told

pytestmark = pytest.mark.django_db(transaction=True)


def plan(shop: Service, **fields: Any) -> Maintenance:
    begins = START + timedelta(days=1)
    said = {"title": "New disks", "start": begins, "end": begins + timedelta(hours=1), **fields}
    return Maintenance.schedule(by=ANN, services=[shop], now=START, **said)


def test_a_series_is_one_message(shop: Service) -> None:
    reader()
    plan(shop, recurrence="FREQ=WEEKLY")
    fan_out()
    assert told() == ["ann@example.org"]


def test_cancelling_the_rest_of_a_series_is_one_message(shop: Service) -> None:
    reader()
    window = plan(shop, recurrence="FREQ=WEEKLY")
    fan_out()
    told()
    window.cancel(by=ANN, later=True, now=START)
    fan_out()
    assert told() == ["ann@example.org"]


def test_an_edit_is_told_where_it_moves_the_times(shop: Service) -> None:
    reader()
    window = plan(shop)
    fan_out()
    told()
    window.edit(by=ANN, changes={"title": "Newer disks"}, now=START)
    fan_out()
    assert told() == []
    window.extend(by=ANN, until=window.scheduled_end + timedelta(hours=1), now=START)
    fan_out()
    assert told() == ["ann@example.org"]


def test_an_internal_window_is_told_inside(shop: Service) -> None:
    reader()
    channel("inside")
    channel("outside", audience="public")
    plan(shop, public=False)
    fan_out()
    assert told() == ["inside"]


def test_a_status_is_told_to_channels_that_chose_it_and_to_no_subscriber(shop: Service) -> None:
    reader()
    channel("everything")
    channel("chosen", event_kinds=["SERVICE_STATUS_CHANGED"])
    shop.set_status("degraded", by=ANN, now=START)
    fan_out()
    assert told() == ["chosen"]


def test_what_only_machines_said_of_a_component_is_told_to_nobody(shop: Service) -> None:
    from services.models import Component

    channel("everything")
    Component.add(shop, by=ANN, name="Database", now=START)
    fan_out()
    assert told() == []
    assert not Announcement.objects.exists()
