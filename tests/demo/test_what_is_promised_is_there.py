"""Every address, field, event and figure that callers rely on, on the demo."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator

from accounts.models import User
from console.demo.login import Login
from events.kinds import Kind
from incidents.models import Incident
from services.models import Maintenance, Service
from statuspage.publisher import publish
from tests.api import promised
from tests.demo.conftest import NOW


@pytest.fixture(scope="module")
def schema(demo: Login) -> dict[str, Any]:
    """Return the API as it describes itself."""
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return made


def test_every_address_of_the_api_takes_the_methods_that_are_promised(schema: dict[str, Any]) -> None:
    missing = [
        f"{method} {address}"
        for address, methods in promised.ADDRESSES.items()
        for method in methods.split()
        if method.lower() not in schema["paths"].get(f"/api/v1/{address}", {})
    ]
    assert not missing
    for address in promised.DROP_IN:
        resolve(address)


def test_answers_have_the_fields_that_are_promised(schema: dict[str, Any]) -> None:
    missing = {
        address: lacking
        for address, fields in promised.FIELDS.items()
        if (lacking := set(fields.split()) - _fields(schema, address))
    }
    assert not missing
    heartbeat = schema["components"]["schemas"]["Heartbeat"]["properties"]
    assert set(promised.HEARTBEAT.split()) <= set(heartbeat)


def _fields(schema: dict[str, Any], address: str) -> set[str]:
    answer = schema["paths"][f"/api/v1/{address}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    found = _resolved(schema, answer)
    if "results" in found.get("properties", {}):
        found = found["properties"]["results"]
    if found.get("type") == "array":
        found = _resolved(schema, found["items"])
    return set(found["properties"])


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    name = part.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = schema["components"]["schemas"][name] if name else part
    return found


def test_the_public_reads_what_is_promised(demo: Login, client: Client) -> None:
    publish(NOW)
    service = Service.objects.filter(public=True)[0]
    shown = {
        "service": service.pk,
        "slug": service.slug,
        "incident": Incident.objects.visible().latest("created_at").pk,
        "window": Maintenance.objects.upcoming().filter(public=True).latest("scheduled_start").pk,
    }
    for address, fields in promised.PUBLIC.items():
        answer = client.get(address.format(**shown), follow=True)
        assert answer.status_code == 200, address
        assert not fields or set(fields.split()) <= set(answer.json()), address


def test_the_console_has_a_page_for_each_task(demo: Login, client: Client) -> None:
    client.force_login(User.objects.get(username="admin"))
    for address in promised.CONSOLE:
        assert client.get(f"/console/{address}", follow=True).status_code == 200, address


def test_every_kind_of_event_and_every_figure_keeps_its_name(demo: Login, client: Client) -> None:
    assert set(promised.KINDS.split()) <= {kind.value for kind in Kind}
    told = client.get("/metrics", headers={"Authorization": f"Bearer {demo.api_key}"}).content.decode()
    missing = [
        name for name in promised.METRICS.split() if f"# TYPE opstatus_{name.removesuffix('_total')}" not in told
    ]
    assert not missing
