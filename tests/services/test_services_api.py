"""Services over the API: what goes in, what comes out, what is refused."""

import pytest
from rest_framework.test import APIClient

from incidents.models import Incident
from services.models import Component, Group, Service
from tests.services.conftest import ANN

FIELDS = {
    *("id", "slug", "name", "description", "url", "owner", "group", "position", "public", "sla_target", "status"),
    *("light", "manual_status", "components", "created_at", "updated_at"),
}


def test_a_new_service_is_private_and_operational(api: APIClient) -> None:
    response = api.post("/api/v1/services", {"name": "Checkout API", "sla_target": 99.95})
    assert response.status_code == 201
    body = response.json()
    assert body.keys() >= FIELDS
    assert (body["slug"], body["public"], body["status"], body["light"]) == (
        "checkout-api",
        False,
        "operational",
        "green",
    )
    assert body["sla_target"] == 99.95
    assert api.get(response["Location"]).json() == body


def test_both_slash_forms_answer(api: APIClient, service: Service) -> None:
    assert api.get("/api/v1/services/").json() == api.get("/api/v1/services").json()
    assert api.get(f"/api/v1/services/{service.id}/").status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "A", "sla_target": 101}, "sla_target"),
        ({"name": "A", "url": "javascript:alert(1)"}, "url"),
        ({"name": "A", "group": "00000000-0000-4000-8000-000000000000"}, "group"),
        ({"name": "A", "slug": "no spaces"}, "slug"),
        ({"name": "A", "position": -1}, "position"),
        ({"name": "A", "position": 10**12}, "position"),
        ({"name": "A", "publik": True}, "publik"),
        ({"name": "Checkout API"}, "name"),
    ],
)
def test_bad_input_is_named_by_field_and_leaves_nothing(
    api: APIClient, service: Service, body: dict[str, object], field: str
) -> None:
    response = api.post("/api/v1/services", body)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]
    assert Service.objects.count() == 1


def test_patch_changes_what_it_names_alone(api: APIClient, service: Service) -> None:
    response = api.patch(f"/api/v1/services/{service.id}", {"owner": "Payments"})
    assert response.status_code == 200
    assert (response.json()["owner"], response.json()["public"]) == ("Payments", True)


def test_put_puts_back_what_it_leaves_out(api: APIClient, service: Service) -> None:
    service.edit(by=ANN, changes={"owner": "Payments", "description": "Takes money."})
    body = api.put(f"/api/v1/services/{service.id}", {"name": "Checkout"}).json()
    assert (body["name"], body["owner"], body["description"], body["public"]) == ("Checkout", "", "", False)
    assert body["slug"] == "checkout-api"


def test_what_was_read_may_be_sent_back(api: APIClient, service: Service) -> None:
    body = api.get(f"/api/v1/services/{service.id}").json()
    assert api.put(f"/api/v1/services/{service.id}", body).status_code == 200


def test_a_change_on_an_old_version_is_refused_with_what_stands(api: APIClient, service: Service) -> None:
    api.patch(f"/api/v1/services/{service.id}", {"owner": "Payments", "version": 1})
    response = api.patch(f"/api/v1/services/{service.id}", {"owner": "Platform", "version": 1})
    assert response.status_code == 409
    assert response.json()["type"].endswith("stale_edit")
    assert response.json()["current"]["owner"] == "Payments"
    service.refresh_from_db()
    assert service.owner == "Payments"


def test_a_service_goes_with_its_parts(api: APIClient, service: Service) -> None:
    Component.add(service, by=ANN, name="Redis")
    assert api.delete(f"/api/v1/services/{service.id}").status_code == 204
    assert not Component.objects.exists()
    assert api.get(f"/api/v1/services/{service.id}").status_code == 404


def test_a_service_stays_while_an_incident_is_open_on_it(api: APIClient, service: Service) -> None:
    Incident.declare(by=ANN, title="Cards fail", severity="high", services={service: None})
    response = api.delete(f"/api/v1/services/{service.id}")
    assert response.status_code == 409
    assert "Cards fail" in response.json()["detail"]
    assert Service.objects.exists()


def test_a_group_can_be_given_and_taken_away(api: APIClient, service: Service) -> None:
    group = Group.add(by=ANN, name="Shop")
    address = f"/api/v1/services/{service.id}"
    assert api.patch(address, {"group": str(group.id)}).json()["group"] == str(group.id)
    assert api.patch(address, {"group": None}).json()["group"] is None
