"""What is edited while a page runs changes the next page, not this one; people are looked up when their step fires."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from oncall.models import EscalationPolicy
from tests.oncall.people import policy, schedule, somebody, weekly
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox, notes


def test_steps_edited_in_the_middle_are_for_the_next_page(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    declare()
    clock.to("12:01")
    zoe = somebody("Zoe")
    steps = [{"delay": 1, "targets": [{"user": str(zoe.pk)}]}]
    all_three.edit(by=ada.actor, changes={"steps": steps, "repeat": 3}, now=clock.now)
    clock.to("12:20")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step", "12:10 Cy: step", "12:15 unanswered")
    declare("Another", now=clock.now)
    clock.to("12:21")
    inbox.holds("12:20 Zoe: step", "12:21 Zoe: step")


def test_a_policy_that_is_switched_off_or_deleted_lets_its_pages_run_on(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:01")
    all_three.edit(by=ada.actor, changes={"enabled": False}, now=clock.now)
    clock.to("12:06")
    all_three.remove(by=ada.actor, now=clock.now)
    clock.to("12:12")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step", "12:10 Cy: step")
    assert incident.pages.get().policy is None
    assert notes(incident)[-1].endswith("(step 3 of 3).")


def test_who_takes_the_shift_in_the_middle_is_the_one_who_is_paged(
    ada: User, ben: User, cy: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    plan = schedule(weekly(ben))
    policy({"user": str(ada.pk)}, {"schedule": str(plan.pk)})
    declare()
    clock.to("12:02")
    plan.cover(by=cy.actor, user=cy, start=NOON, end=NOON + timedelta(hours=1), now=clock.now)
    clock.to("12:05")
    inbox.holds("12:00 Ada: step", "12:05 Cy: step")


def test_who_is_deactivated_in_the_middle_is_passed(
    all_three: EscalationPolicy, ben: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    declare()
    clock.to("12:01")
    ben.change(by=ben.actor, changes={"is_active": False})
    clock.to("12:05")
    inbox.holds("12:00 Ada: step", "12:05 Cy: step")
