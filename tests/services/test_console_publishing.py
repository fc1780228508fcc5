"""Before a service becomes public, its maker sees what will appear, and must agree."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from incidents.models import Incident
from services.models import Component, Service
from tests.services.conftest import ANN


@pytest.fixture
def payroll(db: None) -> Service:
    service = Service.add(by=ANN, name="Payroll", description="Pays people.", owner="Secret team")
    Component.add(service, by=ANN, name="Bank link", description="To the bank")
    Incident.declare(by=ANN, title="Late run", severity="low", services={service: None})
    Incident.declare(by=ANN, title="Hidden theft", severity="low", services={service: None}, public=False)
    return service


@pytest.fixture
def edit(payroll: Service) -> str:
    return reverse("services:edit", args=[payroll.pk])


TYPED = {"name": "Payroll", "description": "Pays everybody.", "slug": "payroll", "version": "1", "public": "on"}


def test_it_shows_what_will_appear_before_it_does(operator: Client, payroll: Service, edit: str) -> None:
    response = operator.post(edit, TYPED)
    assertTemplateUsed(response, "services/publish.html")
    for text in ("Pays everybody.", "Bank link", "To the bank", "Late run", "90 days"):
        assertContains(response, text)
    for text in ("Hidden theft", "Secret team"):
        assertNotContains(response, text)
    payroll.refresh_from_db()
    assert (payroll.public, payroll.description) == (False, "Pays people.")


def test_agreeing_publishes_what_was_typed(operator: Client, payroll: Service, edit: str) -> None:
    typed = dict(operator.post(edit, TYPED).context["typed"])
    assert operator.post(edit, {**typed, "agreed": "yes"}).status_code == 302
    payroll.refresh_from_db()
    assert (payroll.public, payroll.description) == (True, "Pays everybody.")


def test_going_back_keeps_what_was_typed(operator: Client, payroll: Service, edit: str) -> None:
    typed = dict(operator.post(edit, TYPED).context["typed"])
    response = operator.post(edit, {**typed, "back": "yes"})
    assertTemplateUsed(response, "services/form.html")
    assert response.context["form"]["description"].value() == "Pays everybody."
    payroll.refresh_from_db()
    assert not payroll.public


def test_a_new_public_service_is_asked_about_too(operator: Client) -> None:
    address = reverse("services:create")
    response = operator.post(address, {"name": "Shop", "public": "on"})
    assertTemplateUsed(response, "services/publish.html")
    assert not Service.objects.exists()
    operator.post(address, {**dict(response.context["typed"]), "agreed": "yes"})
    assert Service.objects.get().public


def test_a_service_that_is_public_is_not_asked_about_again(operator: Client, service: Service) -> None:
    address = reverse("services:edit", args=[service.pk])
    assert operator.post(address, {"name": "Checkout", "public": "on", "version": "1"}).status_code == 302
