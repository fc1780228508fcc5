"""Something is wrong with policies, schedules or one incident: incidents stand all the same, and people are paged."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from alerts import followers
from alerts.paging import following, joining
from alerts.paging.escalating import escalate
from events.actors import SYSTEM
from events.command import command, join
from incidents.models import Incident
from oncall import who
from oncall.models import Edition, EscalationPolicy
from services.models import Service
from tests.oncall.people import policy, schedule, somebody, weekly
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox, notes, states


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let no policy be read until the patch is undone."""

    def breaks(*_: Any) -> list[EscalationPolicy]:
        raise RuntimeError("this is the fault")

    monkeypatch.setattr(who, "policies_for", breaks)
    return monkeypatch


def test_an_incident_stands_and_its_page_begins_once_the_policies_can_be_read(
    broken: pytest.MonkeyPatch, all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    assert incident.updates.filter(message__contains="could not be found out").exists()
    broken.undo()
    clock.to("12:00")
    clock.to("12:05")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step")
    assert sorted(states(incident)) == ["resolved", "running"]


def test_while_they_cannot_be_read_the_admins_are_paged(
    broken: pytest.MonkeyPatch, all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    somebody("Root", role=Role.ADMIN)
    declare()
    clock.to("12:01")
    inbox.holds("12:00 Root: fallback")
    broken.undo()
    clock.to("12:06")
    inbox.holds("12:05:30 Ada: step")


def test_what_is_owed_for_an_incident_that_no_policy_counts_for_ends_in_silence(
    broken: pytest.MonkeyPatch, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    broken.undo()
    clock.to("12:10")
    inbox.is_empty()
    assert states(incident) == ["resolved"]


def test_what_is_owed_is_not_paged_once_somebody_has_it(
    broken: pytest.MonkeyPatch, all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    incident.acknowledge(by=ada.actor, now=NOON)
    broken.undo()
    clock.to("12:10")
    inbox.is_empty()


def test_an_assignee_who_cannot_be_told_keeps_no_incident_from_being_declared(
    monkeypatch: pytest.MonkeyPatch,
    all_three: EscalationPolicy,
    ada: User,
    declare: Declare,
    clock: Clock,
    inbox: Inbox,
) -> None:
    def breaks(_: User) -> None:
        raise RuntimeError("this is the fault")

    monkeypatch.setattr(following, "one", breaks)
    incident = declare(assignee=ada)
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    assert incident.updates.filter(kind="assigned").count() == 1


def test_alerts_join_an_incident_whose_owner_cannot_be_told(
    monkeypatch: pytest.MonkeyPatch, declare: Declare, inbox: Inbox
) -> None:
    def breaks(_: Incident) -> None:
        raise RuntimeError("this is the fault")

    monkeypatch.setattr(joining, "holder", breaks)
    incident = declare()
    with join(), command(SYSTEM, now=NOON) as tell:
        incident.acknowledge(by=somebody("Ada").actor, now=NOON)
        followers.follow(incident, [], tell)
        tell.nothing()
    incident.refresh_from_db()
    assert incident.acknowledged


def test_hours_in_a_zone_that_is_gone_count_as_always(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    hours = [{"days": [0], "from": "09:00", "to": "17:00"}]
    EscalationPolicy.objects.update(hours=hours, timezone="Atlantis/Capital")
    declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")


def test_a_schedule_that_cannot_be_read_is_passed_like_one_with_nobody(
    ada: User, ben: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    plan = schedule(weekly(ada))
    policy({"schedule": str(plan.pk)}, {"user": str(ben.pk)})
    Edition.objects.update(layers=[{"name": "what an older version wrote"}])
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ben: step")
    assert notes(incident)[0].startswith("Step 1 has nobody: The schedule of the step cannot be read.")


def test_escalating_by_hand_takes_no_policy_whose_only_service_is_gone(
    ada: User, ben: User, checkout: Service, declare: Declare, inbox: Inbox
) -> None:
    search = Service.add(by=SYSTEM, name="Search", now=NOON)
    policy({"user": str(ada.pk)}, name="Search", services=[search], severity="critical")
    search.delete()
    incident = declare()
    with pytest.raises(Exception, match="No escalation policy covers this incident"):
        escalate(incident, by=ben.actor, now=NOON)
