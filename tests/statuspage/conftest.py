"""The edge, asked in-process as granian asks it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from config.request_id import request_id
from events.actors import Actor
from events.relay import relay_all
from services.models import Service
from statuspage import publisher, store
from statuspage.edge import Edge, Receive, Scope, Send
from statuspage.shelf import Shelf
from statuspage.watch import Watcher

ANN = Actor("user", "1", "Ann")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Asker:
    """Asks an ASGI application."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, path: str, query: str = "", *, method: str = "GET", **headers: str) -> Reply:
        sent: list[Any] = []
        names = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode("latin-1"),
            "headers": names if "host" in headers else [(b"host", b"localhost"), *names],
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        asyncio.run(self.app(scope, receive, send))
        listed = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return Reply(sent[0]["status"], listed, b"".join(message.get("body", b"") for message in sent[1:]))


async def behind(scope: Scope, _receive: Receive, send: Send) -> None:
    """Stand for Django."""
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"django"})


def look(watcher: Watcher) -> None:
    """Let each thread of a web process have its turn."""
    watcher.look()
    for copier in watcher.copiers:
        copier.copy()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def ask(shelf: Shelf) -> Asker:
    """The edge before something that answers 299."""
    edge = Edge(behind, shelf, hosts=["localhost"], request_id=request_id, session_cookie="opstatus_session")
    return Asker(edge)


@pytest.fixture
def checkout(db: None) -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True, description="Takes money.")


@pytest.fixture
def put_on_shelf(shelf: Shelf) -> Callable[[], None]:
    """Publish what waits and hold all of it, confirmed just now."""

    def put() -> None:
        relay_all()
        if not publisher.is_ready():
            publisher.publish()
        shelf.fill(store.as_document(row) for row in store.since(0) if not row.gone)
        shelf.confirm(timezone.now())

    return put
