"""While the checks rest nobody knows how the component is, and that is how the time counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from events.actors import SYSTEM
from events.models import Event
from services.checks import receive
from services.models import Component, Heartbeat, Rule
from services.status import Status
from tests.checks.conftest import START, watch

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def beat(part: Component) -> Heartbeat:
    beat = watch(part)
    Heartbeat.objects.filter(pk=part.pk).update(verdict="degraded", consecutive_failures=1)
    part.measure(Status.DEGRADED, by=SYSTEM, now=START)
    return beat


def test_paused_it_is_never_due_and_unknown_from_then_on(beat: Heartbeat, part: Component) -> None:
    beat.pause(by=SYSTEM, now=START + HOUR)
    part.refresh_from_db()
    assert (beat.next_check_at, beat.enabled, beat.is_paused) == (None, False, True)
    assert (part.unknown, part.rule, part.status, part.status_since) == (True, Rule.NO_DATA, "degraded", START + HOUR)
    assert part.service.rule == Rule.NO_DATA


def test_resumed_it_is_due_at_once_and_unknown_until_it_was_checked(beat: Heartbeat, part: Component) -> None:
    beat.pause(by=SYSTEM, now=START + HOUR)
    beat.resume(by=SYSTEM, now=START + 2 * HOUR)
    part.refresh_from_db()
    assert (beat.next_check_at, beat.is_paused, beat.consecutive_failures) == (START + 2 * HOUR, False, 1)
    assert part.unknown


def test_a_pause_with_an_end_is_over_by_itself(beat: Heartbeat) -> None:
    beat.pause(by=SYSTEM, until=START + 3 * HOUR, now=START + HOUR)
    assert (beat.next_check_at, beat.is_paused) == (START + 3 * HOUR, True)


@pytest.mark.parametrize("until", [START + 400 * DAY, datetime.max.replace(tzinfo=UTC)], ids=["too late", "never"])
def test_a_pause_ends_within_a_year(beat: Heartbeat, until: datetime) -> None:
    with pytest.raises(ValidationError, match="more than a year ahead"):
        beat.pause(by=SYSTEM, until=until, now=START)


def test_the_end_of_a_pause_lies_ahead(beat: Heartbeat) -> None:
    with pytest.raises(ValidationError, match="passed already"):
        beat.pause(by=SYSTEM, until=START + HOUR, now=START + HOUR)


def test_a_check_that_runs_meanwhile_is_not_believed(beat: Heartbeat) -> None:
    lease = "00000000-0000-0000-0000-000000000001"
    Heartbeat.objects.filter(pk=beat.pk).update(lease_token=lease, lease_until=START + 2 * HOUR)
    beat.pause(by=SYSTEM, now=START + HOUR)
    beat.refresh_from_db()
    assert beat.lease_token is None


@pytest.mark.parametrize("until", [None, START + 3 * HOUR], ids=["for good", "for a while"])
@pytest.mark.parametrize("kind", ["http", "push"])
@pytest.mark.parametrize("become", ["http", "push"])
def test_configured_while_paused_it_stays_paused(part: Component, kind: str, become: str, until: datetime) -> None:
    beat = watch(part, kind=kind)
    if kind == "push":
        receive(beat.token, "success", START)
    beat.pause(by=SYSTEM, until=until, now=START + HOUR)
    changed = watch(part, kind=become, interval=300, now=START + 2 * HOUR)
    assert (changed.is_paused, changed.next_check_at) == (True, until)


def test_pausing_and_resuming_twice_is_told_once(beat: Heartbeat) -> None:
    for _ in range(2):
        beat.pause(by=SYSTEM)
    for _ in range(2):
        beat.resume(by=SYSTEM)
    assert list(Event.objects.filter(kind__startswith="HEARTBEAT").order_by("id").values_list("kind", flat=True)) == [
        "HEARTBEAT_CONFIGURED",
        "HEARTBEAT_PAUSED",
        "HEARTBEAT_RESUMED",
    ]


def test_a_new_token_ends_the_old_one(part: Component) -> None:
    beat = watch(part, kind="push")
    old = beat.token
    beat.rotate_token(by=SYSTEM)
    beat.refresh_from_db()
    assert beat.token != old
    assert len(beat.token) >= 43
    assert beat.token not in str(list(Event.objects.values("data", "before", "after")))
