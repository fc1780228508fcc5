"""A channel that takes nothing says so after the first try, and is switched off after a day, whatever goes wrong."""

from __future__ import annotations

import pytest

from events.kinds import Kind
from events.models import Event
from notifications.models import Channel
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, channel, to_all
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
DAY = 86_400


def now(row: Channel) -> Channel:
    row.refresh_from_db()
    return row


def test_one_try_in_vain_is_counted_with_its_reason(engine: Engine, web: Sink) -> None:
    receiver = channel(web.at("/500"))
    to_all(receiver)
    engine.run()
    assert (now(receiver).failures, receiver.failing_since) == (1, START)
    assert receiver.failing_because.endswith("It answered 500.")


def test_a_message_that_arrives_ends_it(engine: Engine, web: Sink) -> None:
    receiver = channel(web.at("/500"))
    to_all(receiver)
    engine.run()
    web.says["/500"] = "ok"
    engine.run(after=20)
    assert (now(receiver).failures, receiver.failing_since, receiver.failing_because) == (0, None, "")


@pytest.mark.parametrize("path", ["/500", "/reset", "refused"])
def test_a_day_in_vain_switches_it_off(engine: Engine, web: Sink, path: str) -> None:
    receiver = channel("http://127.0.0.1:1/" if path == "refused" else web.at(path))
    to_all(receiver)
    for seconds in (0, 60, 600, 3600, 7200, 30_000):
        engine.run(after=seconds)
    assert now(receiver).enabled
    engine.run(after=DAY)
    assert not now(receiver).enabled
    assert receiver.is_broken
    assert receiver.was_failing_long
    assert Event.objects.get(kind=Kind.CHANNEL_SWITCHED_OFF).actor_kind == "system"


def test_our_own_mail_server_switches_no_channel_off(engine: Engine, mails: MailServer) -> None:
    mails.says = lambda _address: "451 not now"
    address = {"address": "operations@example.com"}
    operations = channel("Operations", kind="email", options=address)
    to_all(operations)
    for seconds in (0, 60, 600, 3600, 7200, 30_000, DAY):
        engine.run(after=seconds)
    assert now(operations).enabled
    assert operations.failures == 7
