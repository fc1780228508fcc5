"""Who answers ends it in the same transaction; who opens it again begins it anew."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from alerts.models import Page
from alerts.paging.clock import tick
from events.actors import SYSTEM
from oncall.models import EscalationPolicy
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox, states


def test_nobody_is_paged_after_somebody_has_acknowledged(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:02")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=clock.now)
    assert states(incident) == ["acknowledged"]
    clock.to("13:00")


def test_an_answer_in_the_second_in_which_the_next_is_due_spares_them(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:04:59")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=NOON + timedelta(minutes=5))
    clock.to("12:30")


def test_an_answer_just_after_the_page_leaves_it_at_that_one(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:05")
    incident.acknowledge(by=ada.actor, now=clock.now)
    clock.to("12:30")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step")


def test_who_declares_and_acknowledges_at_once_wakes_nobody(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    declare(by=ada.actor).acknowledge(by=ada.actor, now=NOON)
    clock.to("12:30")


def test_a_page_that_was_read_before_the_answer_looks_again(
    all_three: EscalationPolicy, ada: User, declare: Declare, inbox: Inbox
) -> None:
    from alerts.paging.firing import fire

    incident = declare()
    stale = Page.objects.select_related("incident").get()
    incident.acknowledge(by=ada.actor, now=NOON)
    assert fire(stale, NOON) is False
    tick(NOON)


def test_resolving_ends_it_too(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:01")
    inbox.holds("12:00 Ada: step")
    incident.resolve(by=ada.actor, now=clock.now)
    assert states(incident) == ["resolved"]
    clock.to("12:30")


def test_reopened_it_begins_at_the_first_step(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:06")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step")
    incident.acknowledge(by=ada.actor, now=clock.now)
    incident.resolve(by=ada.actor, now=clock.to("12:10"))
    incident.reopen(by=ada.actor, now=clock.to("12:20"))
    clock.to("12:25")
    inbox.holds("12:20 Ada: step", "12:25 Ben: step")
    assert states(incident) == ["resolved", "running"]


def test_who_goes_on_with_it_has_acknowledged_it(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:01")
    inbox.holds("12:00 Ada: step")
    incident.transition("identified", by=ada.actor, now=clock.now)
    assert states(incident) == ["acknowledged"]
    clock.to("12:30")


def test_who_speaks_of_what_was_declared_further_on_ends_it(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare(status="identified")
    clock.to("12:01")
    inbox.holds("12:00 Ada: step")
    incident.post_update(by=ada.actor, message="The fix is on its way.", now=clock.now)
    assert states(incident) == ["stopped"]
    clock.to("12:30")
    incident.acknowledge(by=ada.actor, now=clock.now)
    assert states(incident) == ["acknowledged"]


def test_what_a_machine_or_an_onlooker_says_ends_nothing(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    incident.post_update(by=ada.actor, message="Who has this?", public=False, now=clock.to("12:01"))
    incident.transition("identified", by=SYSTEM, now=clock.to("12:02"))
    clock.to("12:05")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step")


def test_an_acknowledgement_after_the_end_is_looked_after_like_any_other(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:20")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step", "12:10 Cy: step", "12:15 unanswered")
    incident.acknowledge(by=ada.actor, now=clock.now)
    assert states(incident) == ["acknowledged"]


def test_an_incident_that_is_merged_ends_its_pages_and_not_those_of_the_other(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    one, other = declare("One"), declare("Other")
    clock.to("12:01")
    inbox.holds("12:00 Ada: step", "12:00 Ada: step")
    one.merge_into(other, by=ada.actor, now=clock.now)
    assert (states(one), states(other)) == (["resolved"], ["running"])
    clock.to("12:05")
    inbox.holds("12:05 Ben: step")
