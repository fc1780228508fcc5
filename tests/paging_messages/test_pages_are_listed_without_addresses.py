"""Deliveries say of a page whom it called, never at which address; the figures count what was taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from incidents.models import Incident
from notifications.kinds import Lane, State
from notifications.metrics import ended, pages_sent
from notifications.models import Delivery
from notifications.pruning import prune
from tests.factories import bearer, signed_in
from tests.mailserver import MailServer
from tests.paging_messages.people import call, incident, person, running, way
from tests.sending.conftest import START, Engine, reader, send

pytestmark = pytest.mark.django_db

NIGHT = "ada.night@example.org"


@pytest.fixture
def page(db: None) -> Delivery:
    """A page to Ada by her telephone."""
    ada, about = person("Ada"), incident()
    way(ada, "email", NIGHT, label="Ada's telephone")
    call(about, ada, page=running(about))
    return Delivery.objects.get()


def test_the_console_names_person_and_way(page: Delivery) -> None:
    console = signed_in(Role.OPERATOR)
    for there in (reverse("deliveries:list"), reverse("deliveries:detail", args=[page.pk])):
        html = console.get(there).content.decode()
        assert "Ada" in html
        assert NIGHT not in html
    assert "by email (Ada&#x27;s telephone)" in html
    assert "Somebody is called in" in html
    assert "(a link for the recipient alone)" in html
    assert "/oncall/ack/" not in html


def test_so_does_the_api(page: Delivery) -> None:
    [found] = Client().get("/api/v1/notifications", headers=bearer("read", "write")).json()["results"]
    assert (found["recipient"], found["person"]) == ("Ada by email", str(page.person_id))
    assert (found["purpose"], found["channel"]) == ("page", "email")
    assert NIGHT not in str(found)


@pytest.mark.parametrize(("query", "count"), [("purpose=page", 1), ("purpose=event", 0), ("q=ADA", 1), ("q=ben", 0)])
def test_pages_are_found_by_whom_they_called(query: str, count: int, page: Delivery) -> None:
    html = signed_in(Role.OPERATOR).get(f"{reverse('deliveries:list')}?{query}").content.decode()
    assert html.count("SEV2 page: Checkout fails") == count


def test_scripts_ask_for_those_of_one_person(page: Delivery) -> None:
    send(reader("ann@example.org"))
    found = Client().get(f"/api/v1/notifications?person={page.person_id}", headers=bearer("read", "write")).json()
    assert [row["id"] for row in found["results"]] == [str(page.pk)]


def test_what_was_taken_is_counted_also_when_it_is_forgotten(page: Delivery, engine: Engine, mails: MailServer) -> None:
    send(reader("ann@example.org"))
    assert pages_sent() == {}
    engine.run()
    assert (pages_sent(), ended()) == ({"email": 1}, {("email", "SENT"): 2})
    Delivery.objects.update(created_at=START)
    prune(START + timedelta(days=91))
    assert not Delivery.objects.exists()
    assert (pages_sent(), ended()) == ({"email": 1}, {("email", "SENT"): 2})


def test_metrics_name_the_figure(page: Delivery, engine: Engine, mails: MailServer) -> None:
    engine.run()
    text = Client().get("/metrics", headers=bearer("read")).content.decode()
    assert 'opstatus_oncall_notifications_sent_total{channel="email"} 1.0' in text


def test_what_failed_is_sent_again_by_the_button_unless_somebody_has_it_by_then(
    page: Delivery, engine: Engine, mails: MailServer
) -> None:
    Delivery.objects.update(status=State.FAILED, next_attempt_at=None)
    signed_in(Role.OPERATOR).post(reverse("deliveries:retry", args=[page.pk]))
    page.refresh_from_db()
    assert (page.status, page.lane) == (State.PENDING, Lane.PAGE)
    Incident.objects.get().acknowledge(by=page.person.actor, now=START)  # type: ignore[union-attr]
    Delivery.objects.update(next_attempt_at=START)
    engine.run()
    page.refresh_from_db()
    assert (page.status, page.error_code) == (State.DROPPED, "acknowledged")
