"""What is told of public things names nothing private, whatever is said and found out among ourselves."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from events.models import Event
from services.checks.settling import settle
from services.models import Component, Group, Heartbeat, Maintenance, Service, StatusChange
from tests.services.conftest import ANN

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def public_log() -> str:
    events = [event.as_stream() for event in Event.objects.filter(public=True)]
    return json.dumps(events, cls=DjangoJSONEncoder)


@pytest.fixture
def group() -> Group:
    return Group.add(by=ANN, name="Shop front")


@pytest.fixture
def ledger(group: Group) -> Service:
    return Service.add(by=ANN, name="Canary ledger", owner="Canary team", group=group)


@pytest.fixture
def shop(group: Group) -> Service:
    return Service.add(by=ANN, name="Shop", public=True, owner="Canary team", group=group)


def test_what_a_check_found_out_stays_on_the_change(shop: Service, ledger: Service) -> None:
    rows = Component.add(ledger, by=ANN, name="Canary rows")
    rows.set_status("red", by=ANN, message="Canary disk is full.")
    website = Component.add(shop, by=ANN, name="Website", depends_on=rows)
    Heartbeat.configure(website, by=ANN, kind="http", url="https://canary.example/", options={"headers": "X: canary"})
    Heartbeat.objects.update(verdict="major_outage", last_detail="canary.example does not answer.")
    assert settle(website.pk)
    assert StatusChange.objects.filter(service=shop, message__contains="Canary rows, on which it depends").exists()
    assert "SERVICE_STATUS_CHANGED" in public_log()
    assert "anary" not in public_log()


def test_what_people_say_with_a_status_is_told(shop: Service) -> None:
    shop.set_status("red", by=ANN, message="The cash desk is closed.")
    assert "The cash desk is closed." in public_log()


def test_an_order_names_no_private_service_and_no_private_group(shop: Service, ledger: Service, group: Group) -> None:
    hidden = Group.add(by=ANN, name="Canary group")
    Service.reorder([ledger.pk, shop.pk], by=ANN)
    Group.reorder([hidden.pk, group.pk], by=ANN)
    assert Event.objects.filter(kind="SERVICES_REORDERED", public=False).count() == 2
    assert not any(str(ledger.pk) in event.service_ids for event in Event.objects.filter(public=True))
    assert "anary" not in public_log()


def test_work_on_both_names_the_public_one_alone(shop: Service, ledger: Service) -> None:
    now = timezone.now()
    times: dict[str, Any] = {"start": now + HOUR, "end": now + 2 * HOUR}
    told = Maintenance.schedule(by=ANN, title="New disks", services=[shop, ledger], **times)
    Maintenance.schedule(by=ANN, title="Canary work", services=[shop], public=False, **times).start(by=ANN)
    told.post_update(by=ANN, message="Canary: call the vendor.", public=False)
    told.edit(by=ANN, changes={"title": "New disks at last"}, services=[shop])
    told.edit(by=ANN, changes={}, services=[shop, ledger])
    told.start(by=ANN)
    told.extend(by=ANN, until=now + 3 * HOUR)
    told.complete(by=ANN)
    assert "MAINTENANCE_COMPLETED" in public_log()
    assert "anary" not in public_log()
