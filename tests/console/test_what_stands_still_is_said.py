"""Where nothing works in the background, or messages wait, every page of the console says so, and what it means."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from accounts.roles import Role
from console import notices
from console.notices import Notice
from events.tasks import SWEPT
from notifications.kinds import Lane, Purpose, State
from tests.desk.conftest import delivery
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def said(now: datetime) -> str:
    return " ".join(notice.text for notice in notices.notices(now))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, ""),
        (20, ""),
        (21, "has not run for 21 seconds"),
        (300, "for 5 minutes"),
        (9000, "for 2 hours"),
        (260_000, "for 3 days"),
        (-60, ""),
    ],
)
def test_the_worker_is_missed_within_half_a_minute(seconds: int, words: str) -> None:
    cache.set(SWEPT, NOON.timestamp() - seconds)
    assert words in said(NOON)
    assert bool(said(NOON)) == bool(words) == ("Start it with beat" in said(NOON))


def test_one_that_never_ran_is_missed_once_the_web_has_been_up_for_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "_started", time.monotonic())
    assert notices.silent_for(NOON) == 0
    monkeypatch.setattr(notices, "_started", time.monotonic() - 21)
    assert "has not run yet" in said(NOON)


def test_without_a_cache_nobody_can_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "_started", time.monotonic() - 31)
    monkeypatch.setattr(cache, "set", lambda *_: None)
    assert said(NOON) == ""


def test_messages_that_should_have_gone_out_a_minute_ago_are_counted() -> None:
    cache.set(SWEPT, NOON.timestamp())
    delivery("a@example.org", State.PENDING)
    delivery("b@example.org", State.PENDING)
    assert said(NOON + timedelta(seconds=20)) == ""
    cache.set(SWEPT, NOON.timestamp() + 120)
    [notice] = notices.notices(NOON + timedelta(seconds=120))
    text = "2 messages should have gone out, the oldest 2 minutes ago."
    assert notice == Notice(text, "/console/deliveries/?status=late", "See which")


@pytest.mark.parametrize(("role", "sees"), [(Role.OPERATOR, True), (Role.VIEWER, False)])
def test_it_stands_on_every_page_of_those_who_can_do_something(role: Role, sees: bool) -> None:
    cache.set(SWEPT, 1)
    person = signed_in(role)
    for page in ("/console/", "/console/incidents/", "/console/accounts/profile/"):
        shown = person.get(page).content.decode()
        assert ("The worker has not run" in shown) is sees
        # Empty to the letter: only then it takes no room.
        assert ('id="notices" role="status"></div>' in shown) is not sees


def test_a_page_that_waits_is_said_within_seconds() -> None:
    cache.set(SWEPT, NOON.timestamp())
    delivery("a@example.org", State.PENDING, lane=Lane.PAGE, purpose=Purpose.PAGE)
    assert said(NOON + timedelta(seconds=15)) == ""
    text = "1 page to people on call should have gone out, the oldest 16 seconds ago. Call them yourself."
    assert said(NOON + timedelta(seconds=16)) == text
