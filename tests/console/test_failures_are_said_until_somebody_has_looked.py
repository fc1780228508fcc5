"""A channel that was switched off by itself, and messages that failed for good, stand on every page until looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from events.actors import Actor
from events.kinds import Kind
from events.models import Event
from events.tasks import SWEPT
from notifications.kinds import Purpose, State
from notifications.models import Channel, Delivery
from tests.channels.rows import ANN, slack
from tests.desk.conftest import delivery
from tests.factories import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
GONE = "It says that it is gone for good. It answered 410."


@pytest.fixture
def console() -> Client:
    cache.set(SWEPT, datetime.now(UTC).timestamp())
    return signed_in(Role.OPERATOR)


def page(console: Client, url: str = "/console/incidents/") -> str:
    return console.get(url).content.decode()


def gone() -> Channel:
    channel = slack()
    channel.refused(because=GONE, now=NOON, for_good=True)
    return channel


def test_a_channel_that_was_switched_off_by_itself_leads_to_its_page(console: Client) -> None:
    channel, text = gone(), page(console)
    assert f"The channel Operations was switched off: {GONE}" in text
    assert reverse("channels:detail", args=[channel.pk]) in text


def test_one_that_somebody_switched_off_is_no_news(console: Client) -> None:
    slack().switch_off(by=ANN, because="Too loud.")
    assert "was switched off" not in page(console)


@pytest.mark.parametrize("how", ["seen", "on"])
def test_it_is_said_until_somebody_has_looked_or_switched_it_on(console: Client, how: str) -> None:
    channel = gone()
    if how == "seen":
        console.post(reverse("channels:see", args=[channel.pk]))
        assert Event.objects.filter(kind=Kind.CHANNEL_SEEN).count() == 1
    else:
        channel.switch_on(by=ANN)
    assert "was switched off" not in page(console)


def test_its_own_page_says_the_true_reason(console: Client) -> None:
    text = page(console, reverse("channels:detail", args=[gone().pk]))
    assert "It was switched off by itself" in text
    assert "kept failing" not in text
    assert "tries; after the last" not in text


def test_after_a_day_in_vain_its_page_says_since_when(console: Client) -> None:
    channel = slack()
    for hour in range(0, 25, 5):
        channel.refused(because="No answer.", now=NOON + timedelta(hours=hour))
    channel.refused(because="No answer.", now=NOON + timedelta(hours=25))
    assert "in 6 tries; after the last: No answer." in page(console, reverse("channels:detail", args=[channel.pk]))


def test_the_page_names_who_switched_it_off(console: Client) -> None:
    channel = slack()
    channel.switch_off(by=Actor("user", "7", "Zoe"))
    text = page(console, reverse("channels:detail", args=[channel.pk]))
    assert "Zoe switched it off" in text
    assert "Switched off by itself" not in text


def test_messages_that_failed_are_said_until_they_were_looked_at(console: Client) -> None:
    delivery("a@example.org", State.FAILED)
    delivery("b@example.org", State.FAILED)
    text = page(console)
    assert "2 messages failed and will not be tried again by themselves." in text
    assert "/console/deliveries/?status=unseen" in text
    console.post(reverse("deliveries:see-all") + "?status=unseen")
    assert "messages failed" not in page(console)
    assert Event.objects.get(kind=Kind.DELIVERY_SEEN).data == {"count": 2}
    assert Delivery.objects.failed().count() == 2


def test_a_failed_test_is_nobodys_news(console: Client) -> None:
    delivery(status=State.FAILED, purpose=Purpose.TEST)
    assert "failed and will not" not in page(console)
