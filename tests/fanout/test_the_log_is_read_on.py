"""The fan-out reads on: in steps that hold the database only for moments, and past what cannot be worded."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from events.kinds import Kind
from events.models import Cursor, Event
from events.relay import relay
from notifications import fanout
from notifications.kinds import FANOUT
from notifications.models import Announcement, Delivery
from services.models import Service
from tests.fanout.conftest import ANN, START, channel, declare, fan_out, reader, told

pytestmark = pytest.mark.django_db(transaction=True)


def without_words(shop: Service, **fields: str) -> Event:
    """An event as no verb of ours tells it: nothing in it says how bad the incident is."""
    incident = declare(shop, title="Half told")
    said = {"kind": "INCIDENT_STATUS_CHANGED", "subject_name": "Half told", **fields}
    return Event.objects.create(
        at=START, public=True, actor_kind="user", subject_type="incident", subject_id=str(incident.pk), **said
    )


def test_a_batch_ends_after_so_many_messages(shop: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "ENOUGH", 2)
    reader()
    reader("bob@example.org")
    for number in range(3):
        declare(shop, title=f"Number {number}")
    steps = [(relay(FANOUT), Delivery.objects.count()) for _ in range(4)]
    assert [rows for _, rows in steps] == [2, 4, 6, 6]
    assert sum(read for read, _ in steps) == Event.objects.count()
    assert Cursor.objects.get(consumer=FANOUT).position == Event.objects.latest("pk").pk


def test_an_event_that_cannot_be_worded_is_passed_over_and_told(shop: Service) -> None:
    reader()
    broken = without_words(shop)
    declare(shop, title="After it")
    fan_out()
    assert told() == ["ann@example.org"] * 2
    [event] = Event.objects.filter(kind=Kind.MESSAGE_NOT_MADE)
    assert (event.subject_id, event.data["because"], event.public) == (str(broken.pk), "KeyError: 'severity'", False)
    assert Cursor.objects.get(consumer=FANOUT).failures == 0


def test_insiders_are_told_that_nobody_was(shop: Service) -> None:
    channel()
    without_words(shop)
    fan_out()
    said = Announcement.objects.get(kind=Kind.MESSAGE_NOT_MADE)
    assert said.subject == "Nobody was told: Incident status changed Half told"
    assert "KeyError: 'severity'" in said.text


def test_it_leaves_nothing_half_made(shop: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    channel()
    reader()
    monkeypatch.setattr(fanout, "insert", _refuse)
    declare(shop, by=ANN)
    fan_out()
    kinds = set(Announcement.objects.values_list("kind", flat=True))
    assert kinds == {"MESSAGE_NOT_MADE"}


def test_it_says_nothing_of_what_it_says(shop: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    channel()
    without_words(shop, kind="MESSAGE_NOT_MADE")
    monkeypatch.setattr(fanout, "words_of", _refuse)
    fan_out()
    # The first stands there, and the declaration has one; of both nothing is said.
    assert Event.objects.filter(kind=Kind.MESSAGE_NOT_MADE).count() == 2


def test_a_database_that_is_away_is_no_fault_of_the_event(shop: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    reader()
    declare(shop)
    with monkeypatch.context() as patch:
        patch.setattr(fanout, "insert", _away)
        fan_out()
    assert told() == []
    fan_out()
    assert told() == ["ann@example.org"]


def _refuse(*_: object, **__: object) -> int:
    raise ValueError("no such thing")


def _away(*_: object, **__: object) -> int:
    raise OperationalError("gone")
