"""What each wire address answers, to the letter."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from alerts import receiving
from alerts.models import Alert, Integration, RawSignal
from alerts.wire import alertmanager_api
from events.actors import SYSTEM
from incidents.models import Incident
from tests.alerts.payloads import payload
from tests.factories import make_key

pytestmark = pytest.mark.django_db
WEBHOOK = "/api/v1/alerts/alertmanager"
V2 = "/api/v2/alerts"
ENQUEUE = "/v2/enqueue"


@pytest.fixture
def key() -> str:
    return Integration.add(by=SYSTEM, name="Prometheus")[1]


@pytest.fixture
def machine(key: str) -> Client:
    """Return a sender as strict as they come: no cookies, and nothing but JSON."""
    return Client(headers={"Authorization": f"Bearer {key}"}, enforce_csrf_checks=True)


def send(client: Client, path: str, body: Any, **more: Any) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json", **more)


def soon(**alert: Any) -> dict[str, Any]:
    ends = (timezone.now() + timedelta(minutes=4)).isoformat()
    return {"labels": {"alertname": "A", "severity": "page"}, "endsAt": ends} | alert


@pytest.mark.parametrize("path", [WEBHOOK, f"{WEBHOOK}/"])
def test_a_webhook_is_kept(machine: Client, path: str) -> None:
    answer = send(machine, path, payload("alertmanager_firing"))
    assert (answer.status_code, answer.json()) == (200, {"new": 1, "resolved": 1})
    assert Incident.objects.get().title == "Checkout answers with errors"


def test_a_webhook_with_one_bad_alert_keeps_the_others(machine: Client) -> None:
    said = payload("alertmanager_firing")
    said["alerts"].append({"status": "broken"})
    said["alerts"].append(None)
    assert send(machine, WEBHOOK, said).json() == {"new": 1, "resolved": 1, "rejected": 2}
    assert RawSignal.objects.filter(result="rejected").count() == 2


def test_a_webhook_that_is_none_is_a_problem(machine: Client) -> None:
    answer = send(machine, WEBHOOK, [])
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert machine.post(WEBHOOK, "{", content_type="application/json").status_code == 400
    assert machine.get(WEBHOOK).status_code == 405


def test_a_batch_of_prometheus_is_answered_with_nothing(machine: Client) -> None:
    answer = send(machine, V2, [soon()])
    assert (answer.status_code, answer.content) == (200, b"")
    assert Alert.objects.get().severity == "high"
    assert send(machine, V2, []).status_code == 200


def test_a_lease_that_has_come_is_a_resolve(machine: Client) -> None:
    send(machine, V2, [soon()])
    send(machine, V2, [soon(endsAt=timezone.now().isoformat())])
    assert Alert.objects.get().status == "resolved"


def test_the_good_alerts_of_a_bad_batch_are_kept(machine: Client) -> None:
    answer = send(machine, V2, [soon(), {"labels": {}}])
    assert (answer.status_code, answer.json()) == (400, "at least one label pair required")
    answer = send(machine, V2, [soon(labels={"alertname": "B"}), {}])
    assert (answer.status_code, answer.json()) == (422, {"code": 602, "message": "labels in body is required"})
    assert Alert.objects.count() == 2


def test_what_is_no_batch_is_refused(machine: Client) -> None:
    answer = send(machine, V2, {})
    assert (answer.status_code, answer.json()) == (400, "The body must be an array of alerts.")
    assert machine.post(V2, "[]", content_type="text/plain").status_code == 415
    assert machine.put(V2).status_code == 405


def test_no_address_redirects(machine: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^api/v2/(alerts|status|receivers)$", r"^v2/enqueue/?$", r"^-/ready$"]
    for path in (V2, "/api/v2/status", "/api/v2/receivers", "/-/ready"):
        assert machine.get(path).status_code == 200
    for path in (ENQUEUE, f"{ENQUEUE}/"):
        assert send(machine, path, {}).status_code == 400


def test_amtool_finds_its_way(machine: Client) -> None:
    said = machine.get("/api/v2/status").json()
    assert said["cluster"] == {"status": "disabled", "peers": []}
    assert {"versionInfo", "config", "uptime"} < set(said)
    assert machine.get("/api/v2/receivers").json() == [{"name": "Prometheus"}]
    send(machine, V2, [soon(), soon(labels={"alertname": "B"})])
    assert {alert["labels"]["alertname"] for alert in machine.get(V2).json()} == {"A", "B"}
    (found,) = machine.get(V2, {"filter": 'alertname="A"', "active": "true"}).json()
    assert found["status"] == {"state": "active", "silencedBy": [], "inhibitedBy": []}
    assert machine.get(V2, {"active": "false"}).json() == []
    assert machine.get(V2, {"filter": "alertname!=A"}).json()[0]["labels"]["alertname"] == "B"
    assert machine.get(V2, {"filter": "alertname=~(a+)+"}).status_code == 400


def test_a_filter_is_asked_of_all_that_is_open(machine: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alertmanager_api, "MOST", 1)
    send(machine, V2, [soon(), soon(labels={"alertname": "B"})])
    for name in ("A", "B"):
        (found,) = machine.get(V2, {"filter": f"alertname={name}"}).json()
        assert found["labels"]["alertname"] == name


def test_one_integration_sees_nothing_of_another(machine: Client) -> None:
    send(machine, V2, [soon()])
    other = Integration.add(by=SYSTEM, name="Other")[1]
    assert Client(headers={"Authorization": f"Bearer {other}"}).get(V2).json() == []


def test_the_key_may_be_the_password_of_basic(key: str) -> None:
    text = base64.b64encode(f"prometheus:{key}".encode()).decode()
    assert send(Client(headers={"Authorization": f"Basic {text}"}), V2, [soon()]).status_code == 200
    assert send(Client(headers={"Authorization": "Basic %%%"}), V2, [soon()]).status_code == 401


@pytest.mark.parametrize("path", [WEBHOOK, V2])
def test_without_a_key_for_alerts_nobody_reports(client: Client, path: str) -> None:
    assert send(client, path, []).status_code == 401
    wrong = Client(headers={"Authorization": f"Bearer {'0' * 32}"})
    assert send(wrong, path, []).status_code == 401
    reader = Client(headers={"Authorization": f"Bearer {make_key('read')[1]}"})
    assert send(reader, path, []).status_code == 403


def test_a_key_made_alone_gets_an_integration_at_its_first_use() -> None:
    client = Client(headers={"Authorization": f"Bearer {make_key('alerts', name='cron')[1]}"})
    for _ in range(2):
        assert send(client, V2, [soon()]).status_code == 200
    assert Integration.objects.get().name == "cron"
    assert Alert.objects.get().count == 2


def test_a_body_may_have_four_megabytes(machine: Client) -> None:
    filler = "x" * (3 * 1024 * 1024)
    assert send(machine, V2, [soon(annotations={"filler": filler})]).status_code == 200
    assert send(machine, V2, [soon(annotations={"filler": filler * 2})]).status_code == 413
    assert send(machine, ENQUEUE, {"filler": filler}).status_code == 413


@pytest.mark.parametrize("path", ["/api/v1/alerts", WEBHOOK, V2, ENQUEUE])
def test_a_body_that_is_compressed_is_told_to_come_as_it_is(machine: Client, path: str) -> None:
    packed = gzip.compress(b"[" + b" " * 5_000_000 + b"]")
    answer = machine.post(path, packed, content_type="application/json", headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, b"without Content-Encoding" in answer.content) == (415, True)
    as_it_is = machine.post(path, b"{", content_type="application/json", headers={"Content-Encoding": "Identity"})
    assert as_it_is.status_code == 400


def event(key: str, name: str = "pagerduty_client", **change: Any) -> dict[str, Any]:
    return {**payload(name), "routing_key": key, **change}


def test_an_event_from_trigger_to_resolve(client: Client, key: str) -> None:
    answer = send(client, ENQUEUE, event(key))
    said = {"status": "success", "message": "Event processed", "dedup_key": "srv01/disk"}
    assert (answer.status_code, answer.json()) == (202, said)
    send(client, ENQUEUE, event(key))
    assert Alert.objects.get().count == 2
    send(client, ENQUEUE, event(key, event_action="acknowledge"))
    assert Incident.objects.get().acknowledged
    assert send(client, f"{ENQUEUE}/", event(key, "pagerduty_resolve")).status_code == 202
    assert Alert.objects.get().status == "resolved"
    again = event(key)
    again["payload"].pop("timestamp")
    send(client, ENQUEUE, again)
    assert sorted(Alert.objects.values_list("status", flat=True)) == ["firing", "resolved"]


@pytest.mark.parametrize("action", ["acknowledge", "resolve"])
def test_an_event_about_nothing_open_is_accepted_and_does_nothing(client: Client, key: str, action: str) -> None:
    answer = send(client, ENQUEUE, event(key, "pagerduty_resolve", event_action=action))
    assert (answer.status_code, answer.json()["dedup_key"]) == (202, "srv01/disk")
    assert Alert.objects.count() == 0


def test_a_trigger_without_a_key_of_its_own_is_given_one(client: Client, key: str) -> None:
    made = send(client, ENQUEUE, event(key, dedup_key=None)).json()["dedup_key"]
    assert Alert.objects.get().fingerprint == made


def test_an_invalid_event_says_so_in_the_words_of_the_format(client: Client, key: str) -> None:
    answer = send(client, ENQUEUE, event(key, event_action="shout"))
    assert answer.status_code == 400
    assert answer.json()["status"] == "invalid event"
    assert answer.json()["message"] == "Event object is invalid"
    assert answer.json()["errors"] == ["'event_action' must be one of trigger, acknowledge, resolve"]
    assert key not in json.dumps(RawSignal.objects.get().raw)
    broken = client.post(ENQUEUE, "{", content_type="application/json").json()
    assert (broken["status"], broken["message"]) == ("Unrecognized object", "Event object format is unrecognized")
    assert send(client, ENQUEUE, []).json()["status"] == "Unrecognized object"


@pytest.mark.parametrize("routing", ["0" * 32, None, 5, {"a": 1}])
def test_an_event_with_a_key_that_is_none_is_invalid(client: Client, routing: Any) -> None:
    assert send(client, ENQUEUE, event("", routing_key=routing)).json()["status"] == "invalid event"


def test_too_many_events_are_throttled_and_other_ways_in_are_not(
    client: Client, key: str, machine: Client, settings: Settings
) -> None:
    settings.ALERT_EVENTS_PER_MINUTE = 2
    settings.API_CALLS_PER_MINUTE = {"read": 1, "write": 1}
    answers = [send(client, ENQUEUE, event(key)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert answers[-1].json()["status"] == "throttle exceeded"
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    said = {"service": "Checkout", "severity": "high", "message": "Slow"}
    assert {send(machine, "/api/v1/alerts", said).status_code for _ in range(5)} == {200, 201}
    assert {send(machine, V2, [soon()]).status_code for _ in range(5)} == {200}


@pytest.mark.parametrize("path", [WEBHOOK, V2, ENQUEUE, "/api/v1/alerts"])
def test_a_database_in_trouble_is_503_everywhere(
    machine: Client, key: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr(receiving, "_try", away)
    said = {"service": "Checkout", "severity": "high", "message": "Slow"}
    body = {WEBHOOK: payload("alertmanager_firing"), V2: [soon()], ENQUEUE: event(key), "/api/v1/alerts": said}[path]
    answer = send(machine, path, body)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
