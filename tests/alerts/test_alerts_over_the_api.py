"""Reporting in our own format, reading, and putting right by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import ApiKey
from accounts.roles import Role
from alerts.models import Alert, Integration, RawSignal, Silence
from events.actors import SYSTEM
from incidents.models import Incident
from services.models import Service
from tests.factories import UserFactory, bearer, signed_in

pytestmark = pytest.mark.django_db
ALERTS = "/api/v1/alerts"
SLOW = {"service": "Checkout", "severity": "high", "message": "Slow", "labels": {"zone": "a"}}


@pytest.fixture
def machine() -> Client:
    key = Integration.add(by=SYSTEM, name="cron")[1]
    return Client(headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def operator() -> Client:
    return Client(headers=bearer("write"))


def post(client: Client, path: str, body: Any, **headers: str) -> Any:
    return client.post(path, body, content_type="application/json", headers=headers)


def test_a_new_alert_is_201_and_names_the_incident(machine: Client, operator: Client) -> None:
    answer = post(machine, ALERTS, SLOW)
    incident = Incident.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "result": "new",
        "reason": "",
        "fingerprint": Alert.objects.get().fingerprint,
        "id": str(Alert.objects.get().pk),
        "status": "firing",
        "count": 1,
        "incident": str(incident.pk),
    }
    (shown,) = operator.get(f"/api/v1/incidents/{incident.pk}").json()["alerts"]
    assert (shown["message"], shown["status"], shown["count"]) == ("Slow", "firing", 1)


def test_what_is_repeated_and_what_is_over_are_200(machine: Client) -> None:
    post(machine, ALERTS, SLOW)
    again = post(machine, ALERTS, SLOW)
    assert (again.status_code, again.json()["result"], again.json()["count"]) == (200, "duplicate", 2)
    over = post(machine, ALERTS, SLOW | {"status": "resolved"})
    assert (over.status_code, over.json()["result"], over.json()["status"]) == (200, "resolved", "resolved")
    nothing = post(machine, ALERTS, SLOW | {"status": "resolved"})
    assert (nothing.status_code, nothing.json()["result"]) == (200, "ignored")


def test_an_idempotency_key_counts_once(machine: Client) -> None:
    first, second = (post(machine, ALERTS, SLOW, **{"Idempotency-Key": "once"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert second["Idempotent-Replay"] == "true"
    assert Alert.objects.get().count == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"severity": "fatal"}, "severity"),
        ({"message": ""}, "message"),
        ({"service": None}, "service"),
        ({"timestamp": "soon"}, "timestamp"),
        ({"labels": {"a": ["b"]}}, "labels.a"),
        ({"colour": "red"}, "colour"),
        ({"message": "x" * 1025}, "message"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_kept(machine: Client, change: dict[str, Any], field: str) -> None:
    answer = post(machine, ALERTS, SLOW | change)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    kept = RawSignal.objects.get()
    assert kept.result == "rejected"
    assert kept.reason.startswith(f"{field}: ")


@pytest.mark.parametrize(("word", "severity"), [("CRITICAL", "critical"), ("warning", "medium"), ("error", "high")])
def test_the_words_of_monitoring_are_understood(machine: Client, word: str, severity: str) -> None:
    post(machine, ALERTS, SLOW | {"severity": word})
    assert Alert.objects.get().severity == severity


def test_people_do_not_report(operator: Client) -> None:
    answer = post(operator, ALERTS, SLOW)
    assert answer.status_code == 403
    assert "Make an integration" in answer.json()["detail"]
    assert post(signed_in(Role.ADMIN), ALERTS, SLOW).status_code == 403


def test_a_machine_reads_nothing(machine: Client) -> None:
    assert machine.get(ALERTS).status_code == 403


def test_alerts_are_found(machine: Client, operator: Client) -> None:
    checkout = Service.add(by=SYSTEM, name="Checkout")
    post(machine, ALERTS, SLOW)
    post(machine, ALERTS, SLOW | {"service": "Search", "severity": "low"})
    assert operator.get(ALERTS).json()["count"] == 2

    def found(**query: Any) -> list[str]:
        return [alert["service_name"] for alert in operator.get(ALERTS, query).json()["results"]]

    assert found(service_id=checkout.pk) == ["Checkout"]
    assert found(severity="low") == ["Search"]
    assert found(search="sear") == ["Search"]
    assert found(incident=Incident.objects.get(severity="low").pk) == ["Search"]
    assert found(status="resolved") == []
    assert operator.get(ALERTS, {"colour": "red"}).status_code == 400


def test_an_alert_shows_its_signals(machine: Client, operator: Client) -> None:
    post(machine, ALERTS, SLOW)
    post(machine, ALERTS, SLOW)
    signals = operator.get(f"{ALERTS}/{Alert.objects.get().pk}/signals").json()["results"]
    assert [signal["result"] for signal in signals] == ["duplicate", "new"]
    assert signals[0]["raw"] == SLOW


def test_an_alert_is_split_off_and_merged_back(machine: Client, operator: Client) -> None:
    post(machine, ALERTS, SLOW)
    post(machine, ALERTS, SLOW | {"message": "Slower"})
    old, alert = Incident.objects.get(), Alert.objects.get(message="Slower")
    answer = post(operator, f"{ALERTS}/{alert.pk}/split", {})
    assert answer.status_code == 201
    assert [shown["message"] for shown in answer.json()["alerts"]] == ["Slower"]
    assert post(operator, f"{ALERTS}/{alert.pk}/split", {}).status_code == 409
    merged = post(operator, f"/api/v1/incidents/{answer.json()['id']}/merge", {"into": str(old.pk)})
    assert merged.status_code == 200
    assert len(merged.json()["alerts"]) == 2
    assert post(operator, f"/api/v1/incidents/{old.pk}/merge", {"into": str(old.pk)}).status_code == 409


def test_a_service_is_silenced_and_heard_again(machine: Client, operator: Client) -> None:
    checkout = Service.add(by=SYSTEM, name="Checkout")
    said = {"service": str(checkout.pk), "ends_at": "2999-01-01T00:00:00Z", "why": "Known"}
    made = post(operator, "/api/v1/silences", said)
    assert (made.status_code, made.json()["active"]) == (201, True)
    answer = post(machine, ALERTS, SLOW)
    assert (answer.status_code, answer.json()["result"], answer.json()["incident"]) == (201, "suppressed", None)
    assert operator.delete(f"/api/v1/silences/{made.json()['id']}").status_code == 204
    assert Silence.objects.get().ends_at.year != 2999


def test_a_silence_that_names_nothing_is_refused(operator: Client) -> None:
    assert post(operator, "/api/v1/silences", {"ends_at": "2999-01-01T00:00:00Z"}).status_code == 400
    past = {"ends_at": "2001-01-01T00:00:00Z", "matchers": [{"name": "a", "value": "b"}]}
    assert post(operator, "/api/v1/silences", past).json()["errors"] == {
        "ends_at": ["That is past. Give a time to come."]
    }


def test_an_integration_is_made_with_its_key_in_one_act() -> None:
    ada = UserFactory.create(role=Role.ADMIN.value)
    answer = post(signed_in(ada), "/api/v1/integrations", {"name": "Prometheus", "stale_after": 600})
    assert answer.status_code == 201
    assert len(answer.json()["key"]) == 32
    machine = Client(headers={"Authorization": f"Bearer {answer.json()['key']}"})
    assert post(machine, ALERTS, SLOW).status_code == 201
    # Who made it may leave: the alerts go on.
    ada.is_active = False
    ada.save()
    assert post(machine, ALERTS, SLOW).status_code == 200
    assert Integration.objects.count() == 1


def test_an_integration_is_changed_and_removed(machine: Client) -> None:
    admin = Client(headers=bearer("admin"))
    post(machine, ALERTS, SLOW)
    (shown,) = admin.get("/api/v1/integrations").json()["results"]
    assert (shown["key_state"], shown["last_received_at"] is not None) == ("active", True)
    path = f"/api/v1/integrations/{shown['id']}"
    changed = admin.patch(path, {"service_labels": ["team"], "publish": True}, content_type="application/json")
    assert (changed.json()["service_labels"], changed.json()["publish"]) == (["team"], True)
    assert admin.patch(path, {"service_labels": "team"}, content_type="application/json").status_code == 400
    assert admin.get(f"{path}/signals").json()["count"] == 1
    assert admin.delete(path).status_code == 204
    assert admin.get(path).status_code == 404
    assert post(machine, ALERTS, SLOW).status_code == 401
    assert Alert.objects.get().status == "expired"
    assert ApiKey.objects.get(name="cron").revoked_at is not None
