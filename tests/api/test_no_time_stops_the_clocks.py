"""A time that some zone cannot tell is refused where it is sent: no page, mail or reader of the log gets past it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from events.actors import SYSTEM
from incidents.models import Incident
from services.models import Service
from tests.factories import bearer

pytestmark = pytest.mark.django_db
FAR = ("0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z")


def bodies(incident: Incident, service: Service) -> Iterator[tuple[str, dict[str, object], str]]:
    yield "incidents", {"title": "Slow", "severity": "low"}, "started_at"
    for name in ("estimated_resolution", "next_update_by", "happened_at"):
        yield f"incidents/{incident.pk}/updates", {"message": "Wait."}, name
    yield f"incidents/{incident.pk}/next-update", {}, "next_update_by"
    yield "api-keys", {"name": "script", "scopes": ["read"]}, "expires_at"
    yield "silences", {"service": str(service.pk)}, "ends_at"


@pytest.mark.parametrize("time", FAR)
def test_it_is_refused_by_its_field(time: str) -> None:
    incident = Incident.declare(by=SYSTEM, title="Slow", severity="low")
    service = Service.add(by=SYSTEM, name="Checkout")
    admin = Client(headers=bearer("admin"))
    for path, body, name in bodies(incident, service):
        answer = admin.post(f"/api/v1/{path}", {**body, name: time}, content_type="application/json")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [name]), (path, name, answer.content)
        assert "between the years 1970 and 2999" in answer.json()["errors"][name][0]
