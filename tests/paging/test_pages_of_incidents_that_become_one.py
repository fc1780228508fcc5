"""Two incidents become one: whoever was being called in for the one is called in for what goes on."""

from __future__ import annotations

import pytest

from accounts.models import User
from alerts.merging import merge
from oncall.models import EscalationPolicy
from tests.oncall.people import policy
from tests.paging.conftest import Declare
from tests.paging.inbox import Clock, Inbox, states


@pytest.fixture
def for_high(ada: User, ben: User) -> EscalationPolicy:
    return policy({"user": str(ada.pk)}, {"user": str(ben.pk)}, severity="high")


def test_a_page_climbs_on_for_one_that_calls_nobody_by_itself(
    for_high: EscalationPolicy, cy: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    high, low = declare("Payments fail"), declare("Slow", severity="low")
    clock.to("12:02")
    inbox.holds("12:00 Ada: step")
    merge(high, low, by=cy.actor, now=clock.now)
    clock.to("12:06")
    inbox.holds("12:05 Ben: step")
    assert (states(high), states(low)) == ([], ["running"])
    low.acknowledge(by=cy.actor, now=clock.now)
    clock.to("12:30")
    inbox.is_empty()


def test_nobody_is_called_twice_by_one_policy(
    for_high: EscalationPolicy, cy: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    first, second = declare("First"), declare("Second")
    clock.to("12:02")
    inbox.holds("12:00 Ada: step", "12:00 Ada: step")
    merge(first, second, by=cy.actor, now=clock.now)
    clock.to("12:06")
    inbox.holds("12:05 Ben: step")


def test_nobody_is_called_for_one_that_somebody_has(
    for_high: EscalationPolicy, cy: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    high, low = declare("Payments fail"), declare("Slow", severity="low")
    clock.to("12:02")
    inbox.holds("12:00 Ada: step")
    low.acknowledge(by=cy.actor, now=clock.now)
    merge(high, low, by=cy.actor, now=clock.now)
    clock.to("12:30")
    inbox.is_empty()
    assert states(high) == ["resolved"]
