"""Setting a status over the API, for a service and for a component."""

import pytest
from rest_framework.test import APIClient

from services.models import Component, Service
from tests.services.conftest import ANN


@pytest.fixture
def component(service: Service) -> Component:
    return Component.add(service, by=ANN, name="PostgreSQL")


@pytest.mark.parametrize(("word", "status"), [("red", "major_outage"), ("partial_outage", "partial_outage")])
def test_a_status_or_a_light_is_taken(api: APIClient, service: Service, word: str, status: str) -> None:
    response = api.post(f"/api/v1/services/{service.id}/status", {"status": word, "message": "Down since noon"})
    assert response.status_code == 200
    assert (response.json()["status"], response.json()["manual_message"]) == (status, "Down since noon")


def test_null_goes_back_to_the_derived_status(api: APIClient, service: Service) -> None:
    address = f"/api/v1/services/{service.id}/status"
    api.post(address, {"status": "red"})
    body = api.post(address, {"status": None}).json()
    assert (body["status"], body["manual_status"]) == ("operational", None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "status"),
        ({"status": "blue"}, "status"),
        ({"status": ["red"]}, "status"),
        ({"status": "red", "message": "x" * 5001}, "message"),
        ({"status": "red", "massage": "x"}, "massage"),
    ],
)
def test_what_is_no_status_is_refused(api: APIClient, service: Service, body: dict[str, object], field: str) -> None:
    response = api.post(f"/api/v1/services/{service.id}/status", body)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


def test_a_service_follows_its_component(api: APIClient, service: Service, component: Component) -> None:
    Component.add(service, by=ANN, name="Redis")
    body = api.post(f"/api/v1/components/{component.id}/status", {"status": "red", "message": "Disk full"}).json()
    assert (body["status"], body["light"], body["heartbeat"]) == ("major_outage", "red", None)
    assert api.get(f"/api/v1/services/{service.id}").json()["status"] == "partial_outage"


def test_the_same_key_sets_a_status_once(api: APIClient, service: Service) -> None:
    address = f"/api/v1/services/{service.id}/status"
    first = api.post(address, {"status": "red"}, headers={"Idempotency-Key": "k1"})
    api.post(address, {"status": None})
    again = api.post(address, {"status": "red"}, headers={"Idempotency-Key": "k1"})
    assert again["Idempotent-Replay"] == "true"
    assert again.json() == first.json()
    service.refresh_from_db()
    assert service.status == "operational"
