"""Tries in vain make no message punctual: bar and figures count from when it was first to go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from console.notices import notices
from events.tasks import SWEPT
from notifications.desk.forms import DeliveriesForm
from notifications.kinds import Lane
from notifications.lateness import waiting
from notifications.models import Delivery
from tests.mailserver import MailServer
from tests.sending.conftest import Engine, channel, reader, to_all
from tests.sink import Sink

pytestmark = pytest.mark.django_db


def bar(engine: Engine) -> str:
    cache.set(SWEPT, engine.at.timestamp())
    return " ".join(notice.text for notice in notices(engine.at))


def test_a_mail_server_that_puts_everything_off_is_said_with_what_it_answers(engine: Engine, mails: MailServer) -> None:
    mails.says = lambda _address: "451 4.3.2 not now"
    to_all(*(reader(f"reader-{number}@example.org") for number in range(8)))
    for _ in range(6):
        engine.run(after=11)
    assert bar(engine) == (
        "8 messages should have gone out, the oldest 66 seconds ago. The mail server put it off. "
        "The mail server answered 451 4.3.2. Check the mail server and EMAIL_URL."
    )
    assert DeliveriesForm({"status": "late"}).find().count() == 8
    assert waiting(engine.at)[Lane.RETRY] == (8, 66)


def test_a_webhook_that_answers_500_is_late_too(engine: Engine, web: Sink) -> None:
    to_all(channel(web.at("/500")))
    engine.run()
    assert bar(engine) == ""
    engine.at += timedelta(seconds=61)
    text = bar(engine)
    assert text.startswith("1 message should have gone out, the oldest 61 seconds ago. What came back: ")
    assert text.endswith("It answered 500.")
    assert waiting(engine.at)[Lane.RETRY] == (1, 61)


def test_a_way_that_rests_says_why(engine: Engine, mails: MailServer) -> None:
    mails.greeting = "421 come back later"
    to_all(*(reader(f"reader-{number}@example.org") for number in range(3)))
    engine.run()
    Delivery.objects.update(last_error="")
    engine.at += timedelta(seconds=90)
    assert "The mail server turns us away. The mail server answered 421" in bar(engine)


def test_what_is_not_due_yet_is_not_late(engine: Engine, mails: MailServer) -> None:
    [row] = to_all(reader("ann@example.org"))
    Delivery.objects.filter(pk=row.pk).update(first_due_at=engine.at + timedelta(hours=1))
    engine.at += timedelta(minutes=5)
    assert bar(engine) == ""
    assert waiting(engine.at)[Lane.URGENT] == (0, 0)


def test_one_from_before_the_column_counts_from_when_it_was_made(engine: Engine, mails: MailServer) -> None:
    to_all(reader("ann@example.org"))
    Delivery.objects.update(first_due_at=None, next_attempt_at=engine.at + timedelta(hours=1))
    engine.at += timedelta(seconds=120)
    assert bar(engine).startswith("1 message should have gone out, the oldest 2 minutes ago.")
