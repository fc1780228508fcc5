"""The page of an incident says who was paged and who is next, and lets people escalate, merge and split."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from accounts.models import User
from accounts.roles import Role
from alerts.paging import clock as pages
from events.actors import SYSTEM
from incidents.models import Incident
from oncall.models import EscalationPolicy, Team
from tests.factories import signed_in
from tests.oncall.people import policy
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def text_of(incident: Incident, client: Client | None = None, minute: float = 1) -> str:
    """Return the words of the page as somebody sees it so many minutes after noon."""
    with travel(NOON + minute * MINUTE, tick=False):
        page = (client or signed_in(Role.OPERATOR)).get(reverse("incidents:detail", args=[incident.pk]))
    assert page.status_code == 200
    words = unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))
    return re.sub(r"\s+([,.)])", r"\1", " ".join(words.split()))


def escalate(incident: Incident, **said: str) -> int:
    """Read whom it would page, and page them."""
    client, path = signed_in(Role.OPERATOR), reverse("alerts:incident-escalate", args=[incident.pk])
    with travel(NOON + MINUTE, tick=False):
        return client.post(path, said | {"read": client.get(path, said).context["read"]}).status_code


def paged(incident: Incident) -> list[str]:
    return list(incident.paged.values_list("name", flat=True))


def test_it_says_who_was_paged_and_who_is_next_when(all_three: EscalationPolicy, declare: Declare) -> None:
    incident = declare()
    pages.tick(NOON)
    text = text_of(incident)
    assert "No answer yet from Ada" in text
    assert "Next: Ben 4 Mar 2026, 12:05 UTC, step 2 of 3." in text
    assert "Escalate to Ben… Ben by email is paged at once (step 2 of 3). A page cannot be taken back." in text
    assert "Page Ben now" in text


def test_nobody_answered_is_loud_until_somebody_does(all_three: EscalationPolicy, declare: Declare, ada: User) -> None:
    incident = declare()
    for minute in (0, 5, 10, 15):
        pages.tick(NOON + minute * MINUTE)
    loud = "Nobody answered. “Web” paged everybody it names, 3 times"
    assert loud in text_of(incident, minute=16)
    assert "Everybody was paged for" in signed_in(Role.VIEWER).get("/console/").content.decode()
    incident.acknowledge(by=ada.actor, now=NOON + 17 * MINUTE)
    assert loud not in text_of(incident, minute=18)
    assert "Everybody was paged for" not in signed_in(Role.VIEWER).get("/console/").content.decode()


def test_of_two_policies_the_page_and_the_timeline_say_which(
    all_three: EscalationPolicy, declare: Declare, ben: User, cy: User
) -> None:
    team = Team.add(by=SYSTEM, name="Data", now=NOON)
    policy({"user": str(cy.pk)}, {"user": str(ben.pk)}, name="Yard", team=team)
    incident = declare()
    for minute in (0, 5, 10):
        pages.tick(NOON + minute * MINUTE)
    text = text_of(incident, minute=11)
    assert "No answer from Ada after 5 min; paged Ben by email (“Web”, step 2 of 3)." in text
    assert "No answer so far. “Yard” paged everybody it names, 2 times, and has come to its end" in text
    assert "“Web” still waits for an answer: acknowledge it, or escalate." in text
    assert "Web: No answer yet from Cy" in text
    assert "Nobody is paged any more" not in text
    incident.acknowledge(by=ben.actor, now=NOON + 12 * MINUTE)
    assert "Answered by Ben" in text_of(incident, minute=13)


def test_escalating_pages_the_next_one_now(all_three: EscalationPolicy, declare: Declare) -> None:
    incident = declare()
    pages.tick(NOON)
    escalate(incident)
    assert paged(incident) == ["Ada", "Ben"]


def test_a_form_sent_twice_escalates_once(all_three: EscalationPolicy, declare: Declare) -> None:
    incident = declare()
    client, path = signed_in(Role.OPERATOR), reverse("alerts:incident-escalate", args=[incident.pk])
    for _ in range(2):
        client.post(path, {"form_token": "once", "read": "Ada by email"})
    assert paged(incident) == ["Ada"]


@pytest.mark.parametrize("read", [{}, {"read": "Ada by email"}])
def test_nobody_is_paged_whom_its_reader_has_not_seen(
    read: dict[str, str], all_three: EscalationPolicy, declare: Declare
) -> None:
    incident = declare()
    pages.tick(NOON)
    path = reverse("alerts:incident-escalate", args=[incident.pk])
    with travel(NOON + MINUTE, tick=False):
        answer = signed_in(Role.OPERATOR).post(path, read)
    assert answer.status_code == 409
    assert "Who comes next has changed since you looked" in answer.content.decode()
    assert 'name="read" value="Ben by email"' in answer.content.decode()
    assert paged(incident) == ["Ada"]


def test_whom_another_policy_would_page_is_said_before_it_begins(cy: User, declare: Declare) -> None:
    policy({"user": str(cy.pk)}, severity="critical")
    incident = declare(severity="low")
    assert "Escalate to Cy… Cy by email is paged at once (step 1 of 1)." in text_of(incident)
    assert escalate(incident) == 302
    assert paged(incident) == ["Cy"]


def test_another_team_can_be_called(all_three: EscalationPolicy, declare: Declare, cy: User) -> None:
    team = Team.add(by=SYSTEM, name="Database", now=NOON)
    policy({"user": str(cy.pk)}, name="Database", team=team, severity="critical")
    incident = declare(severity="low")
    assert "Escalate to a team" in text_of(incident)
    escalate(incident, team=str(team.pk))
    assert paged(incident) == ["Cy"]


@pytest.mark.parametrize("team", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_team_that_is_gone_pages_whoever_is_next(team: str, all_three: EscalationPolicy, declare: Declare) -> None:
    incident = declare()
    escalate(incident, team=team)
    assert paged(incident) == ["Ada"]


def test_where_no_policy_covers_it_the_page_says_so(declare: Declare) -> None:
    incident = declare()
    assert "No page has begun: no escalation policy counts for it." in text_of(incident)
    path = reverse("alerts:incident-escalate", args=[incident.pk])
    page = unescape(signed_in(Role.OPERATOR).post(path, follow=True).content.decode())
    assert "No escalation policy covers this incident." in page


def test_viewers_see_whom_and_call_nobody(all_three: EscalationPolicy, declare: Declare) -> None:
    incident = declare()
    pages.tick(NOON)
    viewer = signed_in(Role.VIEWER)
    text = text_of(incident, viewer)
    assert "Who was paged" in text
    assert "Escalate" not in text
    for name in ("escalate", "merge"):
        assert viewer.post(reverse(f"alerts:incident-{name}", args=[incident.pk])).status_code == 403


def test_it_goes_on_as_another_one(declare: Declare) -> None:
    incident, other = declare(), declare("Orders fail")
    client, path = signed_in(Role.OPERATOR), reverse("alerts:incident-merge", args=[incident.pk])
    assert "Merge into another incident" in text_of(incident)
    for said, sentence in (({}, "Choose the incident that goes on."), ({"into": "nonsense"}, "Choose the incident")):
        assert sentence in client.post(path, said, follow=True).content.decode()
    assert client.post(path, {"into": str(incident.pk)}, follow=True).status_code == 200
    response = client.post(path, {"into": str(other.pk)})
    assert response["Location"] == reverse("incidents:detail", args=[other.pk])
    incident.refresh_from_db()
    assert incident.merged_into_id == other.pk


def test_a_public_one_is_offered_public_ones_alone(declare: Declare) -> None:
    declare("Seen by nobody")
    public = declare("Seen by all", public=True)
    assert "Seen by nobody" not in text_of(public)
    assert "Merge into another incident" not in text_of(public)


def test_nothing_is_said_of_pages_where_there_were_none(declare: Declare, ada: User) -> None:
    incident = declare()
    incident.resolve(by=ada.actor, message="Done.", now=NOON + MINUTE)
    assert "Who was paged" not in text_of(incident, minute=2)
