"""Spans, as all of them are made: below one that is recorded, and without the text of an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from opentelemetry import context, trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from outbound.failures import Failure

Attributes = Mapping[str, str | int]

_TRACER: Final = trace.get_tracer("opstatus")
# Not what OpenTelemetry does by itself: baggage is what strangers say, and it would be passed on.
_CARRIER: Final = TraceContextTextMapPropagator()
PARENT: Final = "traceparent"


def traced() -> bool:
    """Say whether what goes on here belongs to a trace that is recorded."""
    return trace.get_current_span().is_recording()


@contextmanager
def span(name: str, kind: SpanKind, attributes: Attributes) -> Iterator[Span]:
    """Open a span below the current one. Of an error its type is kept: its text may hold what somebody typed."""
    with _TRACER.start_as_current_span(
        name, kind=kind, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as opened:
        try:
            yield opened
        except Exception as error:
            failed(opened, error.code if isinstance(error, Failure) else type(error).__qualname__)
            raise


def failed(opened: Span, reason: str) -> None:
    """Mark a span as failed, for a reason of one word."""
    opened.set_attribute("error.type", reason)
    opened.set_status(Status(StatusCode.ERROR))


@contextmanager
def begun_by(headers: Mapping[str, str]) -> Iterator[None]:
    """Go on with the trace that ``headers`` name, or begin none: what this thread did before is forgotten."""
    token = context.attach(_CARRIER.extract(headers, context.Context()))
    try:
        yield
    finally:
        context.detach(token)


def passed_on() -> dict[str, str]:
    """Return the header by which somebody else goes on with this trace: ids alone, nothing that a stranger said."""
    headers: dict[str, str] = {}
    _CARRIER.inject(headers)
    return {name: value for name, value in headers.items() if name == PARENT}
