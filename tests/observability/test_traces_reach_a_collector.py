"""The product, told of a collector, sends it what a request caused, from the first statement to the last task."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests import sink
from tests.product import PATIENCE, Product, running

pytestmark = [pytest.mark.processes, pytest.mark.embedded]
TRACE = "0af7651916cd43dd8448eb211c80319c"
CAUSED = {"POST /api/v1/incidents", "INSERT incidents_incident", "run events.tasks.relay_events"}
INCIDENT = "Traced from end to end"


def test_a_request_and_the_tasks_it_caused_are_one_trace(tmp_path: Path) -> None:
    with sink.serving() as collector:
        collector.says["/v1/traces"] = "ok"
        told = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.at(""), "OTEL_BSP_SCHEDULE_DELAY": "200"}
        with running(tmp_path, demo=True, OTEL_SERVICE_NAME="status-of-acme", **told) as product:
            _declare(product)
            names = _until(collector, CAUSED, product)
    assert {name.partition(" ")[0] for name in names} >= {"POST", "INSERT", "SELECT", "send", "run"}
    sent = b"".join(_bodies(collector))
    assert b"status-of-acme" in sent
    # Neither what somebody typed nor what opens a door.
    assert INCIDENT.encode() not in sent
    assert product.api_key.encode() not in sent


def _declare(product: Product) -> None:
    body = json.dumps({"title": INCIDENT, "severity": "low"}).encode()
    headers = {"Authorization": f"Bearer {product.api_key}", "Content-Type": "application/json"}
    headers["traceparent"] = f"00-{TRACE}-{'1' * 16}-01"
    request = Request(f"{product.base}/api/v1/incidents", body, headers)  # noqa: S310 - our own server
    with urlopen(request) as answer:  # noqa: S310 - our own server
        assert answer.status == 201


def _until(collector: sink.Sink, wanted: set[str], product: Product) -> set[str]:
    """Return the names of the trace's spans once all that are wanted have come."""
    end, names = time.monotonic() + PATIENCE / 2, set[str]()
    while not wanted <= names and time.monotonic() < end:
        with urlopen(f"{product.base}/health/live"):  # noqa: S310 - our own server
            names = {span.name for span in _spans(collector) if span.trace_id.hex() == TRACE}
    assert wanted <= names
    return names


def _spans(collector: sink.Sink) -> Iterator[Span]:
    for body in _bodies(collector):
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in resource.scope_spans:
                yield from scope.spans


def _bodies(collector: sink.Sink) -> Iterator[bytes]:
    for arrival in list(collector.arrivals):
        zipped = arrival.headers.get("content-encoding") == "gzip"
        yield gzip.decompress(arrival.body) if zipped else arrival.body
