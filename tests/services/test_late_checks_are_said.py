"""A worker that is down is noticed where people look: the dashboard and the list of services say how many are late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from services.models import Component, Heartbeat, Service
from tests.services.conftest import ANN

DUE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGES = [reverse("console:dashboard"), reverse("services:list")]


@pytest.fixture
def watched(service: Service) -> list[Heartbeat]:
    parts = [Component.add(service, by=ANN, name=name) for name in ("One", "Two")]
    return [Heartbeat.configure(part, by=ANN, kind="http", url="https://example.com", now=DUE) for part in parts]


@pytest.mark.parametrize("page", PAGES)
def test_it_is_said_how_many(viewer: Client, watched: list[Heartbeat], page: str) -> None:
    with time_machine.travel(DUE + timedelta(seconds=5), tick=False):
        assertNotContains(viewer.get(page), "late-checks")
    with time_machine.travel(DUE + timedelta(minutes=1), tick=False):
        assertContains(viewer.get(page), "2 checks are late.")
        watched[0].switch_off(by=ANN)
        assertContains(viewer.get(page), "1 check is late.")


def test_the_component_says_it_too(viewer: Client, watched: list[Heartbeat]) -> None:
    page = reverse("services:component-detail", args=[watched[0].pk])
    with time_machine.travel(DUE + timedelta(minutes=1), tick=False):
        assertContains(viewer.get(page), "late: is the worker running?")
