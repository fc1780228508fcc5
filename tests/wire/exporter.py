"""What is watched: a program with one figure for each thing, which the test breaks and mends."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Exporter:
    """Where it is scraped, and what is broken at this moment."""

    def __init__(self, things: Iterable[str]) -> None:
        self.broken = dict.fromkeys(things, 0)
        self.port = 0

    def text(self) -> bytes:
        """Return the figures as Prometheus reads them."""
        lines = [f'wire_broken{{service="{thing}"}} {value}\n' for thing, value in self.broken.items()]
        return "".join(lines).encode()


@contextmanager
def exporting(things: Iterable[str]) -> Iterator[Exporter]:
    """Be scraped; nothing is broken yet."""
    exporter = Exporter(things)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = exporter.text()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    exporter.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield exporter
    finally:
        server.shutdown()
        server.server_close()
