"""Calls to the outside: whom, how and with what result. The path may be a secret, as that of most webhooks is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.trace import SpanKind

from config.tracing.spans import failed, passed_on, span, traced
from outbound import watching
from outbound.watching import Call


def follow() -> None:
    """Look at each call."""
    watching.watch = watch


@contextmanager
def watch(method: str, host: str, port: int) -> Iterator[Call]:
    """Let a call go on in a span, and the called go on with the trace."""
    if not traced():
        yield Call()
        return
    attributes: dict[str, str | int] = {"http.request.method": method, "server.address": host, "server.port": port}
    with span(method, SpanKind.CLIENT, attributes) as opened:
        call = Call(headers=passed_on())
        try:
            yield call
        except asyncio.CancelledError:
            failed(opened, "timeout")
            raise
        if call.status:
            opened.set_attribute("http.response.status_code", call.status)
