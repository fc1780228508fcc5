"""Whoever has mended the mail server need not wait for the next try: one message goes now, or all that wait."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from events.actors import Actor
from events.errors import Refused
from events.kinds import Kind
from events.models import Event
from notifications.kinds import State
from notifications.models import Circuit, Delivery
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, again, reader, to_all

pytestmark = pytest.mark.django_db(transaction=True)
ANN = Actor("user", "1", "Ann")


@pytest.fixture
def waiting(engine: Engine, mails: MailServer) -> list[Delivery]:
    """Three mails that the server has put off, and that it would take by now."""
    mails.says = lambda _address: "451 not now"
    rows = to_all(*(reader(f"reader-{number}@example.org") for number in range(3)))
    engine.run()
    mails.says = lambda _address: ""
    engine.at += timedelta(seconds=2)
    return rows


@pytest.fixture(autouse=True)
def nobody_hears_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine of the test sends, and nobody else."""
    monkeypatch.setattr("notifications.waking.ring", lambda _lane: None)


def test_one_goes_now_and_keeps_the_moment_at_which_it_was_first_to_go(engine: Engine, waiting: list[Delivery]) -> None:
    waiting[0].retry(by=ANN, now=engine.at)
    assert engine.run() == 1
    row = again(waiting[0])
    assert (row.status, row.first_due_at) == (State.SENT, START)
    assert Event.objects.get(kind=Kind.DELIVERY_RETRIED).data["count"] == 1


def test_all_go_now_from_the_first_try(engine: Engine, waiting: list[Delivery]) -> None:
    assert Delivery.hurry_all(by=ANN, now=engine.at) == 3
    assert engine.run() == 3
    assert set(Delivery.objects.values_list("status", "attempts")) == {(State.SENT, 1)}


def test_a_way_that_rests_is_tried_at_once(engine: Engine, mails: MailServer) -> None:
    mails.greeting = "421 come back later"
    [row] = to_all(reader("ann@example.org"))
    engine.run()
    Circuit.objects.update(rests_until=START + timedelta(minutes=5))
    Delivery.objects.update(next_attempt_at=START + timedelta(minutes=5))
    mails.greeting = ""
    row.retry(by=ANN, now=engine.at)
    engine.run()
    assert again(row).status == State.SENT
    assert not Circuit.objects.exists()


def test_what_is_under_way_is_left_alone(engine: Engine, waiting: list[Delivery]) -> None:
    Delivery.objects.update(lease_token=uuid4(), lease_until=engine.at + timedelta(seconds=60))
    with pytest.raises(Refused, match="under way"):
        waiting[0].retry(by=ANN, now=engine.at)
    assert Delivery.hurry_all(by=ANN, now=engine.at) == 0


def test_what_can_be_taken_back_still_is_not_hurried(engine: Engine, mails: MailServer) -> None:
    [row] = to_all(reader("ann@example.org"))
    due = START + timedelta(seconds=10)
    Delivery.objects.update(first_due_at=due, next_attempt_at=due)
    with pytest.raises(Refused, match="goes by itself"):
        row.retry(by=ANN, now=START)
    assert Delivery.hurry_all(by=ANN, now=START) == 0
