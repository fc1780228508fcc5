"""Components over the API."""

import pytest
from rest_framework.test import APIClient

from services.models import Component, Service
from tests.services.conftest import ANN


@pytest.fixture
def address(service: Service) -> str:
    return f"/api/v1/services/{service.id}/components"


def test_a_component_is_made_under_its_service(api: APIClient, service: Service, address: str) -> None:
    response = api.post(address, {"name": "PostgreSQL", "description": "The orders."})
    assert response.status_code == 201
    assert response.json()["service"] == str(service.id)
    assert [row["name"] for row in api.get(address).json()["results"]] == ["PostgreSQL"]
    assert [row["name"] for row in api.get(f"/api/v1/services/{service.id}").json()["components"]] == ["PostgreSQL"]


@pytest.mark.parametrize("body", [{}, {"name": "Redis"}, {"name": "a\tb"}, {"name": "A", "colour": "red"}])
def test_bad_input_leaves_nothing(api: APIClient, service: Service, address: str, body: dict[str, str]) -> None:
    Component.add(service, by=ANN, name="Redis")
    response = api.post(address, body)
    assert response.status_code == 400
    assert response.json()["errors"]
    assert Component.objects.count() == 1


def test_a_component_is_changed_and_replaced(api: APIClient, service: Service) -> None:
    component = Component.add(service, by=ANN, name="Redis", description="Carts")
    address = f"/api/v1/components/{component.id}"
    assert api.patch(address, {"name": "Valkey"}).json()["description"] == "Carts"
    assert api.put(address, {"name": "Valkey"}).json()["description"] == ""
    assert api.put(address, api.get(address).json()).status_code == 200


def test_a_component_goes(api: APIClient, service: Service) -> None:
    component = Component.add(service, by=ANN, name="Redis")
    component.set_status("red", by=ANN)
    assert api.delete(f"/api/v1/components/{component.id}").status_code == 204
    assert api.get(f"/api/v1/services/{service.id}").json()["status"] == "operational"


def test_components_of_a_missing_service_are_not_found(api: APIClient, db: None) -> None:
    missing = "/api/v1/services/00000000-0000-4000-8000-000000000000/components"
    assert api.get(missing).status_code == 404
    assert api.post(missing, {"name": "Redis"}).status_code == 404


def test_a_dependency_is_said_by_its_id(api: APIClient, service: Service) -> None:
    network = Component.add(service, by=ANN, name="Network")
    address = f"/api/v1/services/{service.id}/components"
    proxy = api.post(address, {"name": "Proxy", "depends_on": str(network.id)}).json()
    assert proxy["depends_on"] == str(network.id)
    refused = api.patch(f"/api/v1/components/{network.id}", {"depends_on": proxy["id"]})
    assert refused.status_code == 400
    assert "circle" in refused.json()["errors"]["depends_on"][0]
    assert api.put(f"/api/v1/components/{proxy['id']}", {"name": "Proxy"}).json()["depends_on"] is None
