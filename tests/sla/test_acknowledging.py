"""A person says that they have seen a breach, once, with a note."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from services.models import Service, SlaBreach
from services.models.sla import AlreadyAcknowledged
from services.models.watching import watch
from tests.sla.conftest import ANN, at, outage


@pytest.fixture
def breach(service: Service) -> SlaBreach:
    outage(service, 2, minutes=50)
    watch(at(3))
    return SlaBreach.objects.get()


def test_who_when_and_what_they_said_is_kept_and_told(breach: SlaBreach) -> None:
    breach.acknowledge(by=ANN, note="The disk was full; the alarm is set lower.", now=at(4))
    breach.refresh_from_db()
    assert (breach.acknowledged_by, breach.acknowledged_at) == ("Ann", at(4))
    assert breach.note == "The disk was full; the alarm is set lower."
    event = Event.objects.get(kind="SLA_BREACH_ACKNOWLEDGED")
    assert (event.actor_name, event.subject_name, event.public) == ("Ann", "Checkout", False)
    assert event.data["note"] == breach.note


def test_once_is_enough(breach: SlaBreach) -> None:
    breach.acknowledge(by=ANN, now=at(4))
    with pytest.raises(AlreadyAcknowledged, match="Ann has acknowledged this already"):
        SlaBreach.objects.get().acknowledge(by=ANN, note="Again.", now=at(5))
    assert SlaBreach.objects.get().note == ""


def test_what_no_log_can_hold_is_refused(breach: SlaBreach) -> None:
    with pytest.raises(ValidationError) as refusal:
        breach.acknowledge(by=ANN, note="\x00", now=at(4))
    assert list(refusal.value.message_dict) == ["note"]
    assert SlaBreach.objects.get().acknowledged_at is None
