"""Our own API v2, brought in by an empty installation, is the same API v2 there, but for ids."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone

from branding.models import Brand
from console.demo.seeding import seed
from console.moving_in.bringing import move_in
from events.actors import SYSTEM
from events.models import Event
from incidents.models import Incident
from services.models import Maintenance, Service, StatusChange
from statuspage import publisher, store
from statuspage.v2 import addresses
from tests.emptying import empty

pytestmark = pytest.mark.django_db
IDS = {"id", "page_id", "group_id", "incident_id", "shortlink"}


def test_the_demo_goes_out_and_in_and_a_second_time_changes_nothing() -> None:
    seed(timezone.now())
    was = answers()
    documents = [json.loads(text) for text in was.values()]
    empty()
    # What the page is called is no part of what comes in.
    Brand.current().edit(by=SYSTEM, changes={"name": documents[0]["page"]["name"]})
    rehearsed = move_in(documents, by=SYSTEM, dry_run=True)
    assert not Service.objects.exists()
    moved = move_in(documents, by=SYSTEM)
    assert (moved.made, moved.notes) == (rehearsed.made, [])
    now = answers()
    assert len(json.loads(was[addresses.INCIDENTS])["incidents"]) > 10
    for address, text in was.items():
        assert without_ids(json.loads(now[address])) == without_ids(json.loads(text)), address
    last = Event.objects.latest("id")
    again = move_in(documents, by=SYSTEM)
    assert not again.made
    assert again.left["incidents"] == Incident.objects.count()
    assert again.left["maintenance"] == Maintenance.objects.count()
    assert Event.objects.latest("id") == last
    assert StatusChange.objects.filter(old="").count() == Service.objects.count()


def answers() -> dict[str, str]:
    """Return the eight documents, as they are published now."""
    publisher.publish()
    rows = {address: store.get(address) for address in addresses.ALL}
    return {address: bytes(row.body).decode() for address, row in rows.items() if row}


def without_ids(found: Any) -> Any:
    if isinstance(found, list):
        return [without_ids(one) for one in found]
    if isinstance(found, dict):
        # Of a group's members only how many there are can be compared.
        if found.get("group") is True:
            found = found | {"components": len(found["components"])}
        return {name: without_ids(value) for name, value in found.items() if name not in IDS}
    return found
