"""The probes: live asks nobody, ready names the part that fails, and neither waits for what is frozen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from config import health

OK = {"database": "ok", "cache": "ok", "broker": "ok"}


def broken() -> None:
    raise OSError("postgres://root:hunter2@host refused")


@pytest.fixture
def hanging() -> Iterator[Callable[[], None]]:
    over = threading.Event()
    yield lambda: (over.wait(30), None)[1]
    over.set()


@pytest.fixture
def replace(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    return lambda **parts: monkeypatch.setattr(health, "PARTS", {**health.PARTS, **parts})


def test_live_answers_without_asking_anybody(client: Client, replace: Callable[..., None]) -> None:
    replace(database=broken, cache=broken, broker=broken)
    response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db(transaction=True)
def test_ready_says_that_every_part_answers(client: Client) -> None:
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "failing": [], "parts": OK})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", ["database", "cache", "broker"])
def test_ready_names_the_part_that_fails(client: Client, replace: Callable[..., None], part: str) -> None:
    replace(**{part: broken})
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["failing"] == [part]
    assert response.json()["parts"] == {**OK, part: "unreachable"}


@pytest.mark.django_db(transaction=True)
def test_a_frozen_part_is_named_in_time(
    client: Client,
    replace: Callable[..., None],
    hanging: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.5)
    replace(broker=hanging)
    assert client.get("/health/ready").json()["parts"] == {**OK, "broker": "no answer in time"}


@pytest.mark.django_db(transaction=True)
def test_nothing_of_an_error_is_shown(client: Client, replace: Callable[..., None]) -> None:
    replace(database=broken)
    assert "hunter2" not in client.get("/healthz").content.decode()


@pytest.mark.django_db(transaction=True)
def test_healthz_tells_version_and_uptime(client: Client, settings: object) -> None:
    body = client.get("/healthz").json()
    assert body["version"] == settings.VERSION  # type: ignore[attr-defined]
    assert body["uptime_seconds"] >= 0


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/healthz"])
def test_probes_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
