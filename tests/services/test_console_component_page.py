"""A component's own page: how it is, what it depends on and what depends on it, its history."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from services.models import Component, Service
from tests.services.conftest import ANN


def page(component: Component) -> str:
    return reverse("services:component-detail", args=[component.pk])


@pytest.fixture
def network(db: None) -> Component:
    return Component.add(Service.add(by=ANN, name="Data centre"), by=ANN, name="Network")


@pytest.fixture
def proxy(service: Service, network: Component) -> Component:
    return Component.add(service, by=ANN, name="Proxy", description="In front of all", depends_on=network)


def test_the_service_leads_to_it_and_it_leads_back(viewer: Client, proxy: Component) -> None:
    assertContains(viewer.get(reverse("services:detail", args=[proxy.service_id])), page(proxy))
    response = viewer.get(page(proxy))
    assertContains(response, reverse("services:detail", args=[proxy.service_id]))
    assertContains(response, "In front of all")


def test_dependencies_are_shown_both_ways(viewer: Client, network: Component, proxy: Component) -> None:
    assertContains(viewer.get(page(proxy)), page(network))
    assertContains(viewer.get(page(network)), page(proxy))
    assertContains(viewer.get(page(network)), "of Checkout API")


def test_it_says_what_was_set_by_hand_and_keeps_the_history(operator: Client, proxy: Component) -> None:
    proxy.set_status("red", by=ANN, message="Cable cut")
    response = operator.get(page(proxy))
    assertContains(response, "“Cable cut”")
    assert [(change.old, change.new) for change in response.context["changes"]] == [
        ("operational", "major_outage"),
        ("", "operational"),
    ]


def test_a_viewer_is_offered_nothing_to_change(viewer: Client, proxy: Component) -> None:
    response = viewer.get(page(proxy))
    for name in ("component-edit", "component-delete", "component-status"):
        assertNotContains(response, reverse(f"services:{name}", args=[proxy.pk]))


def test_a_dependency_is_chosen_and_taken_back_in_the_form(
    operator: Client, proxy: Component, network: Component
) -> None:
    address = reverse("services:component-edit", args=[proxy.pk])
    assertContains(operator.get(address), "Data centre / Network")
    assertRedirects(operator.post(address, {"name": "Proxy", "depends_on": ""}), page(proxy))
    proxy.refresh_from_db()
    assert proxy.depends_on is None
    operator.post(address, {"name": "Proxy", "depends_on": str(network.pk)})
    proxy.refresh_from_db()
    assert proxy.depends_on == network


def test_a_circle_is_refused_beside_the_field_and_nothing_typed_is_lost(
    operator: Client, network: Component, proxy: Component
) -> None:
    address = reverse("services:component-edit", args=[network.pk])
    response = operator.post(address, {"name": "New name", "depends_on": str(proxy.pk)})
    assert response.context["form"].errors == {
        "depends_on": ["That would be a circle: New name depends on Proxy depends on New name."]
    }
    assertContains(response, 'value="New name"')


def test_a_component_is_not_offered_itself(operator: Client, proxy: Component) -> None:
    assertNotContains(operator.get(reverse("services:component-edit", args=[proxy.pk])), "Checkout API / Proxy")
