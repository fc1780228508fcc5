"""What leaves the machine in a span: no query, no secret address, no parameter, no text of an error, no baggage."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection
from django.test import Client
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from config.tracing import calls, ids, spans, statements, tasks
from outbound import Failure

EXPORTER = InMemorySpanExporter()
OUTSIDE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture(scope="module", autouse=True)
def provider() -> None:
    # One for the life of the process; nothing else of the suite makes a span.
    made = TracerProvider()
    made.add_span_processor(SimpleSpanProcessor(EXPORTER))
    trace.set_tracer_provider(made)


@pytest.fixture
def told() -> Iterator[InMemorySpanExporter]:
    EXPORTER.clear()
    yield EXPORTER
    EXPORTER.clear()


@pytest.fixture
def visitor(settings: LazySettings) -> Client:
    settings.MIDDLEWARE = ["config.tracing.requests.TraceMiddleware", *settings.MIDDLEWARE]
    return Client()


def only(told: InMemorySpanExporter) -> ReadableSpan:
    [found] = told.get_finished_spans()
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/status/subscriptions/hush-0123456789", "/status/subscriptions/…"),
        ("/status/subscribe/confirm/hush-0123456789", "/status/subscribe/confirm/…"),
        ("/oncall/ack/hush-0123456789", "/oncall/ack/…"),
        ("/oncall/verify/hush-0123456789", "/oncall/verify/…"),
        ("/ping/hush-0123456789", "/ping/…"),
        ("/no/such/hush-0123456789-0123456789", "/no/such/…"),
    ],
)
def test_addresses_are_told_without_what_opens(
    visitor: Client, told: InMemorySpanExporter, path: str, shown: str
) -> None:
    visitor.get(f"{path}?sig=hush", headers={"traceparent": OUTSIDE, "baggage": "who=hush", "user-agent": "hush"})
    span = only(told)
    assert (span.attributes or {})["url.path"] == shown
    assert format(span.context.trace_id, "032x") == OUTSIDE.split("-")[1]
    assert "hush" not in span.to_json()


@pytest.mark.parametrize("path", ["/health/live", "/metrics"])
def test_probes_are_not_traced(visitor: Client, told: InMemorySpanExporter, path: str, db: None) -> None:
    visitor.get(path)
    assert told.get_finished_spans() == ()


def test_a_strange_method_and_a_strange_host_are_answered_as_ever(
    visitor: Client, told: InMemorySpanExporter, db: None
) -> None:
    assert visitor.generic("HUSH", "/console/", headers={"host": "b@d"}).status_code in {302, 400, 405}
    assert "hush" not in only(told).to_json().lower()


@pytest.mark.django_db
def test_statements_are_told_with_placeholders_and_errors_by_their_type(told: InMemorySpanExporter) -> None:
    outer = spans.span("outer", SpanKind.INTERNAL, {})
    with connection.execute_wrapper(statements.ask), outer, connection.cursor() as cursor:
        cursor.execute("SELECT name FROM services_service WHERE name = %s", ["hush"])
        with pytest.raises(DatabaseError):
            cursor.execute("SELECT * FROM no_such_table WHERE name = %s", ["hush"])
    good, bad, _ = told.get_finished_spans()
    assert (good.name, bad.name) == ("SELECT services_service", "SELECT no_such_table")
    assert (bad.attributes or {})["error.type"] in {"OperationalError", "ProgrammingError"}
    assert not bad.events
    assert "hush" not in good.to_json() + bad.to_json()


def test_what_belongs_to_no_trace_makes_no_span(told: InMemorySpanExporter) -> None:
    with calls.watch("GET", "hooks.example.com", 443) as call:
        assert call.headers == {}
    statements.ask(lambda *_: None, "SELECT 1", (), False, {"connection": connection})
    headers: dict[str, Any] = {}
    tasks.send("some.task", headers)
    assert (told.get_finished_spans(), headers) == ((), {})


def test_a_call_that_fails_is_told_by_its_code(told: InMemorySpanExporter) -> None:
    outer, call = spans.span("outer", SpanKind.INTERNAL, {}), calls.watch("POST", "hooks.example.com", 443)
    with outer, pytest.raises(Failure), call:
        raise Failure("dns_failed", "hush")
    made, _ = told.get_finished_spans()
    assert (made.attributes or {})["error.type"] == "dns_failed"
    assert "hush" not in made.to_json()


def test_a_task_goes_on_with_the_trace_that_sent_it_and_leaves_its_thread_clean(told: InMemorySpanExporter) -> None:
    headers: dict[str, Any] = {}
    with spans.span("outer", SpanKind.INTERNAL, {}):
        tasks.send("some.task", headers, "opstatus")
    request = SimpleNamespace(delivery_info={"routing_key": "opstatus"}, args=["hush"], **headers)
    task = SimpleNamespace(name="some.task", request=request)
    tasks.enter(task)
    assert ids.with_ids(logging.getLogger(), "info", {})["trace_id"] == headers["traceparent"].split("-")[1]
    tasks.leave(task, state="FAILURE", retval=ValueError("hush"))
    assert not trace.get_current_span().get_span_context().is_valid
    _, _, run = told.get_finished_spans()
    assert (run.name, (run.attributes or {})["error.type"]) == ("run some.task", "ValueError")
    assert "hush" not in run.to_json()


def test_a_task_of_the_timetable_is_not_traced(told: InMemorySpanExporter) -> None:
    task = SimpleNamespace(name="some.task", request=SimpleNamespace(delivery_info={}))
    tasks.enter(task)
    tasks.leave(task, state="SUCCESS")
    assert told.get_finished_spans() == ()
    assert ids.with_ids(logging.getLogger(), "info", {}) == {}
