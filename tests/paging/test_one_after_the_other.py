"""A page climbs until somebody answers: each step after the delay of the one before, round by round, to the end."""

from __future__ import annotations

from accounts.models import User
from accounts.roles import Role
from events.actors import SYSTEM
from events.models import Event
from notifications.models import Delivery
from notifications.paging.fanout import consume
from oncall.models import EscalationPolicy, Team
from tests.oncall.people import policy, schedule, somebody, weekly
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox, notes, states


def test_the_next_person_is_paged_when_the_delay_is_over(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    clock.to("12:04:59")
    inbox.is_empty()
    clock.to("12:05")
    inbox.holds("12:05 Ben: step")
    clock.to("12:12")
    inbox.holds("12:10 Cy: step")
    assert notes(incident) == [
        "Paged Ada by email (step 1 of 3).",
        "No answer after 5 min; paged Ben by email (step 2 of 3).",
        "No answer after 5 min; paged Cy by email (step 3 of 3).",
    ]


def test_nobody_left_is_said_after_the_last_has_had_their_time(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:14:59")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step", "12:10 Cy: step")
    clock.to("13:00")
    inbox.holds("12:15 unanswered")
    assert states(incident) == ["unanswered"]
    said = "“Web” has come to its end after 3 pages; it pages nobody else."
    assert notes(incident)[-1] == f"No answer after 5 min either. **Nobody answered.** {said}"


def test_all_steps_are_repeated_as_often_as_the_policy_says(
    ada: User, ben: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    policy({"user": str(ada.pk)}, {"user": str(ben.pk)}, repeat=1)
    incident = declare()
    clock.to("13:00")
    rounds = ["12:00 Ada: step", "12:05 Ben: step", "12:10 Ada: step", "12:15 Ben: step"]
    inbox.holds(*rounds, "12:20 unanswered")
    assert notes(incident)[2] == "No answer after 5 min; paged Ada by email (step 1 of 2, round 2)."


def test_a_step_without_people_is_passed_at_once_and_says_why(
    ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    empty = schedule(weekly(restrictions=[{"days": [6], "from": "01:00", "to": "02:00"}]), name="Nights")
    policy({"schedule": str(empty.pk)}, {"user": str(ada.pk)})
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step")
    assert notes(incident) == [
        "Step 1 has nobody: Nobody is on call by Nights. Paged Ada by email (step 2 of 2).",
    ]
    lines = incident.paged.values_list("step", "name", "why")
    assert list(lines) == [(0, "", "Nobody is on call by Nights."), (1, "Ada", "")]
    clock.to("12:05")
    inbox.holds("12:05 unanswered")


def test_whoever_cannot_be_reached_any_more_is_passed_too(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    incident = declare()
    clock.to("12:01")
    inbox.holds("12:00 Ben: step")
    assert notes(incident)[0].startswith("Step 1 has nobody: The account of Ada is deactivated. Paged Ben")


def test_where_no_step_has_anybody_the_admins_are_paged(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    somebody("Zoe", role=Role.ADMIN)
    User.objects.filter(name__in=["Ada", "Ben", "Cy"]).update(email="")
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Zoe: fallback")
    assert notes(incident)[0].endswith("No step has anybody; paged the admins: Zoe by email.")
    clock.to("12:30")
    inbox.holds("12:05 unanswered")


def test_where_not_even_an_admin_can_be_reached_the_timeline_says_so(
    all_three: EscalationPolicy, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    User.objects.update(email="")
    incident = declare()
    clock.to("12:06")
    inbox.holds("12:00 nobody: fallback", "12:05 unanswered")
    assert "Nobody could be paged" in notes(incident)[0]


def test_people_of_one_step_are_paged_together_and_each_once(
    ada: User, ben: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    plan = schedule(weekly(ada))
    targets = [{"schedule": str(plan.pk)}, {"user": str(ada.pk)}, {"user": str(ben.pk)}]
    made = policy({"user": str(ada.pk)})
    made.edit(by=ada.actor, changes={"steps": [{"delay": 5, "targets": targets}]})
    declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada, Ben: step")


def test_each_team_has_a_page_of_its_own(
    all_three: EscalationPolicy, ada: User, ben: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    from oncall.models import Team

    policy({"user": str(ben.pk)}, name="Net", team=Team.add(by=ada.actor, name="Network"), position=1)
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 Ada: step", "12:00 Ben: step")
    assert sorted(incident.pages.values_list("team_name", flat=True)) == ["", "Network"]


def test_nobody_is_paged_for_what_no_policy_covers(ada: User, declare: Declare, clock: Clock, inbox: Inbox) -> None:
    policy({"user": str(ada.pk)}, severity="critical")
    incident = declare()
    clock.to("12:30")
    assert states(incident) == []


def test_a_higher_severity_pages_whom_it_concerns(ada: User, declare: Declare, clock: Clock, inbox: Inbox) -> None:
    policy({"user": str(ada.pk)}, severity="critical")
    incident = declare()
    incident.edit(by=ada.actor, changes={"title": "Worse"}, now=clock.to("12:01"))
    clock.to("12:02")
    inbox.is_empty()
    incident.edit(by=ada.actor, changes={"severity": "critical"}, now=clock.now)
    clock.to("12:03")
    inbox.holds("12:02 Ada: step")


def test_of_one_incident_nobody_is_told_twice_within_a_moment(
    all_three: EscalationPolicy, declare: Declare, ada: User, cy: User, clock: Clock, inbox: Inbox
) -> None:
    team = Team.add(by=SYSTEM, name="Data", now=NOON)
    policy({"user": str(ada.pk)}, {"user": str(cy.pk)}, name="Data", team=team)
    incident = declare()
    clock.to("12:01")
    inbox.holds("12:00 Ada: step", "12:00 Ada: step")
    first, second = Event.objects.filter(kind="ONCALL_PAGED").order_by("id")
    assert (first.data["people"], second.data["people"], second.data["spared"]) == ([str(ada.pk)], [], [str(ada.pk)])
    by, other = first.data["policy"], second.data["policy"]
    assert notes(incident)[1].startswith(f"Paged nobody else (“{other}”, step 1 of ")
    assert notes(incident)[1].endswith(f"). Ada was told a moment ago by “{by}”.")
    assert consume([first]) == 1
    assert consume([second]) == 1
    assert Delivery.objects.filter(person=ada).count() == 1
    assert states(incident) == ["running", "running"]
