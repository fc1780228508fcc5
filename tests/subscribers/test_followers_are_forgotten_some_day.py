"""Who followed one incident is forgotten when it has been over for long: nothing more will be told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from events.models import Event
from incidents.models import Incident
from notifications.choice import Choice
from notifications.kinds import Way
from notifications.links import Reader
from notifications.models import Subscriber
from notifications.models.subscriber import leaving
from notifications.tasks import forget_followers
from tests.subscribers.conftest import ANN, confirmed

pytestmark = pytest.mark.django_db(transaction=True)


def followers(incident: Incident, *names: str) -> None:
    for name in names:
        confirmed(Reader(Way.EMAIL, f"{name}@example.org"), Choice(incident=incident))


def resolve(incident: Incident, *, days: int) -> None:
    incident.resolve(by=ANN, message="Over.", now=timezone.now() - timedelta(days=days))


def left() -> set[str]:
    return set(Subscriber.objects.values_list("address", flat=True))


def test_after_the_retention_with_one_line_in_the_log(
    incident: Incident, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "SOME", 2)
    settings.RETENTION_DELIVERIES = 30
    followers(incident, "ann", "bea", "cas")
    confirmed(Reader(Way.EMAIL, "dan@example.org"))
    resolve(incident, days=31)
    assert forget_followers() == 3
    assert left() == {"dan@example.org"}
    told = Event.objects.filter(kind="SUBSCRIBERS_FORGOTTEN")
    assert [event.data["count"] for event in told] == [2, 1]
    assert not any(event.public for event in told)
    assert forget_followers() == 0


def test_not_before(incident: Incident, settings: Settings) -> None:
    settings.RETENTION_DELIVERIES = 30
    followers(incident, "ann")
    resolve(incident, days=29)
    assert forget_followers() == 0
    assert left() == {"ann@example.org"}


def test_nor_while_it_is_open(incident: Incident, settings: Settings) -> None:
    settings.RETENTION_DELIVERIES = 30
    followers(incident, "ann")
    resolve(incident, days=31)
    incident.reopen(by=ANN, message="Again.")
    assert forget_followers() == 0
