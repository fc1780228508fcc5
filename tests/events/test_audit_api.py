"""``GET /api/v1/audit``: the log, found again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from events.actors import Actor
from events.command import command
from events.kinds import Kind
from tests.factories import bearer

pytestmark = pytest.mark.django_db
AUDIT = "/api/v1/audit"
ANN, BOB = Actor("user", "1", "Ann"), Actor("key", "2", "deploy script")
SERVICE = "11111111-2222-4333-8444-555555555555"
JANUARY, MARCH = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3))


@pytest.fixture
def reader() -> Client:
    client = Client(headers=bearer("read"))
    with command(ANN, now=JANUARY) as tell:
        tell(Kind.GROUP_CREATED, subject=("group", "7", "Shop"), after={"name": "Shop"})
    with command(BOB, now=MARCH) as tell:
        tell(Kind.SERVICE_CHANGED, subject=("service", SERVICE, "Checkout"), services=[SERVICE], public=True)
    return client


def kinds(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [event["kind"] for event in answer.json()["results"]]


def test_the_newest_comes_first_with_all_its_parts(reader: Client) -> None:
    newest = reader.get(AUDIT, {"limit": 1}).json()["results"][0]
    assert newest["actor"] == {"kind": "key", "id": "2", "name": "deploy script"}
    assert newest["subject"] == {"type": "service", "id": SERVICE, "name": "Checkout"}
    assert (newest["services"], newest["public"], newest["at"]) == ([SERVICE], True, "2026-03-01T00:00:00Z")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "GROUP_CREATED"}, ["GROUP_CREATED"]),
        ({"kind": ["GROUP_CREATED", "SERVICE_CHANGED"]}, ["SERVICE_CHANGED", "GROUP_CREATED"]),
        ({"actor": "1"}, ["GROUP_CREATED"]),
        ({"actor": "ann"}, ["GROUP_CREATED"]),
        ({"actor": "key"}, ["SERVICE_CHANGED"]),
        ({"subject": "7"}, ["GROUP_CREATED"]),
        ({"subject": "service"}, ["SERVICE_CHANGED"]),
        ({"service": SERVICE}, ["SERVICE_CHANGED"]),
        ({"from": "2026-02-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}, ["SERVICE_CHANGED"]),
        ({"to": "2026-01-01T00:00:01Z"}, ["GROUP_CREATED"]),
        ({"to": "2026-01-01T00:00:00Z"}, []),
        ({"from": "2026-01-01", "to": "2026-01-01"}, ["GROUP_CREATED"]),
        ({"from": "2026-01-02", "to": "2026-02-28"}, []),
        ({"search": "check"}, ["SERVICE_CHANGED"]),
    ],
)
def test_it_is_filtered(reader: Client, query: dict[str, Any], expected: list[str]) -> None:
    assert kinds(reader.get(AUDIT, query)) == expected


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "NOTHING"},
        {"from": "soon"},
        {"to": "9999-12-31"},
        {"service": "x"},
        {"limit": "-1"},
        {"colour": "red"},
        {"ordering": "id"},
    ],
)
def test_what_makes_no_sense_is_refused_by_name(reader: Client, query: dict[str, str]) -> None:
    answer = reader.get(AUDIT, query)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(query)


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_nobody_writes_here(verb: str) -> None:
    assert getattr(Client(headers=bearer("admin")), verb)(AUDIT).status_code == 405
