"""An operator sends what failed again: one, or all of it."""

from __future__ import annotations

import pytest

from config.celery import app
from events.actors import Actor
from events.errors import Refused
from events.models import Event
from notifications.kinds import Lane, State
from notifications.metrics import ended
from notifications.models import Delivery
from tests.mailserver import MailServer
from tests.sending.conftest import Engine, again, reader, send, to_all

pytestmark = pytest.mark.django_db(transaction=True)

ANN = Actor("user", "1", "Ann")


@pytest.fixture(autouse=True)
def nobody_hears_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.conf, "task_always_eager", False)


def failed(count: int) -> list[Delivery]:
    rows = to_all(*(reader(f"reader-{number}@example.org") for number in range(count)))
    gone = {"status": State.FAILED, "next_attempt_at": None, "attempts": 13, "error_code": "deferred"}
    Delivery.objects.update(**gone)
    return [again(row) for row in rows]


def test_one_goes_behind_first_tries_with_all_its_attempts(engine: Engine, mails: MailServer) -> None:
    [delivery] = failed(1)
    delivery.retry(by=ANN, now=engine.at)
    assert (delivery.status, delivery.lane, delivery.attempts) == (State.PENDING, Lane.RETRY, 0)
    engine.run()
    assert again(delivery).status == State.SENT


def test_the_log_names_nobodys_address() -> None:
    [delivery] = failed(1)
    delivery.retry(by=ANN)
    told = Event.objects.get(kind="DELIVERY_RETRIED")
    assert (told.public, told.data["recipient"]) == (False, "r…@example.org")


def test_all_that_failed_goes_again_and_nothing_else(engine: Engine, mails: MailServer) -> None:
    failed(3)
    sent = send(reader("ann@example.org"))
    engine.run()
    assert Delivery.retry_all(by=ANN, now=engine.at) == 3
    engine.run()
    assert mails.recipients()["ann@example.org"] == 1
    assert set(Delivery.objects.values_list("status", flat=True)) == {State.SENT}
    assert again(sent).attempts == 1
    assert Delivery.retry_all(by=ANN) == 0


def test_what_has_not_failed_is_refused() -> None:
    waiting = send(reader("ann@example.org"))
    with pytest.raises(Refused, match="goes by itself"):
        waiting.retry(by=ANN)


def test_the_figures_never_fall() -> None:
    failed(2)
    before = ended()
    Delivery.retry_all(by=ANN)
    assert ended() == before == {("email", "FAILED"): 2}
