"""The catalogue in the console: by group, filtered by the address, ordered by hand."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from services.models import Group, Service
from tests.services.conftest import ANN

LIST = reverse("services:list")


@pytest.fixture
def group(db: None) -> Group:
    return Group.add(by=ANN, name="Shop")


@pytest.fixture
def services(group: Group) -> list[Service]:
    made = [Service.add(by=ANN, name=name, group=group) for name in ("Alpha", "Beta", "Gamma")]
    made[1].set_status("red", by=ANN)
    return made


def shown(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}?{query}")
    return [service.name for heading in response.context["headings"] for service in heading.services]


def test_an_empty_catalogue_teaches_the_first_step(operator: Client, viewer: Client) -> None:
    assertContains(operator.get(LIST), "No services yet")
    assertContains(operator.get(LIST), reverse("services:create"))
    assertNotContains(viewer.get(LIST), reverse("services:create"))


def test_services_stand_under_their_group_which_shows_the_worst(operator: Client, services: list[Service]) -> None:
    loose = Service.add(by=ANN, name="Loose", public=True)
    headings = operator.get(LIST).context["headings"]
    assert [(str(heading.group), heading.status) for heading in headings] == [
        ("Shop", "major_outage"),
        ("None", "operational"),
    ]
    assert headings[1].services == [loose]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ALPHA", ["Alpha"]),
        ("status=major_outage", ["Beta"]),
        ("status=red", ["Beta"]),
        ("status=green", ["Alpha", "Gamma"]),
        ("group=none", []),
        ("public=yes", []),
        ("public=no&q=a", ["Alpha", "Beta", "Gamma"]),
    ],
)
def test_the_filter_stands_in_the_address(
    operator: Client, services: list[Service], query: str, expected: list[str]
) -> None:
    assert shown(operator, query) == expected


def test_a_filter_that_makes_no_sense_shows_nothing_and_says_so(operator: Client, services: list[Service]) -> None:
    response = operator.get(f"{LIST}?status=blue")
    assert response.status_code == 200
    assert response.context["form"].errors["status"]
    assert shown(operator, "status=blue") == []


def test_a_service_moves_one_place_and_stops_at_the_ends(operator: Client, services: list[Service]) -> None:
    address = reverse("services:reorder", args=[services[2].pk])
    response = operator.post(address, {"direction": "up"})
    assertRedirects(response, f"{LIST}#service-{services[2].pk}", fetch_redirect_response=False)
    assert shown(operator) == ["Alpha", "Gamma", "Beta"]
    operator.post(address, {"direction": "up"})
    operator.post(address, {"direction": "up"})
    assert shown(operator) == ["Gamma", "Alpha", "Beta"]
    operator.post(address, {"direction": "down"})
    assert shown(operator) == ["Alpha", "Gamma", "Beta"]


def test_a_viewer_may_look_and_not_move(viewer: Client, services: list[Service]) -> None:
    assert shown(viewer) == ["Alpha", "Beta", "Gamma"]
    assertNotContains(viewer.get(LIST), "Move Alpha")
    assert viewer.post(reverse("services:reorder", args=[services[0].pk]), {"direction": "down"}).status_code == 403


def test_nobody_gets_in_without_signing_in(services: list[Service]) -> None:
    assert Client().get(LIST).status_code == 302


def test_the_list_takes_a_fixed_number_of_queries(operator: Client, services: list[Service]) -> None:
    operator.get(LIST)
    with CaptureQueriesContext(connection) as before:
        operator.get(LIST)
    for number in range(10):
        Service.add(by=ANN, name=f"More {number}", group=Group.add(by=ANN, name=f"Group {number}"))
    with CaptureQueriesContext(connection) as after:
        operator.get(LIST)
    assert len(after) == len(before)
