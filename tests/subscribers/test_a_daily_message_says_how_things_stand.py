"""A daily message says of each incident once how it stands now, and whoever asks for one reads when it comes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from events.relay import relay_all
from incidents.models import Incident
from notifications.choice import Choice
from notifications.digest import send_due
from notifications.kinds import Mode, Purpose
from services.models import Service
from tests.subscribers.conftest import ANN, VERA, confirmed, posted

DAILY = Choice(mode=Mode.DIGEST, timezone="Europe/Berlin", digest_hour=8)


def at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_an_incident_stands_once_with_its_present_status_and_link(checkout: Service) -> None:
    confirmed(choice=DAILY, now=at(0))
    incident = Incident.declare(by=ANN, title="Cards fail", severity="high", services={checkout: None}, now=at(1))
    incident.post_update(by=ANN, message="We look.", now=at(2))
    incident.resolve(by=ANN, message="All is well.", now=at(3))
    incident.edit(by=ANN, changes={"title": "Cards failed"}, now=at(4))
    relay_all()
    assert send_due(at(8)) == 1
    [row] = posted(VERA.address, Purpose.DIGEST)
    assert "Cards failed\nNow: Resolved\n" in row.announcement.text
    assert row.announcement.text.count(f"/{incident.pk}") == 1
    assert "04:00 Europe/Berlin: Resolved" in row.announcement.text


def test_who_asks_for_one_reads_its_hour_and_zone() -> None:
    assert str(DAILY) == "every incident and maintenance, in one message a day at 08:00 Europe/Berlin"
