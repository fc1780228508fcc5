"""A heartbeat over the API: configured, changed in parts, paused, switched off; secrets stay inside."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from services.models import Component, Heartbeat, Service
from services.probes import KINDS
from services.probes.secrets import MASK
from tests.services.conftest import ANN

CONTRACT = {
    *("kind", "url", "interval", "timeout", "method", "expected_status", "keyword", "degraded_after", "down_after"),
    *("recover_after", "enabled", "last_checked_at", "last_latency_ms", "consecutive_failures", "next_check_at"),
}
TARGETS = {"tcp": "db.example.com:5432", "dns": "example.com", "tls": "example.com:443", "smtp": "mail.example.com:25"}
TARGETS |= {"push": "", "internal": "database", "http": "https://example.com"}


@pytest.fixture
def component(service: Service) -> Component:
    return Component.add(service, by=ANN, name="Website")


@pytest.fixture
def address(component: Component) -> str:
    return f"/api/v1/components/{component.id}/heartbeat"


def test_an_address_suffices_and_the_rest_has_its_default(api: APIClient, component: Component, address: str) -> None:
    answer = api.post(address, {"url": "https://example.com/health"})
    assert answer.status_code == 201
    said: dict[str, Any] = answer.json()
    assert set(said) >= CONTRACT
    assert (said["kind"], said["interval"], said["timeout"]) == ("http", 60, 10)
    assert (said["degraded_after"], said["down_after"], said["recover_after"]) == (1, 3, 1)
    assert said["enabled"]
    assert api.get(address).json() == said
    assert api.get(f"/api/v1/components/{component.id}").json()["heartbeat"] == said
    listed = api.get(f"/api/v1/services/{component.service_id}").json()["components"]
    assert listed[0]["heartbeat"]["url"] == "https://example.com/health"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_had_and_shows_its_own_options(api: APIClient, address: str, kind: str) -> None:
    said = api.post(address, {"kind": kind, "url": TARGETS[kind]}).json()
    assert set(said) >= CONTRACT | {option.name for option in KINDS[kind].options}
    others = {option.name for probe in KINDS.values() for option in probe.options}
    assert not set(said) & (others - {option.name for option in KINDS[kind].options} - CONTRACT)
    assert api.post(address, said).status_code == 200


def test_a_second_post_replaces_and_a_patch_changes_what_it_names(api: APIClient, address: str) -> None:
    api.post(address, {"url": "https://example.com", "keyword": "fine", "interval": 30})
    changed = api.patch(address, {"interval": 20, "expected_status": "204"}).json()
    assert (changed["interval"], changed["expected_status"], changed["keyword"]) == (20, "204", "fine")
    replaced = api.post(address, {"url": "https://example.org"})
    assert replaced.status_code == 200
    assert (replaced.json()["interval"], replaced.json()["keyword"]) == (60, "")
    other = api.patch(address, {"kind": "tcp", "url": "db.example.com:5432"}).json()
    assert (other["kind"], other["method"], other["send"]) == ("tcp", None, "")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "gopher://example.com"}, "url"),
        ({}, "url"),
        ({"url": "https://example.com", "method": "BREW"}, "method"),
        ({"url": "https://example.com", "expected_status": "nice"}, "expected_status"),
        ({"url": "https://example.com", "headers": ["a"]}, "headers"),
        ({"url": "https://example.com", "redirects": 99}, "redirects"),
        ({"url": "https://example.com", "interval": 9}, "interval"),
        ({"url": "https://example.com", "interval": 86_401}, "interval"),
        ({"url": "https://example.com", "timeout": 0}, "timeout"),
        ({"url": "https://example.com", "down_after": 0}, "down_after"),
        ({"url": "https://example.com", "colour": "red"}, "colour"),
        ({"kind": "telepathy"}, "kind"),
        ({"kind": "tcp", "url": "db.example.com:5432", "method": "GET"}, "method"),
        ({"url": "https://example.com", "degraded_after": 5}, "non_field_errors"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_by_name(
    api: APIClient, address: str, body: dict[str, object], field: str
) -> None:
    answer = api.post(address, body)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert not Heartbeat.objects.exists()


def test_without_one_every_address_says_so(api: APIClient, component: Component, address: str) -> None:
    answers = [api.get(address), api.patch(address, {}), api.delete(address)]
    answers += [api.post(f"{address}/{verb}") for verb in ("pause", "resume", "rotate")]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert "Website has no heartbeat." in answers[0].json()["detail"]
    assert api.get(f"/api/v1/components/{component.id}").json()["heartbeat"] is None


def test_it_is_switched_off(api: APIClient, address: str) -> None:
    api.post(address, {"url": "https://example.com"})
    assert api.delete(address).status_code == 204
    assert api.get(address).status_code == 404


def test_it_is_paused_and_resumed(api: APIClient, component: Component, address: str) -> None:
    api.post(address, {"url": "https://example.com"})
    assert api.post(f"{address}/pause").json()["enabled"] is False
    assert api.get(f"/api/v1/components/{component.id}").json()["rule"] == "no_data"
    assert api.post(f"{address}/resume").json()["enabled"] is True
    until = (timezone.now() + timedelta(hours=1)).replace(microsecond=0)
    paused = api.post(f"{address}/pause", {"until": until.isoformat()}).json()
    assert paused["paused_until"] == paused["next_check_at"] == until.isoformat().replace("+00:00", "Z")
    past = api.post(f"{address}/pause", {"until": "2001-01-01T00:00:00Z"})
    assert (past.status_code, list(past.json()["errors"])) == (400, ["until"])


def test_enabled_pauses_and_resumes_too(api: APIClient, address: str) -> None:
    assert api.post(address, {"url": "https://example.com", "enabled": False}).json()["next_check_at"] is None
    assert api.patch(address, {"enabled": True}).json()["enabled"] is True


def test_two_editors_are_told_apart_by_version(api: APIClient, address: str) -> None:
    version = api.post(address, {"url": "https://example.com"}).json()["version"]
    assert api.patch(address, {"interval": 20, "version": version}).status_code == 200
    late = api.patch(address, {"interval": 40, "version": version})
    assert late.status_code == 409
    assert late.json()["current"]["interval"] == 20


def test_secrets_are_dots_and_dots_leave_them(api: APIClient, reader: APIClient, address: str) -> None:
    made = api.post(address, {"url": "https://example.com", "headers": "X-Key: hush"}).json()
    assert made["headers"] == reader.get(address).json()["headers"] == MASK
    api.post(address, made)
    assert Heartbeat.objects.get().options["headers"] == "X-Key: hush"
    api.patch(address, {"headers": None})
    assert Heartbeat.objects.get().options["headers"] == ""


def test_the_address_of_a_job_is_for_those_who_may_change_it(
    api: APIClient, reader: APIClient, component: Component, address: str
) -> None:
    url = api.post(address, {"kind": "push"}).json()["ping_url"]
    assert Heartbeat.objects.get().token in url
    assert reader.get(address).json()["ping_url"] is None
    for place in (f"components/{component.id}", f"services/{component.service_id}", "services"):
        assert Heartbeat.objects.get().token not in reader.get(f"/api/v1/{place}").content.decode()
    assert api.post(f"{address}/rotate").json()["ping_url"] != url
