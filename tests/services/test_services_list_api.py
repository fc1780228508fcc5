"""The list of services: found by what one knows of them, with a fixed number of queries."""

import pytest
from pytest_django.asserts import assertNumQueries
from rest_framework.test import APIClient

from services.models import Component, Group, Service
from tests.services.conftest import ANN


@pytest.fixture
def group(db: None) -> Group:
    return Group.add(by=ANN, name="Shop")


@pytest.fixture(autouse=True)
def services(group: Group) -> None:
    Service.add(by=ANN, name="Alpha", group=group, public=True, owner="Payments")
    Service.add(by=ANN, name="Beta").set_status("degraded", by=ANN)
    Service.add(by=ANN, name="Gamma", public=True).set_status("red", by=ANN)


def names(api: APIClient, query: str = "") -> list[str]:
    response = api.get(f"/api/v1/services?{query}")
    assert response.status_code == 200, response.content
    return [row["name"] for row in response.json()["results"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Alpha", "Beta", "Gamma"]),
        ("status=degraded", ["Beta"]),
        ("status=red", ["Gamma"]),
        ("status=yellow&status=major_outage", ["Beta", "Gamma"]),
        ("light=green", ["Alpha"]),
        ("public=true", ["Alpha", "Gamma"]),
        ("public=false", ["Beta"]),
        ("group=none", ["Beta", "Gamma"]),
        ("search=payments", ["Alpha"]),
        ("ordering=-name", ["Gamma", "Beta", "Alpha"]),
        ("limit=1&offset=1", ["Beta"]),
    ],
)
def test_services_are_found(reader: APIClient, query: str, expected: list[str]) -> None:
    assert names(reader, query) == expected


def test_services_of_one_group_are_found(reader: APIClient, group: Group) -> None:
    assert names(reader, f"group={group.id}") == ["Alpha"]


@pytest.mark.parametrize(
    "query",
    ["status=blue", "light=pink", "public=maybe", "group=7", "ordering=status_of_mind", "publik=true", "limit=-1"],
)
def test_a_filter_that_makes_no_sense_is_refused(reader: APIClient, query: str) -> None:
    response = reader.get(f"/api/v1/services?{query}")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [query.partition("=")[0]]


def test_the_list_takes_a_fixed_number_of_queries(reader: APIClient, group: Group) -> None:
    reader.get("/api/v1/services")
    with assertNumQueries(4):  # the key, the count, the services, their components
        reader.get("/api/v1/services")
    for number in range(10):
        Component.add(Service.add(by=ANN, name=f"More {number}", group=group), by=ANN, name="Redis")
    with assertNumQueries(4):
        assert len(names(reader)) == 13


def test_a_reader_may_not_change_anything(reader: APIClient) -> None:
    assert reader.post("/api/v1/services", {"name": "Delta"}).status_code == 403
    assert APIClient().get("/api/v1/services").status_code == 401
