"""On PostgreSQL a thread of its own writes how messages ended: who sent one waits for it, who claims does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import OperationalError

from notifications.kinds import State
from notifications.models import Delivery
from notifications.sending import clerk, runner
from notifications.sending.crew import Crew
from notifications.sending.look import look
from notifications.sending.runner import LANES, Runner
from notifications.sending.settling import settle
from tests.mailserver import MailServer
from tests.sending.conftest import START, reader, to_all

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SENDERS = 2


@pytest.fixture
def apart() -> Iterator[Runner]:
    with Crew(SENDERS, 2) as crew:
        yield Runner(LANES, crew, lambda: START, settle_apart=True)


def test_no_sender_goes_on_before_its_message_is_written(
    apart: Runner, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_all(*(reader(f"reader-{number}@example.org") for number in range(40)))
    written, ahead = [0], [0]

    def counted(ended: Sequence[Any], now: Any) -> Any:
        ahead.append(len(mails.arrivals) - written[0])
        found = settle(ended, now)
        written[0] += len(ended)
        return found

    monkeypatch.setattr(clerk, "settle", counted)
    apart.work()
    assert set(mails.recipients().values()) == {1}
    assert Delivery.objects.filter(status=State.SENT).count() == len(mails.arrivals) == 40
    assert max(ahead) <= SENDERS


def test_more_is_claimed_while_an_end_is_written(
    apart: Runner, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, met = [0], threading.Event()

    def seen(claims: Any) -> Any:
        looks[0] += 1
        if looks[0] == 2:
            met.set()
        return look(claims)

    def slow(ended: Any, now: Any) -> Any:
        if looks[0] == 1:
            to_all(reader("bob@example.org"))
            assert met.wait(20)
        return settle(ended, now)

    monkeypatch.setattr(runner, "look", seen)
    monkeypatch.setattr(clerk, "settle", slow)
    to_all(reader("ann@example.org"))
    assert apart.work() == 2
    assert sorted(mails.recipients()) == ["ann@example.org", "bob@example.org"]


def test_what_could_not_be_written_is_written_by_the_next_ring_and_not_sent_again(
    apart: Runner, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_all(reader("ann@example.org"))

    def away(*_: object) -> None:
        raise OperationalError("The database is away.")

    with monkeypatch.context() as patch:
        patch.setattr(clerk, "settle", away)
        with pytest.raises(OperationalError):
            apart.work()
    assert Delivery.objects.get().status == State.PENDING
    apart.work()
    assert Delivery.objects.get().status == State.SENT
    assert len(mails.arrivals) == 1
