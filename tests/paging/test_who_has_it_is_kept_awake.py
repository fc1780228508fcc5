"""After the answer: silence is reminded of, a shift that passes is told of once, whoever is given it hears so."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from alerts.paging.clock import tick
from events.actors import SYSTEM
from events.command import command
from tests.oncall.people import policy, schedule, somebody, weekly
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox, notes


def test_silence_is_reminded_of_again_and_again(ada: User, declare: Declare, clock: Clock, inbox: Inbox) -> None:
    policy({"user": str(ada.pk)}, remind_after=30)
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=clock.now)
    clock.to("13:05")
    inbox.holds("12:30 Ada: reminder", "13:00 Ada: reminder")
    assert notes(incident)[-1] == "No word for 30 min; reminded Ada by email."


def test_any_word_of_a_person_begins_the_silence_anew(ada: User, declare: Declare, clock: Clock, inbox: Inbox) -> None:
    policy({"user": str(ada.pk)}, remind_after=30)
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=clock.now)
    incident.post_update(by=ada.actor, message="On it.", public=False, now=clock.to("12:20"))
    incident.post_update(by=SYSTEM, message="Still firing.", public=False, now=clock.to("12:40"))
    clock.to("12:49")
    inbox.is_empty()
    clock.to("12:51")
    inbox.holds("12:50 Ada: reminder")


def test_after_the_end_nobody_is_reminded(ada: User, declare: Declare, clock: Clock, inbox: Inbox) -> None:
    policy({"user": str(ada.pk)}, remind_after=10)
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=clock.now)
    incident.resolve(by=ada.actor, now=clock.to("12:05"))
    clock.to("12:30")


def test_a_policy_that_does_not_remind_does_not(ada: User, declare: Declare, clock: Clock, inbox: Inbox) -> None:
    policy({"user": str(ada.pk)})
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=clock.now)
    clock.to("12:02")
    assert incident.pages.get().next_at is None
    clock.jump("23:00")


def test_the_assignee_is_reminded_before_who_acknowledged(
    ada: User, ben: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    policy({"user": str(ada.pk)}, remind_after=10)
    incident = declare()
    clock.to("12:00")
    incident.acknowledge(by=ada.actor, now=clock.now)
    incident.assign(ben, by=ada.actor, now=clock.now)
    clock.to("12:11")
    inbox.holds("12:00 Ada: step", "12:00 Ben: assigned", "12:10 Ben: reminder")


def test_two_pages_of_one_incident_remind_together(ada: User, declare: Declare, clock: Clock, inbox: Inbox) -> None:
    from oncall.models import Team

    policy({"user": str(ada.pk)}, remind_after=10)
    policy({"user": str(ada.pk)}, name="Net", remind_after=10, team=Team.add(by=SYSTEM, name="Network"))
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step", "12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=clock.now)
    clock.to("12:12")
    inbox.holds("12:10 Ada: reminder")


def test_who_comes_on_call_while_it_is_open_is_told_once(ada: User, ben: User, declare: Declare, inbox: Inbox) -> None:
    # Turns change on Mondays at nine in New York: at 14:00 UTC, and at 13:00 from the 8th of March on.
    plan = schedule(weekly(ada, ben))
    policy({"schedule": str(plan.pk)})
    incident = declare()
    tick(NOON)
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=NOON)
    monday = NOON.replace(day=9, hour=13)
    for minutes in range(-5, 60):
        tick(monday + timedelta(minutes=minutes))
    inbox.holds("13:00 Ben: handover")
    assert notes(incident)[-1] == "The shift has changed; told Ben by email."
    # The week after it is Ada's turn again, who knows of it; and then Ben's, who was told.
    for weeks in (1, 2):
        for minutes in range(3):
            tick(monday + timedelta(weeks=weeks, minutes=minutes))


def test_a_shift_that_passed_while_the_engine_was_away_is_told_of(
    ada: User, ben: User, declare: Declare, inbox: Inbox
) -> None:
    plan = schedule(weekly(ada, ben))
    policy({"schedule": str(plan.pk)})
    incident = declare()
    tick(NOON)
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=NOON)
    tick(NOON.replace(day=9, hour=15))
    inbox.holds("15:00 Ben: handover")


def test_who_takes_over_the_shift_having_it_already_is_not_told(
    ada: User, ben: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    plan = schedule(weekly(ada))
    policy({"schedule": str(plan.pk)})
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ben.actor, now=clock.now)
    clock.to("12:02")
    plan.cover(ben, NOON, NOON + timedelta(hours=1), by=ben.actor, now=clock.now)
    clock.to("12:10")


def test_schedules_of_steps_that_have_not_fired_are_nobody_s_business(
    ada: User, ben: User, cy: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    first, second = schedule(weekly(ada)), schedule(weekly(ben), name="Second")
    policy({"schedule": str(first.pk)}, {"schedule": str(second.pk)})
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    incident.acknowledge(by=ada.actor, now=clock.now)
    second.cover(cy, NOON, NOON + timedelta(hours=1), by=cy.actor, now=clock.to("12:02"))
    clock.to("12:10")


def test_whoever_is_given_it_is_told_and_who_takes_it_is_not(
    ada: User, ben: User, declare: Declare, inbox: Inbox
) -> None:
    incident = declare()
    incident.assign(ada, by=ada.actor, now=NOON)
    inbox.is_empty()
    incident.assign(ben, by=ada.actor, now=NOON)
    inbox.holds("12:00 Ben: assigned")
    assert incident.updates.latest("number").message == "Told Ben by email that it is theirs."
    incident.assign(None, by=ada.actor, now=NOON)
    declare("Another", assignee=ben)
    inbox.holds("12:00 Ben: assigned")


def test_who_cannot_be_told_is_named(ada: User, declare: Declare, inbox: Inbox) -> None:
    incident = declare()
    incident.assign(somebody("Deaf", email=""), by=ada.actor, now=NOON)
    inbox.holds("12:00 nobody: assigned")
    assert incident.updates.latest("number").message.startswith("Nobody was told: Deaf has no way to be reached")


def test_alerts_that_join_what_somebody_has_are_told_to_them_once(
    ada: User, ben: User, declare: Declare, inbox: Inbox
) -> None:
    from alerts.paging.joining import joined

    incident = declare()

    def join() -> None:
        with command(SYSTEM, now=NOON) as tell:
            joined(incident, [], tell)
            tell.nothing()

    join()
    inbox.is_empty()
    incident.acknowledge(by=ada.actor, now=NOON)
    join()
    join()
    inbox.holds("12:00 Ada: joined")
    incident.resolve(by=ada.actor, now=NOON)
    incident.reopen(by=ada.actor, now=NOON + timedelta(minutes=1))
    join()
    inbox.is_empty()
