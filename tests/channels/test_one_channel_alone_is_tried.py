"""A test goes through one channel, marked as one, and whoever asked sees how it ended; a note goes to one channel."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone

from events.errors import Refused
from events.kinds import Kind
from events.models import Event
from notifications.kinds import Purpose, State
from notifications.models import Channel, Delivery
from notifications.trial import trial
from tests.channels.rows import ANN, slack, webhook
from tests.channels.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_arrives_marked_and_signed(sink: Sink) -> None:
    delivery = trial(webhook(sink.url), by=ANN, now=timezone.now())
    assert (delivery.status, delivery.purpose) == (State.SENT, Purpose.TEST)
    [call] = sink.calls
    assert (call.json["test"], call.json["type"]) == (True, "TEST")
    assert "nothing is wrong: Ann wanted to see" in call.json["text"]
    assert call.headers["webhook-id"] == str(delivery.pk)
    assert call.headers["webhook-signature"].startswith("v1,")


def test_nobody_else_is_told(sink: Sink) -> None:
    other = webhook(f"{sink.url}/other", name="Other")
    trial(webhook(sink.url), by=ANN, now=timezone.now())
    assert [call.path for call in sink.calls] == ["/"]
    assert not Delivery.objects.filter(channel=other).exists()


def test_how_it_failed_is_said_and_it_is_not_tried_again(sink: Sink) -> None:
    sink.status = 503
    delivery = trial(webhook(sink.url), by=ANN, now=timezone.now())
    assert (delivery.status, delivery.attempts, delivery.error_code) == (State.FAILED, 1, "server_error")
    assert delivery.last_error == "The other side answers that it has a fault. It answered 503."
    assert delivery.next_attempt_at is None


def test_it_goes_though_the_channel_is_switched_off(sink: Sink) -> None:
    channel = webhook(sink.url)
    channel.switch_off(by=ANN)
    assert trial(channel, by=ANN, now=timezone.now()).status == State.SENT


def test_it_says_nothing_of_how_the_channel_is_doing(sink: Sink) -> None:
    channel = webhook(sink.url)
    sink.status = 410
    trial(channel, by=ANN, now=timezone.now())
    channel.refresh_from_db()
    assert (channel.enabled, channel.failures) == (True, 0)


def test_it_is_told_to_the_log(sink: Sink) -> None:
    trial(webhook(sink.url), by=ANN, now=timezone.now())
    event = Event.objects.get(kind=Kind.CHANNEL_TESTED)
    assert (event.actor_name, event.subject_name, event.public) == ("Ann", "Receiver", False)


def test_every_kind_has_words_for_it(sink: Sink) -> None:
    channel = Channel.add(by=ANN, name="Zulip", kind="statuspage", options={"url": sink.url})
    assert trial(channel, by=ANN, now=timezone.now()).status == State.SENT
    assert sink.last.json["incident"]["name"] == "Test of “Zulip”"


def test_a_note_goes_to_one_channel(sink: Sink) -> None:
    webhook(sink.url).note("Backup", "It **worked**.", by=ANN)
    assert (sink.last.json["type"], sink.last.json["test"]) == ("NOTE", False)
    assert sink.last.json["text"].startswith("Backup. It worked. http")
    assert Event.objects.filter(kind=Kind.NOTE_SENT).count() == 1


def test_a_channel_that_is_switched_off_takes_no_note() -> None:
    channel = slack()
    channel.switch_off(by=ANN)
    with pytest.raises(Refused, match="switched off"):
        channel.note("Backup", "It worked.", by=ANN)
    assert not Delivery.objects.exists()
    assert mail.outbox == []
