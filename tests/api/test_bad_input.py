"""Bad input: refused in the one format, nothing left behind, and the next good request works."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from pytest_django import Settings

from events.actors import SYSTEM
from incidents.models import Incident
from services.models import Component, Heartbeat, Service
from tests.api.routes import NOBODY
from tests.factories import bearer

pytestmark = pytest.mark.django_db
JSON = "application/json"

UNREADABLE: dict[str, bytes] = {
    "empty object missing": b"{",
    "no JSON at all": b"hello",
    "a list": b"[]",
    "a number": b"1",
    "a word": b'"hello"',
    "NUL": b'{"name": "a\\u0000b", "title": "a\\u0000b", "message": "a\\u0000b"}',
    "NUL in a name": b'{"a\\u0000b": 1}',
    "a lone surrogate": b'{"name": "\\ud800", "title": "\\ud800", "message": "\\ud800"}',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "deep": b'{"name":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"name":' * 5000 + b"1" + b"}" * 5000,
    "no number": b'{"name": NaN}',
    "infinite": b'{"position": 1e999}',
    "a number without end": b'{"position": ' + b"9" * 10_000 + b"}",
    "an unknown field": b'{"colour": "red"}',
}
VALUES: list[Any] = [
    None, True, -1, 10**30, 1e308, "", "x" * 100_000, "two\nlines", "\u202e", "2026-13-45T99:99:99Z",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", NOBODY, [None], ["x"] * 1000, {"x": {}},
]  # fmt: skip
HEARTBEAT: dict[str, Any] = {
    "kind": "http", "url": "https://example.com", "interval": 60, "timeout": 10, "enabled": True, "degraded_after": 1,
    "down_after": 3, "recover_after": 1, "latency_threshold_ms": 500, "method": "GET", "expected_status": "2xx",
    "keyword": "x", "keyword_absent": False, "json_path": "$.x", "json_value": "x", "headers": "X: x", "body": "x",
    "verify_tls": True, "redirects": 1,
}  # fmt: skip
QUERIES = ["limit=-1", "limit=0", "limit=x", "limit=1e3", "limit=٣", "limit=99999999999999999999", "offset=-1"]
QUERIES += ["offset=99999999999999999999", "ordering=password", "ordering=-nothing", "colour=red", "search=%00"]
QUERIES += ["search=" + "x+" * 500, "search=" + "x" * 201]
LISTS = ["services", "incidents", "groups", "users", "api-keys", "audit", "status-changes"]
FILTERS = ["audit?from=soon", "audit?from=9999-99-99", "audit?kind=x", "audit?service=1", "incidents?status=x"]
FILTERS += ["incidents?severity=SEV9", "incidents?service_id=x", "incidents?from=x", "status-changes?service=x"]


@pytest.fixture(autouse=True)
def no_limits(settings: Settings) -> None:
    settings.API_CALLS_PER_MINUTE = {"read": 0, "write": 0}


@pytest.fixture
def admin(db: None) -> Client:
    client = Client(headers=bearer("admin"))
    client.raise_request_exception = False
    return client


@pytest.fixture
def rows() -> dict[str, str]:
    service = Service.add(by=SYSTEM, name="Checkout")
    component = Component.add(by=SYSTEM, service=service, name="Redis")
    Heartbeat.configure(component, by=SYSTEM, kind="http", url="https://example.com")
    incident = Incident.declare(by=SYSTEM, title="Trouble", severity="high", services={service: None})
    return {"service": str(service.pk), "component": str(component.pk), "incident": str(incident.pk)}


def good(rows: dict[str, str]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return every way to write, with a body that is fine."""
    service, component, incident = (rows[name] for name in ("service", "component", "incident"))
    texts = {"description": "x", "url": "https://example.com", "owner": "x", "public": True, "sla_target": 99.9}
    new = {"title": "x", "severity": "low", "body": "x", "services": [service], "public": True, "tags": ["x"]}
    said = {"message": "x", "status": "identified", "estimated_resolution": None, "public": True}
    return [
        ("post", "services", {"name": "x", "slug": "x", "group": None, "position": 1, **texts}),
        ("patch", f"services/{service}", {"name": "y", "position": 1, "version": 1, **texts}),
        ("post", f"services/{service}/status", {"status": "degraded", "message": "x"}),
        ("post", f"services/{service}/components", {"name": "x", "description": "x", "depends_on": component}),
        ("patch", f"components/{component}", {"name": "y", "description": "x", "depends_on": None}),
        ("post", f"components/{component}/status", {"status": "degraded", "message": "x"}),
        ("post", f"components/{component}/heartbeat", HEARTBEAT),
        # The fields are read as the POST reads them; these are what a PATCH adds.
        ("patch", f"components/{component}/heartbeat", {"kind": "http", "interval": 60, "version": 1}),
        ("post", f"components/{component}/heartbeat", {"kind": "push", "interval": 3600, "grace": 1, "longest_run": 1}),
        ("post", f"components/{component}/heartbeat/pause", {"until": None}),
        ("post", "services/order", {"order": [service]}),
        ("post", "groups", {"name": "x", "position": 1}),
        ("post", "incidents", new),
        ("patch", f"incidents/{incident}", {**new, "root_cause": "x", "resolution": "x", "version": 1}),
        ("post", f"incidents/{incident}/updates", said),
        ("post", f"incidents/{incident}/transition", {"status": "identified", "message": "x"}),
        ("post", f"incidents/{incident}/assign", {"user": None}),
        ("post", f"incidents/{incident}/resolve", {"message": "x", "root_cause": "x", "resolution": "x"}),
        ("post", f"incidents/{incident}/acknowledge", {}),
        ("post", "api-keys", {"name": "x", "scopes": ["read"], "expires_at": None}),
    ]


NAMES = {"service": "{service}", "component": "{component}", "incident": "{incident}"}
WAYS = [f"{verb} {address}" for verb, address, _ in good(NAMES)]


def counts() -> dict[str, int]:
    """Return how many rows there are of each kind, by one question: it is asked after every try."""
    ours = ("accounts", "events", "incidents", "services")
    tables = [model._meta.db_table for app in ours for model in apps.get_app_config(app).get_models()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables))  # noqa: S608
        return dict(cursor.fetchall())


def send(client: Client, verb: str, address: str, body: bytes, content_type: str = JSON) -> Any:
    return client.generic(verb.upper(), f"/api/v1/{address}", body, content_type)


def assert_refused(answer: Any, *statuses: int) -> None:
    assert answer.status_code in (statuses or range(400, 500)), answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) >= {"type", "title", "status", "detail", "errors", "request_id"}
    assert problem["status"] == answer.status_code
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_body_is_refused_everywhere(admin: Client, rows: dict[str, str], name: str) -> None:
    before = counts()
    for verb, address, _ in good(rows):
        assert_refused(send(admin, verb, address, UNREADABLE[name]), 400)
    assert counts() == before
    assert admin.get("/api/v1/services").status_code == 200


@pytest.mark.parametrize("number", range(len(WAYS)), ids=WAYS)
def test_no_value_of_any_field_breaks_it(admin: Client, rows: dict[str, str], number: int) -> None:
    verb, address, body = good(rows)[number]
    before = counts()
    for field, value in product(body, VALUES):
        answer = send(admin, verb, address, json.dumps({**body, field: value}).encode())
        assert answer.status_code < 500, (field, value)
        if answer.status_code >= 400:
            assert_refused(answer)
            assert counts() == before, (field, value)
        else:
            before = counts()
    assert send(admin, "post", "services", b'{"name": "good"}').status_code == 201


def test_a_huge_body_is_refused_unread(admin: Client) -> None:
    before = counts()
    assert_refused(send(admin, "post", "services", b'{"name": "' + b"x" * 30_000_000 + b'"}'), 413)
    assert counts() == before
    assert send(admin, "post", "services", b'{"name": "good"}').status_code == 201


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "x"])
def test_another_media_type_is_refused(admin: Client, content_type: str) -> None:
    assert_refused(send(admin, "post", "services", b'{"name": "x"}', content_type), 415)


def test_a_body_in_chunks_is_not_taken_for_an_empty_one(admin: Client) -> None:
    answer = admin.post("/api/v1/groups", headers={"Transfer-Encoding": "chunked"}, CONTENT_LENGTH="")
    assert_refused(answer, 411)


def test_an_unknown_charset_changes_nothing(admin: Client) -> None:
    assert send(admin, "post", "services", b'{"name": "x"}', "application/json; charset=klingon").status_code == 201


@pytest.mark.parametrize("name", LISTS)
def test_a_query_that_makes_no_sense_is_refused(admin: Client, name: str) -> None:
    for query in QUERIES:
        assert admin.get(f"/api/v1/{name}?{query}").status_code == 400, query
    assert_refused(admin.get(f"/api/v1/{name}?{QUERIES[0]}"), 400)


@pytest.mark.parametrize("address", FILTERS)
def test_a_filter_that_makes_no_sense_is_refused_by_name(admin: Client, address: str) -> None:
    answer = admin.get(f"/api/v1/{address}")
    assert_refused(answer, 400)
    assert address.partition("?")[2].partition("=")[0] in answer.json()["errors"]


@pytest.mark.parametrize(
    "address", ["nothing", "services/x", f"services/{NOBODY}", "services/1", "incidents/%FF", "x" * 5000]
)
def test_what_is_not_there_is_404_in_the_one_format(admin: Client, address: str) -> None:
    assert_refused(admin.get(f"/api/v1/{address}"), 404)


def test_nul_in_the_path_is_refused(admin: Client) -> None:
    assert_refused(admin.get("/api/v1/services/%00"), 400)


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_method_that_is_not_there_is_405_in_the_one_format(admin: Client, verb: str) -> None:
    assert_refused(admin.generic(verb, "/api/v1/services"), 405)
