"""A real web server of this machine that writes down every arrival, and answers as its path asks.

``/ok`` takes it, ``/500``, ``/410`` and the like answer so, ``/429`` with ``Retry-After: 30``, ``/redirect`` leads to
``/ok``, ``/hang`` says nothing, ``/drip`` a byte a second, ``/reset`` breaks off. After a second slash comes a name.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request that came in whole."""

    at: float
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Sink:
    """Where it listens, and what arrived. ``says`` has another answer for a path."""

    port: int = 0
    arrivals: list[Arrival] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    hanging: int = 0

    def at(self, path: str) -> str:
        """Return an address."""
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> Counter[str]:
        """Return how often each path was posted to."""
        return Counter(arrival.path for arrival in self.arrivals)

    def forget(self) -> None:
        """Be as new."""
        self.arrivals.clear()
        self.says.clear()
        self.hanging = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        try:
            path = await self._read(reader)
            await self._say(self.says.get(path, path.split("/")[1]), reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the sender has left, or the test is over
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> str:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        path = first.split(" ")[1]
        self.arrivals.append(Arrival(time.time(), path, headers, body))
        return path

    async def _say(self, what: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if what == "hang":
            self.hanging += 1
            await reader.read()
        elif what == "drip":
            for byte in b"HTTP/1.1 200 OK\r\n":
                writer.write(bytes([byte]))
                await asyncio.sleep(1)
        elif what == "reset":
            writer.transport.abort()
        else:
            more = {"429": "Retry-After: 30\r\n", "redirect": f"Location: {self.at('/ok')}\r\n"}.get(what, "")
            status = {"ok": "200", "redirect": "302"}.get(what, what)
            writer.write(f"HTTP/1.1 {status} x\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()


@contextmanager
def serving(port: int = 0) -> Iterator[Sink]:
    """Serve from a thread."""
    sink, ready = Sink(), threading.Event()
    stop: list[Callable[[], object]] = []

    async def serve() -> None:
        server = await asyncio.start_server(sink.answer, None, port, backlog=1024)
        # Left to the system, each family has a port of its own.
        sink.port = next(each.getsockname()[1] for each in server.sockets if each.family is socket.AF_INET)
        stopping, loop = asyncio.Event(), asyncio.get_running_loop()
        stop.append(lambda: loop.call_soon_threadsafe(stopping.set))
        ready.set()
        await stopping.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield sink
    finally:
        stop[0]()
        thread.join()
