"""What Prometheus 2.42, Alertmanager 0.25 and amtool sent, as it was recorded: from the first word to the last."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from alerts import fingerprint
from alerts.models import Alert, Integration
from events.actors import SYSTEM
from services.models import Service
from tests.alerts.payloads import payload

pytestmark = pytest.mark.django_db

WEBHOOK, V2, ENQUEUE = "/api/v1/alerts/alertmanager", "/api/v2/alerts", "/v2/enqueue"
# They hold times, and what they say depends on how those stand to ours.
BEGAN, ENDED = datetime(2026, 11, 22, 0, 56, 51, tzinfo=UTC), datetime(2026, 11, 22, 0, 56, 57, tzinfo=UTC)


def send(path: str, key: str, name: str, at: datetime) -> Any:
    with time_machine.travel(at, tick=False):
        body = payload(name) | {"routing_key": key} if path == ENQUEUE else payload(name)
        return Client(headers={"Authorization": f"Bearer {key}"}).post(path, body, "application/json")


@pytest.mark.parametrize(
    ("path", "first", "last", "service", "severity", "status"),
    [
        (V2, "real_prometheus_firing", "real_prometheus_resolved", "Direct", "critical", 200),
        (WEBHOOK, "real_webhook_firing", "real_webhook_resolved", "Webhook", "critical", 200),
        (ENQUEUE, "real_pager_trigger", "real_pager_resolve", "Pager", "critical", 202),
        (V2, "real_amtool_add", "real_amtool_end", "ByHand", "low", 200),
    ],
)
def test_what_fires_is_an_alert_until_it_is_said_to_be_over(
    path: str, first: str, last: str, service: str, severity: str, status: int
) -> None:
    Service.add(by=SYSTEM, name=service, public=True)
    key = Integration.add(by=SYSTEM, name=service)[1]
    assert send(path, key, first, BEGAN).status_code == status
    assert send(path, key, first, BEGAN).status_code == status
    alert = Alert.objects.get()
    assert (alert.status, alert.severity, alert.count) == ("firing", severity, 2)
    assert alert.service is not None
    assert alert.service.name == service
    assert alert.incident is not None
    assert send(path, key, last, ENDED).status_code == status
    alert = Alert.objects.get()
    assert (alert.status, alert.closed_at) == ("resolved", ENDED)


def test_its_fingerprints_are_those_that_we_compute() -> None:
    for name in ("real_webhook_firing", "real_webhook_resolved"):
        [alert] = payload(name)["alerts"]
        assert fingerprint.of_labels(alert["labels"]) == alert["fingerprint"]
