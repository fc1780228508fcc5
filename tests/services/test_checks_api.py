"""Checking now over the API: the real answer of a real server, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rest_framework.test import APIClient

from services.models import CheckResult, Component, Heartbeat, Service
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
    Heartbeat.configure(component, by=ANN, kind="http", url=target.url, down_after=2)
    return component


@pytest.fixture
def address(component: Component) -> str:
    return f"/api/v1/components/{component.id}/check"


def test_it_answers_with_what_came_of_it(api: APIClient, address: str, target: Target) -> None:
    answer = api.post(address)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["ok"], said["code"], said["detail"], said["status"]) == (True, "", "200 OK", "operational")
    assert 0 < said["latency_ms"] < 10_000
    assert said["checked_at"]
    assert target.asked[0]["User-Agent"].startswith("OpStatus-HealthChecker/")


def test_it_goes_red_and_green_and_the_service_follows(
    api: APIClient, address: str, service: Service, target: Target
) -> None:
    target.status = 500
    seen = [api.post(address).json() for _ in range(2)]
    assert [(said["ok"], said["code"], said["status"]) for said in seen] == [
        (False, "unexpected_status", "degraded"),
        (False, "unexpected_status", "major_outage"),
    ]
    assert seen[1]["consecutive_failures"] == 2
    assert api.get(f"/api/v1/services/{service.id}").json()["status"] == "major_outage"
    target.status = 200
    assert api.post(address).json()["status"] == "operational"
    assert api.get(f"/api/v1/services/{service.id}").json()["status"] == "operational"


def test_results_are_listed_newest_first(api: APIClient, address: str, target: Target) -> None:
    api.post(address)
    target.status = 404
    api.post(address)
    listed = api.get(address.replace("/check", "/results")).json()
    assert listed["count"] == 2
    assert [(row["ok"], row["code"]) for row in listed["results"]] == [(False, "unexpected_status"), (True, "")]
    assert set(listed["results"][0]) == {"at", "ok", "latency_ms", "code", "detail"}


def test_one_key_checks_once(api: APIClient, address: str) -> None:
    first = api.post(address, headers={"Idempotency-Key": "check-1"})
    again = api.post(address, headers={"Idempotency-Key": "check-1"})
    assert again.json() == first.json()
    assert again["Idempotent-Replay"] == "true"
    assert CheckResult.objects.count() == 1


def test_without_a_heartbeat_there_is_nothing_to_check(api: APIClient, service: Service) -> None:
    component = Component.add(service, by=ANN, name="Bare")
    assert api.post(f"/api/v1/components/{component.id}/check").status_code == 404


def test_what_waits_for_a_job_cannot_be_asked(api: APIClient, service: Service) -> None:
    component = Component.add(service, by=ANN, name="Backup")
    Heartbeat.configure(component, by=ANN, kind="push")
    answer = api.post(f"/api/v1/components/{component.id}/check")
    assert answer.status_code == 409
    assert "job" in answer.json()["detail"]


def test_everything_is_checked_at_once(api: APIClient, component: Component, service: Service, target: Target) -> None:
    target.status = 500
    Component.add(service, by=ANN, name="Bare")
    waits = Component.add(service, by=ANN, name="Backup")
    Heartbeat.configure(waits, by=ANN, kind="push")
    answer = api.post("/api/v1/health-check")
    assert answer.json() == {
        "message": "1 component checked.",
        "results": {"Checkout API / Website": "degraded"},
    }
