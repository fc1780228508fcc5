"""A service on this machine that answers as a test says and keeps what it was sent; and a try against it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import outbound
from notifications.transports.kinds import KINDS
from notifications.transports.outcome import Outcome, Parcel, Words
from notifications.transports.outside import Outside
from outbound import Guard, Networks
from tests.channels.silence import NoMail

EVERYWHERE = Guard(Networks.parse("all"))
OUTSIDE = Guard(Networks.parse("none"))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DELIVERY = UUID("5f0d1c7e-8b1f-4f0e-9a55-3f1f6d2f9b10")
URL = "https://status.example.com/status/incidents/6b1f4f0e-9a55-4f1f-8d2f-9b105f0d1c7e"
FACTS: Mapping[str, Any] = {
    "title": "Checkout <fails>",
    "url": URL,
    "incident": {
        "id": "6b1f4f0e-9a55-4f1f-8d2f-9b105f0d1c7e",
        "title": "Checkout <fails>",
        "severity": "high",
        "status": "monitoring",
        "public": True,
        "services": [{"id": "0d1c7e5f-8b1f-4f0e-9a55-3f1f6d2f9b10", "name": "Checkout", "impact": "partial_outage"}],
        "created_at": "2026-03-02T11:00:00Z",
        "resolved_at": None,
        "updates": [
            {"id": "1d1c7e5f-8b1f-4f0e-9a55-3f1f6d2f9b10", "message": "It works again.", "status": "monitoring",
             "public": True, "author": "Olga", "estimated_resolution": None, "created_at": "2026-03-02T12:00:00Z"},
            {"id": "2d1c7e5f-8b1f-4f0e-9a55-3f1f6d2f9b10", "message": "We look.", "status": "investigating",
             "public": True, "author": "Olga", "estimated_resolution": None, "created_at": "2026-03-02T11:00:00Z"},
        ],
    },
    "update": {"id": "1d1c7e5f-8b1f-4f0e-9a55-3f1f6d2f9b10", "message": "It works again.", "status": "monitoring",
               "public": True, "author": "Olga", "estimated_resolution": None, "created_at": "2026-03-02T12:00:00Z"},
}  # fmt: skip
WORDS = Words(
    kind="INCIDENT_STATUS_CHANGED",
    subject="Monitoring: Checkout <fails>",
    text="It works again.\n\nSeverity: SEV2 high\nAffects: Checkout API (partial outage)\n",
    html="<p>It works again.</p>",
    short=f"Monitoring: Checkout <fails>. It works again. {URL}",
    facts=FACTS,
    at=NOON,
    thread="incident-6b1f4f0e-9a55-4f1f-8d2f-9b105f0d1c7e",
)


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body, read."""
        return json.loads(self.body)


@dataclass
class Sink:
    """Where it is, how it answers from now on, and what arrived."""

    url: str = ""
    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    @property
    def last(self) -> Call:
        """Return the newest call."""
        return self.calls[-1]


@contextmanager
def sinking() -> Iterator[Sink]:
    """Serve on a free port of 127.0.0.1."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            sink.calls.append(Call(self.command, self.path, dict(self.headers), body))
            self.send_response(sink.status)
            for name, value in {**sink.headers, "Content-Length": str(len(sink.body.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sink.body.encode())

        do_GET = do_POST = answer  # noqa: N815 - the server's names

        def log_message(self, *_: object) -> None:
            """Be silent: requests are no news."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    sink.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()


def parcel(address: str, **fields: Any) -> Parcel:
    """Return the message of these tests."""
    return Parcel(**{"delivery": DELIVERY, "words": WORDS, "address": address, **fields})


def send(kind: str, parcel: Parcel, guard: Guard = EVERYWHERE) -> Outcome:
    """Try once."""

    async def tried() -> Outcome:
        async with outbound.client(guard, user_agent="OpStatus/tests") as http:
            return await KINDS[kind].send(parcel, Outside(http, NoMail()))

    return asyncio.run(tried())
