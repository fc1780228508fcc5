"""A web server on this machine that answers as a test says; what heartbeats of tests look at."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Target:
    """Where it is, how it answers from now on, and the headers of who asked."""

    url: str = ""
    status: int = 200
    body: str = "fine"
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def answering() -> Iterator[Target]:
    """Serve on a free port of 127.0.0.1."""
    target = Target()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = target.body.encode()
            target.asked.append(dict(self.headers))
            self.send_response(target.status)
            self.send_header("Content-Length", str(len(body)))
            for name, value in target.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Be silent: requests are no news."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    target.url = f"http://127.0.0.1:{server.server_port}/health"
    try:
        yield target
    finally:
        server.shutdown()
        server.server_close()
