"""From a machine's alert to a person's acknowledgement, and to the figures that tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from time_machine import Traveller

from accounts.models import User
from events.actors import SYSTEM
from notifications.kinds import State
from notifications.models import Delivery
from services.models import Service
from tests.factories import UserFactory
from tests.fanout.conftest import nobody_hears_the_bell
from tests.flows.night import Night, Person, night
from tests.mailserver import MailServer
from tests.sending.conftest import mail_server, mails

__all__ = ["mail_server", "mails", "nobody_hears_the_bell"]

pytestmark = pytest.mark.django_db

PAGE = "SEV1 page: Checkout: 5xx above 20 %"


@pytest.fixture
def the_night(clock: Traveller, db: None, mails: MailServer) -> Iterator[Night]:
    Service.add(by=SYSTEM, name="Checkout", public=True)
    with night(clock, mails) as found:
        yield found


def who(name: str, clock: Traveller) -> Person:
    user: User = UserFactory.create(name=name, username=name.lower(), email=f"{name.lower()}@example.org")
    return Person(user, clock)


@pytest.fixture
def ada(the_night: Night, clock: Traveller) -> Person:
    return who("Ada", clock)


@pytest.fixture
def ben(the_night: Night, clock: Traveller) -> Person:
    return who("Ben", clock)


@pytest.fixture(autouse=True)
def policy(ada: Person, ben: Person) -> dict[str, Any]:
    """Ada's week; who does not answer within five minutes lets Ben be paged, who has five as well."""
    weekly = {"name": "Weekly", "start": "2026-03-02T09:00", "unit": "weeks", "length": 1, "restrictions": []}
    team = ada.post("teams", 201, name="Payments", members=[str(ada.user.pk), str(ben.user.pk)])["id"]
    layers = [{**weekly, "participants": [str(ada.user.pk), str(ben.user.pk)]}]
    # The week that begins on the 9th is Ben's, and Ada has taken it over.
    plan = ada.post("schedules", 201, name="Payments", team=team, timezone="Europe/Berlin", layers=layers)["id"]
    week = {"user": str(ada.user.pk), "start": "2026-03-09T00:00:00Z", "end": "2026-03-16T12:00:00Z"}
    ada.post(f"schedules/{plan}/overrides", 201, **week)
    steps = [
        {"delay": 5, "targets": [{"schedule": plan}]},
        {"delay": 5, "targets": [{"user": str(ben.user.pk)}]},
    ]
    return ada.post("escalation-policies", 201, name="Payments", team=team, steps=steps)


def test_a_person_answers_by_the_link_in_the_mail(the_night: Night, ada: Person) -> None:
    # Ada wants to be woken by another mailbox, and says that it is hers.
    ada.post("contact-ways", 201, kind="email", address="ada.night@example.org", label="Telephone")
    assert the_night.passes() == {"ada.night@example.org": ["Is this yours? Pages from OpStatus"]}
    ada.press(the_night.link_to("ada.night@example.org"))

    # The machine reports, twice: one incident, one page, one mail.
    incident = the_night.reports()["incident"]
    the_night.reports(200)
    assert the_night.passes() == {"ada.night@example.org": [PAGE]}

    # She is at it within three minutes, so Ben sleeps on.
    assert the_night.passes(minutes=3) == {}
    ada.press(the_night.link_to("ada.night@example.org"))
    found = ada.get(f"incidents/{incident}")
    assert (found["response"], found["metrics"]["mtta_seconds"]) == ("acknowledged", 180.0)
    assert the_night.passes(minutes=17) == {}

    # It is over for the machine; whoever has it says so to the others.
    the_night.reports(200, status="resolved")
    assert the_night.passes(minutes=10) == {}
    assert ada.get(f"incidents/{incident}")["status"] != "resolved"
    ada.post(f"incidents/{incident}/resolve", message="The pool was exhausted.")
    assert the_night.passes() == {}

    # What stands in the end.
    metrics = ada.get(f"incidents/{incident}/metrics")
    assert (metrics["mtta_seconds"], metrics["mttr_seconds"]) == (180.0, 1800.0)
    [page] = ada.get(f"incidents/{incident}/pages")["results"]
    assert (page["state"], page["fired"], [line["name"] for line in page["paged"]]) == ("resolved", 1, ["Ada"])
    said = " ".join(entry["message"] for entry in ada.get(f"incidents/{incident}")["updates"])
    assert "Paged Ada by email (step 1 of 2)." in said
    assert set(Delivery.objects.values_list("status", flat=True)) == {State.SENT}
    figures = the_night.figures()
    for line in (
        'opstatus_oncall_notifications_sent_total{channel="email"} 1.0',
        'opstatus_escalations_total{team="Payments"} 1.0',
        'opstatus_alerts_received_total{severity="critical"} 3.0',
        'opstatus_alerts_correlated_total{result="new"} 1.0',
        "opstatus_incident_mtta_seconds_sum 180.0",
        "opstatus_incident_mttr_seconds_sum 1800.0",
    ):
        assert line in figures


def test_who_does_not_answer_lets_the_next_one_be_called(the_night: Night, ada: Person, ben: Person) -> None:
    incident = the_night.reports()["incident"]
    assert the_night.passes(minutes=4) == {"ada@example.org": [PAGE]}
    assert the_night.passes(minutes=1) == {"ben@example.org": [PAGE]}
    ben.press(the_night.link_to("ben@example.org"))
    assert ben.get(f"incidents/{incident}")["metrics"]["mtta_seconds"] == 300.0
    assert the_night.passes(minutes=30) == {}


def test_what_is_over_by_itself_calls_nobody_else_and_ends(the_night: Night, ada: Person) -> None:
    incident = the_night.reports()["incident"]
    assert the_night.passes(minutes=1) == {"ada@example.org": [PAGE]}
    the_night.reports(200, status="resolved")
    assert the_night.passes(minutes=30) == {}
    metrics = ada.get(f"incidents/{incident}/metrics")
    assert metrics["mtta_seconds"] is None
    assert metrics["mttr_seconds"] == pytest.approx(120, abs=1)
    assert ada.get(f"incidents/{incident}")["status"] == "resolved"
