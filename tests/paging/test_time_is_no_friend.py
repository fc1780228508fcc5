"""The engine is away for an hour, somebody sets the clock, clocks change: nothing twice, nothing skipped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from alerts.models import Page
from alerts.paging.clock import tick
from oncall.models import EscalationPolicy
from services.models import Service
from tests.oncall.people import policy
from tests.paging.conftest import Declare
from tests.paging.inbox import Clock, Inbox, notes


def test_after_an_hour_without_engine_one_step_fires_and_the_delay_counts_from_there(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:01")
    inbox.holds("12:00 Ada: step")
    clock.jump("13:01")
    inbox.holds("13:01 Ben: step")
    clock.to("13:05:59")
    inbox.is_empty()
    clock.to("13:06")
    inbox.holds("13:06 Cy: step")
    assert notes(incident)[1] == "No answer after 1 h 1 min; paged Ben by email (step 2 of 3)."


def test_what_was_declared_while_the_engine_was_away_begins_when_it_is_back(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    declare()
    clock.jump("13:00")
    inbox.holds("13:00 Ada: step")
    clock.to("13:05")
    inbox.holds("13:05 Ben: step")


def test_a_clock_that_is_put_back_an_hour_makes_nobody_wait_an_hour(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    declare()
    clock.to("12:05")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step")
    clock.jump("11:06")
    inbox.is_empty()
    clock.to("11:10:59")
    inbox.is_empty()
    clock.to("11:11")
    inbox.holds("11:11 Cy: step")
    clock.to("12:30")
    inbox.holds("11:16 unanswered")


def test_what_is_due_at_once_is_due_at_once_by_a_clock_put_back_too(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    declare()
    clock.jump("11:00")
    clock.to("11:00:30")
    inbox.holds("11:00 Ada: step")


def test_machines_that_differ_by_seconds_put_nothing_off(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    declare()
    clock.to("12:00:10")
    inbox.holds("12:00 Ada: step")
    clock.jump("12:00:06")
    clock.to("12:05")
    inbox.holds("12:05 Ben: step")


def test_whoever_has_acknowledged_is_looked_after_by_a_clock_put_back(
    ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    policy({"user": str(ada.pk)}, remind_after=30)
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=clock.to("12:01"))
    clock.to("12:02")
    clock.jump("11:00")
    assert Page.objects.get().next_at == clock.now + timedelta(seconds=60)


@pytest.mark.parametrize("changes_on", ["2026-03-29", "2026-10-25"])
def test_delays_are_time_that_passes_and_no_reading_of_a_clock(
    all_three: EscalationPolicy, checkout: Service, declare: Declare, inbox: Inbox, changes_on: str
) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime.fromisoformat(f"{changes_on}T01:58").replace(tzinfo=berlin).astimezone(UTC)
    declare(now=before)
    tick(before)
    tick(before + timedelta(minutes=4, seconds=59))
    inbox.holds(f"{before:%H:%M} Ada: step")
    tick(before + timedelta(minutes=5))
    inbox.holds(f"{before + timedelta(minutes=5):%H:%M} Ben: step")
