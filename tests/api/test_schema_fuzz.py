"""Whatever the schema allows, and much that it does not: never a fault of ours, and always what the schema says."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from drf_spectacular.renderers import OpenApiJsonRenderer
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django import Settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.api.docs import schema as made
from alerts.models import Integration, Silence
from alerts.receiving import receive
from alerts.signal import Action, Signal
from events.actors import SYSTEM
from events.command import join
from incidents.models import Incident
from oncall.models import EscalationPolicy, Schedule, Team
from services.models import Component, Heartbeat, Service, SlaBreach
from tests.factories import UserFactory, bearer

# Real transactions: in the test's own, PostgreSQL would refuse every statement after the first error.
pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = 5
SCHEMA: dict[str, Any] = json.loads(OpenApiJsonRenderer().render(made()))
# Queries that another database might take otherwise are tried in tests/api/test_bad_input.py.
OPERATIONS = [
    pytest.param(path, method.upper(), marks=[pytest.mark.once] if method == "get" else [])
    for path, item in SCHEMA["paths"].items()
    for method in item
    if method != "parameters"
]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def schema() -> Any:
    """Return the schema, and behind it the application: both take longer to make than most operations to try."""
    schema = schemathesis.openapi.from_dict(SCHEMA)
    schema.app = get_wsgi_application()
    return schema


@pytest.fixture
def ids(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the id of one row for each kind of address. Nothing is published: that took longer than all the calls."""
    monkeypatch.setattr("events.command.wake", lambda: None)
    with join():
        service = Service.add(by=SYSTEM, name="Checkout")
        component = Component.add(by=SYSTEM, service=service, name="Redis")
        Heartbeat.configure(component, by=SYSTEM, kind="internal", url="storage")
        incident = Incident.declare(by=SYSTEM, title="Trouble", severity="high", services={service: None})
        found = {"services": str(service.pk), "components": str(component.pk), "incidents": str(incident.pk)}
        return found | {"breaches": str(breach_of(service).pk)} | on_call_duty() | reported()


def reported() -> dict[str, str]:
    """Let an integration report something, and silence it."""
    integration = Integration.add(by=SYSTEM, name="Prometheus")[0]
    signal = Signal(fingerprint="a", action=Action.TRIGGER, service="Checkout", severity="low", message="Slow")
    alert = receive(integration, [signal], timezone.now())[0].alert
    silence = Silence.add(by=SYSTEM, alert=alert, ends_at=timezone.now() + timedelta(hours=1))
    return {"alerts": str(alert and alert.pk), "integrations": str(integration.pk), "silences": str(silence.pk)}


def on_call_duty() -> dict[str, str]:
    """Make a team, a schedule, and a policy that pages it."""
    turning = {"start": "2026-03-02T09:00", "unit": "days", "participants": [str(UserFactory.create().pk)]}
    team = Team.add(by=SYSTEM, name="Platform")
    schedule = Schedule.add(by=SYSTEM, name="Web", team=team, timezone="Europe/Berlin", layers=[turning])
    steps = [{"targets": [{"schedule": str(schedule.pk)}]}]
    policy = EscalationPolicy.add(by=SYSTEM, name="Page", team=team, steps=steps)
    return {"teams": str(team.pk), "schedules": str(schedule.pk), "escalation-policies": str(policy.pk)}


def breach_of(service: Service) -> SlaBreach:
    """Record that the service broke its promise."""
    start = timezone.now()
    return SlaBreach.objects.create(
        service=service,
        level=SlaBreach.Level.BREACH,
        period=Service.SlaPeriod.MONTH,
        period_start=start,
        period_end=start + timedelta(days=30),
        target="99.9",
        allowance=2592,
        downtime=3000,
    )


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda value: str(value))
def test_the_answers_keep_to_the_schema(
    path: str, method: str, schema: Any, ids: dict[str, str], settings: Settings
) -> None:
    settings.API_CALLS_PER_MINUTE = {"read": 0, "write": 0}
    headers = bearer("admin", "alerts")
    real = next((value for name, value in ids.items() if f"/{name}/" in path), None)

    @_bounded
    @given(schema[path][method].as_strategy())
    def keeps(case: schemathesis.Case[Any]) -> None:
        if real and "id" in case.path_parameters and not case.path_parameters["id"].startswith("0"):
            case.path_parameters["id"] = real
        case.headers.update(headers)
        case.call_and_validate(checks=CHECKS)

    keeps()


def _bounded(test: Any) -> Any:
    return settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(test)
