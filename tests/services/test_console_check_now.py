"""“Check now” on a component's page: the real result, said where it was asked for; and the last checks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from services.models import Component, Heartbeat, Service
from tests.services.conftest import ANN
from tests.target import Target, answering

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def target() -> Iterator[Target]:
    with answering() as target:
        yield target


@pytest.fixture
def component(service: Service, target: Target) -> Component:
    component = Component.add(service, by=ANN, name="Website")
    Heartbeat.configure(component, by=ANN, kind="http", url=target.url)
    return component


def check(client: Client, component: Component) -> str:
    address = reverse("services:component-check", args=[component.pk])
    return client.post(address, follow=True).content.decode()


def test_a_success_is_said_with_how_long_it_took(operator: Client, component: Component) -> None:
    page = check(operator, component)
    assert "Website passed the check: 200 OK (" in page
    assert "Status: operational." in page


def test_failures_are_counted_and_said_why(operator: Client, component: Component, target: Target) -> None:
    target.status = 503
    assert "Status: degraded." in check(operator, component)
    check(operator, component)
    page = check(operator, component)
    assert "Website failed the check" in page
    assert "Status: major outage." in page
    assert "503 Service Unavailable" in page
    assert "(3 failures in a row)" in page
    service_page = operator.get(reverse("services:detail", args=[component.service_id]))
    assertContains(service_page, "3 failures in a row")


def test_the_last_checks_are_listed(operator: Client, viewer: Client, component: Component, target: Target) -> None:
    check(operator, component)
    target.status = 404
    check(operator, component)
    results = viewer.get(reverse("services:component-detail", args=[component.pk])).context["results"]
    assert [result.ok for result in results] == [False, True]


def test_the_page_says_when_what_it_depends_on_is_down(operator: Client, component: Component) -> None:
    network = Component.add(component.service, by=ANN, name="Network")
    component.edit(by=ANN, changes={"depends_on": network})
    network.set_status("red", by=ANN)
    page = operator.get(reverse("services:component-detail", args=[component.pk]))
    assertContains(page, "failures here open no incident")
