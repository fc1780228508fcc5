"""A job's page tells its calls from the silence that was noticed."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from services.models import Component, Heartbeat, Service
from tests.services.conftest import ANN


def job(service: Service, code: str) -> Component:
    part, now = Component.add(service, by=ANN, name="Backup"), timezone.now()
    Heartbeat.objects.create(
        component=part, kind="push", last_code=code, last_checked_at=now, last_ok_at=now - timedelta(hours=3)
    )
    return part


def test_silence_is_no_call(operator: Client, service: Service) -> None:
    part = job(service, "late")
    for page in ("component-detail", part.pk), ("detail", service.pk):
        response = operator.get(reverse(f"services:{page[0]}", args=[page[1]]))
        assertContains(response, "Silence noticed")
        assertNotContains(response, "Last call<")
        assertNotContains(response, "Called ")


def test_a_call_is_one_and_the_last_good_one_stands_beside(operator: Client, service: Service) -> None:
    response = operator.get(reverse("services:component-detail", args=[job(service, "reported_failure").pk]))
    assertContains(response, "Last call<")
    assertContains(response, "Last good call")
    assertContains(response, f'<time datetime="{Heartbeat.objects.get().last_ok_at:%Y-%m-%dT%H:%M:%SZ}"')
