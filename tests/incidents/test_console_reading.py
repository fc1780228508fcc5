"""The incidents' pages, as somebody who looks at them finds them."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from incidents.models import Incident
from services.models import Service
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db
LIST = "/console/incidents/"


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_open_incidents_stand_before_resolved_ones(console: Client, incident: Incident) -> None:
    done = Incident.declare(by=ANN, title="Mail is late", severity="low", now=NOON + timedelta(days=1))
    done.resolve(by=ANN)
    page = text(console, LIST)
    assert page.index("Payments fail") < page.index("Mail is late")
    assert "2 incidents" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=paym", True),
        ("q=mail", False),
        ("status=open", True),
        ("status=resolved", False),
        ("severity=critical", True),
        ("severity=low", False),
        ("response=open", True),
        ("response=acknowledged", False),
        ("since=2026-03-02&until=2026-03-02", True),
        ("since=2026-03-03", False),
        ("until=2026-03-01", False),
        ("since=9999-12-31", False),
        ("service=nonsense", False),
    ],
)
def test_the_address_says_what_is_shown(console: Client, incident: Incident, query: str, found: bool) -> None:
    page = text(console, f"{LIST}?{query}")
    assert ("Payments fail" in page) is found
    assert ("No incident matches" in page) is not found


def test_a_service_can_be_asked_for(console: Client, incident: Incident, checkout: Service) -> None:
    mail = Service.add(by=ANN, name="Mail")
    assert "Payments fail" in text(console, f"{LIST}?service={checkout.pk}")
    assert "No incident matches" in text(console, f"{LIST}?service={mail.pk}")


def test_an_empty_list_teaches_the_first_step(console: Client) -> None:
    assert "When something is wrong, declare it" in text(console, LIST)


def test_the_list_costs_the_same_however_long_it_is(
    console: Client, checkout: Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        Incident.declare(by=ANN, title=f"T{number}", severity="low", services={checkout: None})
    # Session, person, count, whether there are schedules, what is wrong behind the scenes (3), services to choose from,
    # incidents, what they affect, the services, filters that are saved.
    with django_assert_num_queries(12):
        assert "1 to 25 of 30" in text(console, LIST)


def test_the_page_shows_how_it_stands_and_what_was_said(console: Client, incident: Incident) -> None:
    incident.post_update(by=ANN, message="**Found** it.", status="identified")
    incident.post_update(by=ANN, message="Call the bank.", public=False)
    page = text(console, f"{LIST}{incident.pk}/")
    for part in ("SEV1", "Identified", "Assigned to nobody", "<strong>Found</strong>", "Checkout API", "internal-note"):
        assert part in page
    assert page.index("Call the bank.") < page.index("<strong>Found</strong>") < page.index("Looking.")
    # What is happening comes before the forms, in the clock of who looks.
    assert page.index("Looking.") < page.index("update-heading")
    assert "2 Mar 2026, 13:00 CET</time>" in page


def test_only_legal_moves_are_offered(console: Client, incident: Incident) -> None:
    incident.transition("identified", by=ANN)
    page = text(console, f"{LIST}{incident.pk}/")
    assert 'href="?say=monitoring#update"' in page
    assert "?say=investigating" not in page
    assert "?say=identified" not in page


def test_a_resolved_incident_offers_to_reopen_unless_that_is_switched_off(
    console: Client, incident: Incident, settings: object
) -> None:
    incident.resolve(by=ANN)
    assert "Reopen incident" in text(console, f"{LIST}{incident.pk}/")
    settings.INCIDENT_REOPEN = False  # type: ignore[attr-defined]
    assert "Reopen incident" not in text(console, f"{LIST}{incident.pk}/")


def test_nothing_of_an_internal_incident_is_marked_public(console: Client) -> None:
    secret = Incident.declare(by=ANN, title="Secret", severity="low", body="Hush.", public=False)
    page = text(console, f"{LIST}{secret.pk}/")
    assert 'class="visibility public"' not in page
    assert "nothing of it leaves this console" in page


def test_a_viewer_reads_and_is_offered_nothing(client: Client, viewer: User, incident: Incident) -> None:
    client.force_login(viewer)
    page = text(client, f"{LIST}{incident.pk}/")
    assert "Payments fail" in page
    assert f"{LIST}{incident.pk}/" not in page
    for path in ("declare/", f"{incident.pk}/edit/"):
        assert client.get(f"{LIST}{path}").status_code == 403
    assert client.post(f"{LIST}{incident.pk}/resolve/").status_code == 403


def test_nobody_reads_without_signing_in(client: Client, incident: Incident) -> None:
    for path in ("", "declare/", f"{incident.pk}/", f"{incident.pk}/edit/"):
        assert client.get(f"{LIST}{path}").status_code == 302


def test_nasty_words_do_no_harm(console: Client) -> None:
    nasty = "<script>alert(1)</script>"
    incident = Incident.declare(by=ANN, title=nasty, severity="low", body=nasty, tags=[nasty])
    for path in ("", f"{incident.pk}/", f"{incident.pk}/edit/"):
        assert nasty not in text(console, f"{LIST}{path}")


def test_what_was_last_said_stands_open_however_often_somebody_was_paged(console: Client, incident: Incident) -> None:
    incident.post_update(by=ANN, message="Two of three cards are declined.")
    for number in range(4):
        incident.post_update(by=ANN, message=f"No answer, {number}", public=False)
    page = text(console, f"{LIST}{incident.pk}/")
    assert page.index("Two of three cards are declined.") < page.index("1 earlier entry")
