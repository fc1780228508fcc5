"""A web server of this machine to check: ``/ok`` answers, ``/down`` says 500, ``/hang`` says nothing for ever."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ANSWERS = {
    "/ok": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
    "/down": b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}


class Target:
    """Where it listens, and how often each path was asked for. ``says`` answers in place of a path's own name."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.says: dict[str, str] = {}
        self.port = 0
        # What waits for a hanging answer waits for this.
        self.hanging = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._let_go: asyncio.Event

    def at(self, path: str) -> str:
        """Return an address."""
        return f"http://127.0.0.1:{self.port}{path}"

    def let_go(self) -> None:
        """Hang up on whoever waits, without an answer."""
        self._loop.call_soon_threadsafe(self._let_go.set)

    def hold(self) -> None:
        """Let whoever asks for it wait again."""
        self._loop.call_soon_threadsafe(self._let_go.clear)

    async def listen(self) -> asyncio.Server:
        """Begin to serve."""
        self._loop, self._let_go = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self.answer, "127.0.0.1", 0, backlog=1024)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        try:
            line = await reader.readline()
            path = line.decode().split(" ")[1].partition("?")[0]
            self.asked[path] += 1
            path = self.says.get(path, path)
            if path == "/hang":
                self.hanging.set()
                await self._hang(reader)
            else:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(ANSWERS[path])
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the checker has left, or the test is over
        finally:
            writer.close()

    async def _hang(self, reader: asyncio.StreamReader) -> None:
        either = [asyncio.ensure_future(waiting) for waiting in (reader.read(), self._let_go.wait())]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        for one in either:
            one.cancel()


@contextmanager
def serving() -> Iterator[Target]:
    """Serve from a thread."""
    target, ready = Target(), threading.Event()
    stop: list[Callable[[], object]] = []

    async def serve() -> None:
        server = await target.listen()
        stopping, loop = asyncio.Event(), asyncio.get_running_loop()
        stop.append(lambda: loop.call_soon_threadsafe(stopping.set))
        ready.set()
        await stopping.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield target
    finally:
        stop[0]()
        thread.join()
