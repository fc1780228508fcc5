"""On and off: by a person, or by itself after failing for a day, or at once where the target is gone for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.kinds import Kind
from events.models import Event
from notifications.models.channel.switching import FAILURES, LASTING
from tests.channels.rows import ANN, slack, webhook
from tests.channels.sink import NOON, Sink

pytestmark = pytest.mark.django_db(transaction=True)
NO = "It refuses our sign-in."


def test_some_refusals_in_a_short_time_leave_it_on() -> None:
    channel = slack()
    for minute in range(FAILURES * 4):
        channel.refused(because=NO, now=NOON + timedelta(minutes=minute))
    assert (channel.enabled, channel.failures, channel.failing_since) == (True, FAILURES * 4, NOON)


def test_few_refusals_over_a_long_time_leave_it_on() -> None:
    channel = slack()
    for day in range(FAILURES - 1):
        channel.refused(because=NO, now=NOON + timedelta(days=day))
    assert channel.enabled


def test_refusals_for_a_day_switch_it_off_and_say_why() -> None:
    channel = slack()
    for turn in range(FAILURES):
        channel.refused(because=NO, now=NOON + turn * LASTING / (FAILURES - 1))
    assert (channel.enabled, channel.off_because) == (False, NO)
    event = Event.objects.get(kind=Kind.CHANNEL_SWITCHED_OFF)
    assert (event.actor_kind, event.data) == ("system", {"because": NO})


def test_an_answer_in_between_begins_the_count_anew() -> None:
    channel = slack()
    channel.refused(because=NO, now=NOON)
    channel.answered(now=NOON)
    channel.refresh_from_db()
    assert (channel.failures, channel.failing_since) == (0, None)


def test_a_target_that_is_gone_for_good_switches_it_off_at_once() -> None:
    channel = slack()
    channel.refused(because="It says that it is gone for good.", now=NOON, for_good=True)
    assert not channel.enabled


def test_a_person_switches_it_on_again_and_the_count_is_forgotten() -> None:
    channel = slack()
    channel.refused(because=NO, now=NOON, for_good=True)
    channel.switch_on(by=ANN)
    channel.refresh_from_db()
    assert (channel.enabled, channel.off_because, channel.failures, channel.failing_since) == (True, "", 0, None)


def test_a_second_time_changes_nothing() -> None:
    channel = slack()
    for _ in range(2):
        channel.switch_off(by=ANN)
    for _ in range(2):
        channel.switch_on(by=ANN)
    kinds = [Kind.CHANNEL_SWITCHED_OFF, Kind.CHANNEL_SWITCHED_ON]
    assert list(Event.objects.filter(kind__in=kinds).values_list("kind", flat=True)) == kinds


def test_a_target_that_answers_gone_is_told_nothing_more(sink: Sink) -> None:
    channel, sink.status = webhook(sink.url), 410
    channel.note("Backup", "It worked.", by=ANN)
    channel.refresh_from_db()
    assert (channel.enabled, len(sink.calls)) == (False, 1)
    assert channel.off_because == "It says that it is gone for good. It answered 410."


def test_one_message_that_is_not_taken_is_counted_and_leaves_it_on(sink: Sink) -> None:
    channel, sink.status = webhook(sink.url), 400
    channel.note("Backup", "It worked.", by=ANN)
    channel.refresh_from_db()
    assert (channel.enabled, channel.failures) == (True, 1)
