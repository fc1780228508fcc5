"""Somebody wants people now: the next step at once, in maintenance, outside of hours, or though it is acknowledged."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from alerts.paging.escalating import NotEscalated, escalate
from events.models import Event
from oncall.models import EscalationPolicy, Team
from services.models import Service
from tests.factories import bearer
from tests.oncall.people import policy
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox, states
from tests.paging.test_maintenance_holds_a_page import shelter


def test_the_next_step_fires_at_once_and_its_delay_counts_from_there(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:01")
    escalate(incident, by=ada.actor, now=clock.now)
    clock.to("12:05:59")
    inbox.holds("12:00 Ada: step", "12:01 Ben: by_hand")
    clock.to("12:06")
    inbox.holds("12:06 Cy: step")
    note = incident.updates.get(author_kind="user")
    assert (note.author, note.message) == ("Ada", "Escalated: paged Ben by email (step 2 of 3).")


def test_without_a_page_one_begins_with_the_first_step(
    ada: User, ben: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    policy({"user": str(ben.pk)}, severity="critical")
    escalate(incident, by=ada.actor, now=clock.to("12:01"))
    inbox.holds("12:01 Ben: by_hand")
    assert states(incident) == ["running"]
    clock.to("12:05:30")
    incident.acknowledge(by=ada.actor, now=clock.now)


def test_who_has_it_calls_in_the_next_and_it_stays_acknowledged(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:01")
    incident.acknowledge(by=ada.actor, now=clock.now)
    escalate(incident, by=ada.actor, now=clock.to("12:02"))
    inbox.holds("12:00 Ada: step", "12:02 Ben: by_hand")
    assert Event.objects.filter(kind="ONCALL_PAGED").latest("id").data["acknowledged"] is True
    assert states(incident) == ["acknowledged"]
    clock.to("12:30")
    escalate(incident, by=ada.actor, now=clock.now)
    inbox.holds("12:30 Cy: by_hand")


def test_one_that_nobody_answered_begins_anew(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:20")
    inbox.holds("12:00 Ada: step", "12:05 Ben: step", "12:10 Cy: step", "12:15 unanswered")
    escalate(incident, by=ada.actor, now=clock.now)
    clock.to("12:25")
    inbox.holds("12:20 Ada: by_hand", "12:25 Ben: step")


def test_maintenance_does_not_stop_somebody_who_asks(
    all_three: EscalationPolicy, ada: User, checkout: Service, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    shelter(checkout, on=True)
    incident = declare()
    clock.to("12:00")
    inbox.holds("12:00 held")
    escalate(incident, by=ada.actor, now=clock.now)
    inbox.holds("12:00 Ada: by_hand")


def test_a_team_is_called_by_its_own_policy_whatever_that_covers(
    all_three: EscalationPolicy, ada: User, ben: User, declare: Declare, clock: Clock, inbox: Inbox
) -> None:
    network = Team.add(by=ada.actor, name="Network")
    other = Service.add(by=ada.actor, name="Router")
    policy({"user": str(ben.pk)}, name="Net", team=network, severity="critical", services=[other])
    incident = declare()
    clock.to("12:00")
    pages = escalate(incident, by=ada.actor, team=network, now=NOON)
    inbox.holds("12:00 Ada: step", "12:00 Ben: by_hand")
    assert [page.team_name for page in pages] == ["Network"]


def test_what_cannot_be_escalated_says_why(ada: User, declare: Declare, inbox: Inbox) -> None:
    incident = declare()
    with pytest.raises(NotEscalated, match="No escalation policy covers this incident"):
        escalate(incident, by=ada.actor, now=NOON)
    with pytest.raises(NotEscalated, match="Network has no escalation policy"):
        escalate(incident, by=ada.actor, team=Team.add(by=ada.actor, name="Network"), now=NOON)
    incident.resolve(by=ada.actor, now=NOON)
    with pytest.raises(NotEscalated, match="is resolved"):
        escalate(incident, by=ada.actor, now=NOON)


def test_the_api_escalates_and_shows_whom_it_paged(
    all_three: EscalationPolicy, ada: User, declare: Declare, clock: Clock
) -> None:
    api = APIClient(headers=bearer("read", "write"))
    incident = declare()
    clock.to("12:00")
    answer = api.post("/api/v1/escalate", {"incident": str(incident.pk)}, format="json")
    assert answer.status_code == 200, answer.content
    (page,) = api.get(f"/api/v1/incidents/{incident.pk}/pages").json()["results"]
    assert answer.json() == [page]
    assert (page["state"], page["step"], page["steps"], page["fired"], page["name"]) == ("running", 3, 3, 2, "Web")
    told = [(line["step"], line["round"], line["name"], line["reason"]) for line in page["paged"]]
    assert told == [(1, 1, "Ada", "step"), (2, 1, "Ben", "by_hand")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"incident": "x"}, 400),
        ({"incident": "00000000-0000-4000-8000-000000000000"}, 400),
        ({"incident": None}, 400),
        ({"incident": "it", "team": "00000000-0000-4000-8000-000000000000"}, 400),
        ({"incident": "it", "whom": "all"}, 400),
        ({"incident": "it"}, 409),
    ],
)
def test_the_api_refuses_what_makes_no_sense(
    declare: Declare, inbox: Inbox, body: dict[str, object], status: int
) -> None:
    incident = declare()
    sent = {**body, "incident": str(incident.pk)} if body.get("incident") == "it" else body
    answer = APIClient(headers=bearer("write")).post("/api/v1/escalate", sent, format="json")
    assert answer.status_code == status, answer.content


def test_pages_of_an_incident_that_is_not_there_are_not_found(db: None) -> None:
    address = "/api/v1/incidents/00000000-0000-4000-8000-000000000000/pages"
    assert APIClient(headers=bearer("read")).get(address).status_code == 404
