"""What the API says of incidents, and how they are found."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from events.actors import Actor
from incidents.models import Incident
from services.models import Service
from services.status import Status
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db
LIST = "/api/v1/incidents"
FIELDS = {"id", "title", "body", "severity", "status", "response", "public", "services", "root_cause", "resolution"}
FIELDS |= {"assignee", "tags", "acknowledged_at", "resolved_at", "created_at", "updated_at", "version"}


def titles(api: APIClient, query: str) -> list[str]:
    answer = api.get(f"{LIST}?{query}")
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


@pytest.fixture
def three(incident: Incident) -> None:
    slow = Incident.declare(by=ANN, title="Slow", severity="low", now=NOON + timedelta(hours=1))
    slow.acknowledge(by=ANN)
    gone = Incident.declare(by=ANN, title="Mail", severity="high", now=NOON + timedelta(hours=2))
    gone.resolve(by=ANN)


def test_an_incident_shows_its_fields_services_and_timeline(api: APIClient, incident: Incident) -> None:
    body: dict[str, Any] = api.get(f"{LIST}/{incident.id}").json()
    assert body.keys() >= FIELDS | {"updates", "notes", "alerts", "metrics"}
    assert body["services"][0] | {"name": "Checkout API", "impact": "major_outage"} == body["services"][0]
    assert [update["message"] for update in body["updates"]] == ["Looking."]
    assert (body["response"], body["alerts"], body["notes"]) == ("open", [], [])
    assert body["metrics"] == {"mtta_seconds": None, "mttr_seconds": None}


def test_notes_stand_in_the_timeline_and_by_themselves(api: APIClient, incident: Incident) -> None:
    incident.post_update(by=ANN, message="Call the bank.", public=False)
    body = api.get(f"{LIST}/{incident.id}").json()
    assert [note["message"] for note in body["notes"]] == ["Call the bank."]
    assert [update["public"] for update in body["updates"]] == [True, False]
    assert api.get(f"{LIST}/{incident.id}/updates/").json()["count"] == 2


def test_metrics_are_counted_from_the_declaration(api: APIClient, incident: Incident) -> None:
    incident.acknowledge(by=ANN, now=NOON + timedelta(minutes=3))
    incident.resolve(by=ANN, now=NOON + timedelta(minutes=90))
    assert api.get(f"{LIST}/{incident.id}/metrics").json() == {"mtta_seconds": 180, "mttr_seconds": 5400}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Mail", "Slow", "Payments fail"]),
        ("status=resolved", ["Mail"]),
        ("severity=low&severity=critical", ["Slow", "Payments fail"]),
        ("response=acknowledged", ["Slow"]),
        ("response=open&response=resolved", ["Mail", "Payments fail"]),
        ("from=2026-03-02T12:30:00Z", ["Mail", "Slow"]),
        ("to=2026-03-02T12:30:00Z", ["Payments fail"]),
        ("to=2026-03-02T12:00:00Z", []),
        ("from=2026-03-02T12:00:00Z&to=2026-03-02T12:00:01Z", ["Payments fail"]),
        ("search=paym", ["Payments fail"]),
        ("ordering=created_at", ["Payments fail", "Slow", "Mail"]),
        ("limit=1&offset=1", ["Slow"]),
    ],
)
def test_the_list_is_filtered_searched_and_ordered(api: APIClient, three: None, query: str, found: list[str]) -> None:
    assert titles(api, query) == found


def test_the_list_is_filtered_by_service(api: APIClient, three: None, checkout: Service) -> None:
    assert titles(api, f"service_id={checkout.id}") == ["Payments fail"]


@pytest.mark.parametrize("query", ["status=done", "from=yesterday", "colour=red", "ordering=password", "limit=-1"])
def test_a_filter_that_makes_no_sense_is_refused(api: APIClient, query: str) -> None:
    answer = api.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.json()["errors"]


def test_the_list_costs_the_same_however_long_it_is(
    api: APIClient, checkout: Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        Incident.declare(by=ANN, title=f"T{number}", severity="low", services={checkout: Status.DEGRADED})
    api.get(LIST)
    # The key, the count, the incidents, what they affect, the services.
    with django_assert_num_queries(5):
        assert api.get(LIST).json()["count"] == 12


def test_nobody_reads_without_a_key(client: Client, incident: Incident) -> None:
    assert client.get(LIST).status_code == 401
    assert client.get(f"{LIST}/{incident.id}").status_code == 401


def test_there_is_no_deleting(api: APIClient, incident: Incident) -> None:
    assert api.delete(f"{LIST}/{incident.id}").status_code == 405
    assert api.put(f"{LIST}/{incident.id}", {}).status_code == 405


def test_an_unknown_incident_is_not_found(api: APIClient) -> None:
    assert api.get(f"{LIST}/{Actor('x').kind * 3}").status_code == 404
    assert api.get(f"{LIST}/00000000-0000-4000-8000-000000000000").status_code == 404
