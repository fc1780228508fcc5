"""How often a caller may call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from config.redis_cache import CACHE
from tests.factories import bearer
from tests.product import free_port

pytestmark = pytest.mark.django_db
USERS = "/api/v1/users"


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.API_CALLS_PER_MINUTE = {"read": 3, "write": 1}
    with time_machine.travel("2026-03-01T12:00:45Z", tick=False) as traveller:
        yield traveller


def statuses(client: Client, times: int) -> list[int]:
    return [client.get(USERS).status_code for _ in range(times)]


def test_beyond_the_limit_the_answer_is_429_until_the_next_minute(clock: time_machine.Traveller) -> None:
    client = Client(headers=bearer("read"))
    assert statuses(client, 4) == [200, 200, 200, 429]
    answer = client.get(USERS)
    assert (answer["Retry-After"], answer["Content-Type"]) == ("15", "application/problem+json")
    clock.shift(15)
    assert statuses(client, 1) == [200]


def test_callers_do_not_share_a_limit() -> None:
    assert statuses(Client(headers=bearer("read")), 3) == statuses(Client(headers=bearer("read")), 3) == [200] * 3


def test_changing_has_a_limit_of_its_own() -> None:
    client = Client(headers=bearer("write"))
    statuses(client, 3)
    assert [client.post("/api/v1/groups", {"name": name}).status_code for name in "ab"] == [415, 429]


def test_zero_is_no_limit(settings: Settings) -> None:
    settings.API_CALLS_PER_MINUTE = {"read": 0, "write": 0}
    assert statuses(Client(headers=bearer("read")), 20) == [200] * 20


def test_a_redis_that_is_away_lets_everybody_through(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CACHE, "until", 0.0)
    backend, nowhere = "config.redis_cache.PatientRedisCache", f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": nowhere}}
    assert statuses(Client(headers=bearer("read")), 5) == [200] * 5
    assert CACHE.until > 0, "It was asked."


def test_a_disk_that_is_full_lets_everybody_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(cache, "add", full)
    assert statuses(Client(headers=bearer("read")), 5) == [200] * 5
