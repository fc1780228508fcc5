"""Which trace a log line belongs to."""

from __future__ import annotations

from opentelemetry import trace
from structlog.typing import EventDict, WrappedLogger


def with_ids(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Add the ids of trace and span, as OpenTelemetry writes them; nothing outside a trace."""
    here = trace.get_current_span().get_span_context()
    if here.is_valid:
        line["trace_id"] = trace.format_trace_id(here.trace_id)
        line["span_id"] = trace.format_span_id(here.span_id)
    return line
