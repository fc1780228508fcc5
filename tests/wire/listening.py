"""A post between those programs and the product: it hands requests on, and writes down what was said."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Said:
    """A request and the status of its answer."""

    path: str
    body: Any
    status: int


@dataclass
class Post:
    """Where it listens, and what was said."""

    port: int = 0
    heard: list[Said] = field(default_factory=list)

    @property
    def base(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    def bodies(self, path: str) -> list[Any]:
        """Return what was posted to a path, parsed."""
        return [said.body for said in self.heard if said.path == path and said.body is not None]


@contextmanager
def listening(product: str) -> Iterator[Post]:
    """Hand everything on to the product at this address."""
    post, to = Post(), urlsplit(product).netloc

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.hand_on()

        def do_POST(self) -> None:
            self.hand_on()

        def hand_on(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            link = http.client.HTTPConnection(to, timeout=30)
            link.request(self.command, self.path, body or None, dict(self.headers))
            answer = link.getresponse()
            content = answer.read()
            post.heard.append(Said(self.path.partition("?")[0], json.loads(body) if body else None, answer.status))
            self.send_response(answer.status)
            for name in ("Content-Type", "WWW-Authenticate", "Retry-After"):
                if value := answer.headers.get(name):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    post.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield post
    finally:
        server.shutdown()
        server.server_close()
