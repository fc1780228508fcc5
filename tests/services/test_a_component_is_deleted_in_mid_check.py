"""Who asked for a check of what is deleted meanwhile learns that it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from events.actors import SYSTEM
from services.models import Component, Heartbeat, Service

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(service: Service) -> Component:
    """Nothing listens there: its check is over at once."""
    part = Component.add(service, by=SYSTEM, name="Website")
    Heartbeat.configure(part, by=SYSTEM, kind="tcp", url="127.0.0.1:9")
    return part


@contextmanager
def when_the_result_is_stored(act: Callable[..., object]) -> Iterator[None]:
    waiting = [act]

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if waiting and "INSERT INTO services_checkresult" in sql:
            waiting.pop()()
        return found

    with connection.execute_wrapper(wrapper):
        yield
    assert not waiting


@pytest.mark.parametrize("gone", ["component", "heartbeat"])
def test_over_the_api(part: Component, api: APIClient, gone: str) -> None:
    act = part.delete if gone == "component" else Heartbeat.objects.get().delete
    with when_the_result_is_stored(act):
        assert api.post(f"/api/v1/components/{part.pk}/check").status_code == 404


@pytest.mark.parametrize("gone", ["component", "heartbeat"])
def test_in_the_console(part: Component, operator: Client, gone: str) -> None:
    act = part.delete if gone == "component" else Heartbeat.objects.get().delete
    with when_the_result_is_stored(act):
        assert operator.post(reverse("services:component-check", args=[part.pk])).status_code == 302
