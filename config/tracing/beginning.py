"""What a traced process does at its start."""

from __future__ import annotations

from django.conf import settings
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from config.tracing import calls, statements, tasks


def begin() -> None:
    """Send spans to the collector in batches, from a thread; all other ``OTEL_…`` settings are read by the SDK.

    Once: where worker and beat are one process, both begin.
    """
    if isinstance(trace.get_tracer_provider(), TracerProvider):
        return
    provider = TracerProvider(
        resource=Resource.create(
            {"service.name": settings.OTEL_SERVICE_NAME, "service.version": settings.VERSION},
        )
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    follow()


def follow() -> None:
    """Look at tasks, statements and calls; requests are looked at by the middleware."""
    for each in (tasks, statements, calls):
        each.follow()
