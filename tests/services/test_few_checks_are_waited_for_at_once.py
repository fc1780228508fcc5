"""Who asks for many checks at once of targets that hang is refused, so that everybody else is still answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from config.front import THREADS
from events.actors import SYSTEM
from services.models import Component, Heartbeat, Service
from services.probes.awaited import MOST, awaited

pytestmark = pytest.mark.django_db
SENTENCE = "checks that were asked for are under way"


@pytest.fixture
def part(service: Service) -> Component:
    """Nothing listens there: its check is over at once."""
    part = Component.add(service, by=SYSTEM, name="Website")
    Heartbeat.configure(part, by=SYSTEM, kind="tcp", url="127.0.0.1:9")
    return part


@pytest.fixture
def crowd() -> Iterator[ExitStack]:
    """As many wait as may."""
    with ExitStack() as stack:
        for _ in range(MOST):
            stack.enter_context(awaited())
        yield stack


def test_most_threads_are_left_for_everything_else() -> None:
    assert MOST * 2 < THREADS


def test_over_the_api_and_once_there_is_room_it_is_checked(part: Component, api: APIClient, crowd: ExitStack) -> None:
    for address in (f"/api/v1/components/{part.pk}/check", "/api/v1/health-check"):
        answer = api.post(address)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:opstatus:problem:too_many_checks")
    assert Heartbeat.objects.get().lease_until is None
    crowd.close()
    assert api.post(f"/api/v1/components/{part.pk}/check").status_code == 200


def test_in_the_console(part: Component, operator: Client, crowd: ExitStack) -> None:
    answer = operator.post(reverse("services:component-check", args=[part.pk]), follow=True)
    assert SENTENCE in answer.content.decode()


def test_trying_out_what_is_typed(part: Component, operator: Client, crowd: ExitStack) -> None:
    typed = {"url": "127.0.0.1:9", "interval": 60, "timeout": 1, "degraded_after": 1, "down_after": 3}
    address = reverse("services:component-heartbeat", args=[part.pk])
    answer = operator.post(address, {**typed, "recover_after": 1, "try": "1"})
    assert SENTENCE in answer.content.decode()
