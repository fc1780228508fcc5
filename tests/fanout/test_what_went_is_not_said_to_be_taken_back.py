"""“Nothing is sent” is said only where it is true, and of all that one act told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from events.errors import Refused
from events.models import Event
from notifications import withdrawing
from notifications.kinds import UNDO, State
from notifications.models import Announcement, Delivery
from notifications.withdrawing import withdraw
from services.models import Service
from tests.fanout.conftest import ANN, START, declare, fan_out, reader

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db(transaction=True)


def posted(*services: Service) -> list[int]:
    """Declare an incident, tell two readers of it, and return the events of the act."""
    reader()
    reader("bob@example.org")
    declare(*services)
    fan_out()
    return list(Event.objects.filter(kind="INCIDENT_CREATED").values_list("pk", flat=True))


def one_of_two(**changes: Any) -> None:
    Delivery.objects.filter(recipient="email:ann@example.org").update(**changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": State.SENT, "sent_at": START, "next_attempt_at": None, "attempts": 1}, "1 went out, and 0 more"),
        (
            {"lease_token": uuid4(), "lease_until": START + MINUTE, "attempts": 1},
            "0 went out, and 1 more",
        ),
        ({"attempts": 1}, "0 went out, and 1 more"),
    ],
    ids=["sent", "in hand", "tried once"],
)
def test_what_somebody_may_have_is_not_taken_back(shop: Service, changes: dict[str, Any], said: str) -> None:
    events = posted(shop)
    one_of_two(**changes)
    with pytest.raises(Refused, match=f"of 2 messages {said}"):
        withdraw(events, by=ANN, now=START)
    assert Delivery.objects.filter(status=State.DROPPED).count() == 0
    assert Announcement.objects.exclude(withdrawn_at=None).count() == 0
    assert not Event.objects.filter(kind="MESSAGE_WITHDRAWN").exists()


def test_what_went_to_nobody_does_not_count(shop: Service) -> None:
    events = posted(shop)
    one_of_two(status=State.DROPPED, next_attempt_at=None, error_code="left")
    assert withdraw(events, by=ANN, now=START) == 1


def test_all_of_an_act_or_nothing(shop: Service) -> None:
    events = posted(shop)
    declare(shop, title="Another", now=START - timedelta(seconds=UNDO + 1))
    late = Event.objects.latest("pk")
    with pytest.raises(Refused, match="too late"):
        withdraw([*events, late.pk], by=ANN, now=START)
    assert not Event.objects.filter(kind="MESSAGE_WITHDRAWN").exists()


def test_one_command_takes_back_all_of_an_act(shop: Service) -> None:
    events = posted(shop)
    declare(shop, title="Another")
    second = Event.objects.filter(kind="INCIDENT_CREATED").latest("pk")
    withdraw([*events, second.pk], by=ANN, now=START)
    taken = Event.objects.filter(kind="MESSAGE_WITHDRAWN").values_list("subject_id", "at")
    assert sorted(taken) == sorted((str(key), START) for key in (*events, second.pk))


def test_the_clock_is_asked_after_the_wait(shop: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    events = posted(shop)
    # The command begins in time, and has its locks when that is over.
    monkeypatch.setattr("events.command.timezone.now", lambda: START)
    monkeypatch.setattr(withdrawing, "timezone", _At(START + timedelta(seconds=UNDO + 1)))
    with pytest.raises(Refused, match="too late"):
        withdraw(events, by=ANN)


def test_nothing_told_is_nothing_to_take_back() -> None:
    with pytest.raises(Refused, match="nothing to take back"):
        withdraw([], by=ANN, now=START)


class _At:
    def __init__(self, at: object) -> None:
        self.at = at

    def now(self) -> object:
        return self.at
