"""What a service promises, shows and does by itself, in the form and over the API."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains
from rest_framework.test import APIClient

from services.models import Service
from tests.services.conftest import ANN

SAID = {"sla_period": "quarter", "show_latency": True, "auto_incident": "draft", "auto_incident_after": 15}


def stored(service: Service) -> dict[str, object]:
    service.refresh_from_db()
    return {name: getattr(service, name) for name in SAID}


def test_they_are_saved_and_shown_again(operator: Client, service: Service) -> None:
    address = reverse("services:edit", args=[service.pk])
    operator.post(address, {"name": "Checkout API", "public": "on", "version": "1", **SAID})
    assert stored(service) == SAID
    form = operator.get(address).context["form"]
    assert {name: form[name].value() for name in SAID} == SAID


def test_what_is_left_empty_stays(operator: Client, service: Service) -> None:
    service.edit(by=ANN, changes=SAID)
    typed = {"name": "Checkout API", "public": "on", "sla_period": "", "auto_incident": "", "auto_incident_after": ""}
    operator.post(reverse("services:edit", args=[service.pk]), typed)
    assert stored(service) == {**SAID, "show_latency": False}


def test_minutes_that_make_no_sense_are_refused_and_kept(operator: Client, service: Service) -> None:
    typed = {"name": "Checkout API", "public": "on", "auto_incident": "draft", "auto_incident_after": "0"}
    response = operator.post(reverse("services:edit", args=[service.pk]), typed)
    assert "auto_incident_after" in response.context["form"].errors
    assertContains(response, 'value="0"')


def test_the_api_takes_them_and_a_put_sets_them_back(api: APIClient, service: Service) -> None:
    address = f"/api/v1/services/{service.pk}"
    answer = api.patch(address, SAID).json()
    assert {name: answer[name] for name in SAID} == SAID
    api.put(address, {"name": "Checkout API"})
    assert stored(service) == {
        "sla_period": "month",
        "show_latency": False,
        "auto_incident": "off",
        "auto_incident_after": 5,
    }
