"""PATCH of an incident: fields, the person and the move, all of it or nothing."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from events.models import Event
from incidents.models import Incident
from services.models import Service
from tests.incidents.conftest import ANN

pytestmark = pytest.mark.django_db


def patch(api: APIClient, incident: Incident, **body: Any) -> Any:
    return api.patch(f"/api/v1/incidents/{incident.id}/", body)


def test_fields_are_changed_and_counted_as_a_version(api: APIClient, incident: Incident) -> None:
    body = patch(api, incident, title="Cards fail", tags=["cards"], severity="low", version=1).json()
    assert (body["title"], body["tags"], body["version"]) == ("Cards fail", ["cards"], 2)
    assert body["services"][0]["impact"] == "degraded"


def test_an_old_version_is_refused_with_the_incident_as_it_is(api: APIClient, incident: Incident) -> None:
    patch(api, incident, title="Cards fail", version=1)
    answer = patch(api, incident, title="All is lost", version=1)
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("stale_edit")
    assert (answer.json()["current"]["title"], answer.json()["current"]["version"]) == ("Cards fail", 2)


def test_a_status_is_a_transition(api: APIClient, incident: Incident) -> None:
    body = patch(api, incident, status="identified", message="Found it.").json()
    assert (body["status"], body["updates"][-1]["message"]) == ("identified", "Found it.")
    assert Event.objects.filter(kind="INCIDENT_STATUS_CHANGED").count() == 1


@pytest.mark.parametrize("status", ["investigating", "identified"])
def test_a_status_that_is_no_way_forward_is_refused(api: APIClient, incident: Incident, status: str) -> None:
    incident.transition("identified", by=ANN)
    assert patch(api, incident, status=status).status_code == 409


def test_a_refused_move_takes_the_edit_with_it(api: APIClient, incident: Incident) -> None:
    incident.resolve(by=ANN)
    assert patch(api, incident, title="Cards fail", status="monitoring").status_code == 409
    incident.refresh_from_db()
    assert (incident.title, incident.version) == ("Payments fail", 1)


def test_it_is_handed_over(api: APIClient, incident: Incident, operator: User) -> None:
    assert patch(api, incident, assignee=str(operator.id)).json()["assignee"] == str(operator.id)
    assert patch(api, incident, assignee=None).json()["assignee"] is None


def test_sending_back_what_was_read_changes_nothing(api: APIClient, incident: Incident) -> None:
    read = api.get(f"/api/v1/incidents/{incident.id}").json()
    answer = patch(api, incident, **read)
    assert (answer.status_code, answer.json()) == (200, read)
    assert not Event.objects.filter(kind="INCIDENT_UPDATED").exists()


def test_the_services_are_replaced(api: APIClient, incident: Incident, checkout: Service) -> None:
    mail = Service.add(by=ANN, name="Mail", public=True)
    body = patch(api, incident, services=[{"id": str(mail.id), "impact": "degraded"}]).json()
    assert [service["name"] for service in body["services"]] == ["Mail"]
    checkout.refresh_from_db()
    assert checkout.status == "operational"


@pytest.mark.parametrize("body", [{"message": "x"}, {"colour": "red"}, {"version": 0}, {"public": "perhaps"}])
def test_what_makes_no_sense_is_refused(api: APIClient, incident: Incident, body: dict[str, Any]) -> None:
    answer = patch(api, incident, **body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(body))
