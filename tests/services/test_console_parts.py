"""Statuses by hand, components and groups in the console."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from services.models import Component, Group, Service
from tests.services.conftest import ANN


@pytest.fixture
def component(service: Service) -> Component:
    return Component.add(service, by=ANN, name="Redis")


def address(name: str, thing: Service | Component | Group) -> str:
    return reverse(f"services:{name}", args=[thing.pk])


def test_a_status_is_set_with_a_message_and_taken_back(operator: Client, service: Service) -> None:
    response = operator.post(address("status", service), {"status": "degraded", "message": "Slow since noon"})
    assertRedirects(response, address("detail", service))
    service.refresh_from_db()
    assert (service.status, service.manual_message) == ("degraded", "Slow since noon")
    operator.post(address("status", service), {"status": ""})
    service.refresh_from_db()
    assert (service.status, service.manual_status) == ("operational", None)


def test_a_refused_status_keeps_the_message(operator: Client, service: Service) -> None:
    response = operator.post(address("status", service), {"status": "blue", "message": "Slow since noon"})
    assertContains(response, "Slow since noon")
    assert "status" in response.context["form"].errors


def test_a_component_is_made_edited_and_deleted(operator: Client, service: Service) -> None:
    operator.post(address("component-create", service), {"name": "Redis", "description": "Carts"})
    component = service.components.get()
    operator.post(address("component-edit", component), {"name": "Valkey", "description": "Carts"})
    component.refresh_from_db()
    assert component.name == "Valkey"
    assertContains(operator.get(address("component-delete", component)), "cannot be undone")
    operator.post(address("component-delete", component))
    assert not service.components.exists()


def test_a_taken_name_is_refused_in_the_form(operator: Client, service: Service, component: Component) -> None:
    response = operator.post(address("component-create", service), {"name": "Redis", "description": "Kept text"})
    assertContains(response, "This service has a component of that name already.")
    assertContains(response, "Kept text")


def test_a_component_that_is_down_takes_its_service_along(operator: Client, component: Component) -> None:
    response = operator.post(address("component-status", component), {"status": "major_outage"}, follow=True)
    assertContains(response, "Redis: major outage. Checkout API: major outage.")


def test_components_are_moved(operator: Client, service: Service, component: Component) -> None:
    other = Component.add(service, by=ANN, name="PostgreSQL")
    operator.post(address("component-reorder", other), {"direction": "up"})
    assert list(service.components.values_list("name", flat=True)) == ["PostgreSQL", "Redis"]


def test_groups_are_made_renamed_moved_and_deleted(operator: Client, service: Service) -> None:
    for name in ("Shop", "Tools"):
        operator.post(reverse("services:groups"), {"name": name})
    shop, tools = Group.objects.all()
    operator.post(address("group-edit", shop), {"name": "Store"})
    operator.post(address("group-reorder", tools), {"direction": "up"})
    assert list(Group.objects.values_list("name", flat=True)) == ["Tools", "Store"]
    service.edit(by=ANN, changes={"group": shop})
    assertContains(operator.get(address("group-delete", shop)), "Checkout API")
    operator.post(address("group-delete", shop))
    service.refresh_from_db()
    assert service.group is None


def test_a_taken_group_name_is_refused_in_the_form(operator: Client) -> None:
    Group.add(by=ANN, name="Shop")
    assertContains(operator.post(reverse("services:groups"), {"name": "Shop"}), "Another group has this name.")


def test_moving_by_a_link_changes_nothing(operator: Client, service: Service, component: Component) -> None:
    assert operator.get(address("reorder", service)).status_code == 405
    assert operator.get(address("component-reorder", component)).status_code == 405
