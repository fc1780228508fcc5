"""The streams in an event loop of their own thread, so that a test may write to the log and listen at the same time."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from config.request_id import request_id
from config.streams import address_of, answer, enter, serves
from events.streams.app import Streams
from events.streams.outside import Outside, Scope, Send
from events.streams.places import Places
from statuspage import sight

# Long enough for any machine; nothing waits for it unless something is broken.
PATIENCE = 60.0


@dataclass
class Receiver:
    """One listener: what has come back so far."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    over: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)
    # Set while the line takes what it is sent.
    reads: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    # After so many pieces the line takes no more; 0 is never.
    takes: int = 0

    @property
    def events(self) -> list[dict[str, Any]]:
        """What came, as a browser would read it: blocks with data are events."""
        return [json.loads(block["data"]) for block in self.blocks if "data" in block]

    @property
    def ids(self) -> list[int]:
        return [int(event["id"]) for event in self.events]

    @property
    def blocks(self) -> list[dict[str, str]]:
        """The fields of each finished block."""
        whole = self.text.split("\n\n")[:-1]
        return [dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":")) for block in whole]

    @property
    def is_up_to_date(self) -> bool:
        """Whether all that was missed has come: a number stands alone."""
        return any("id" in block and "data" not in block for block in self.blocks)

    @property
    def place(self) -> int | None:
        """The number that a browser comes back with."""
        return next((int(block["id"]) for block in reversed(self.blocks) if "id" in block), None)

    def wait(self, until: Callable[[Receiver], bool]) -> Receiver:
        """Wait until what has come satisfies; raises ``TimeoutError``."""
        with self.changed:
            if not self.changed.wait_for(lambda: until(self), PATIENCE):
                raise TimeoutError(f"{self.status} {self.text[-2000:]}")
        return self

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            await self.reads.wait()
        with self.changed:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                self.text += message["body"].decode()
                self.over = not message.get("more_body")
                self.takes -= 1
                if not self.takes:
                    self.reads.clear()
            self.changed.notify_all()


class Radio:
    """Streams on the air."""

    def __init__(self, *, per_address: int = 100, at_once: int = 1000, redis: str = "", **others: Any) -> None:
        self.down = False
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()
        given = {"enter": enter, "look": sight.look, **others}
        outside = Outside(
            answer=answer,
            serves=serves,
            address_of=address_of,
            request_id=request_id,
            down=lambda: self.down,
            **given,
        )
        places = Places(per_address=per_address, at_once=at_once)
        self.streams: Streams = self.do(lambda: Streams(behind, outside, places, redis=redis))

    def do(self, work: Callable[[], Any]) -> Any:
        """Do something in the loop's thread and return what comes of it."""

        async def whole() -> Any:
            return work()

        return asyncio.run_coroutine_threadsafe(whole(), self.loop).result(PATIENCE)

    def tune(
        self,
        path: str,
        query: str = "",
        *,
        method: str = "GET",
        host: str = "localhost",
        takes: int = 0,
        **headers: str,
    ) -> Receiver:
        """Ask for a stream, and return without waiting for an answer."""
        names = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
        scope: Scope = {
            "type": "http",
            "method": method,
            "path": f"/api/v1/stream/{path}",
            "query_string": query.encode(),
            "headers": [(b"host", host.encode()), *names],
            "client": ("192.0.2.1", 4711),
        }
        receiver: Receiver = self.do(lambda: Receiver(takes=takes))
        self.do(receiver.reads.set)
        asyncio.run_coroutine_threadsafe(self._run(scope, receiver), self.loop)
        return receiver

    def listen(self, path: str, query: str = "", **options: Any) -> Receiver:
        """Ask for a stream and wait until it has said where it stands."""
        return self.tune(path, query, **options).wait(lambda heard: heard.is_up_to_date or heard.over)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something holds in the loop; raises ``TimeoutError``."""

        async def look() -> None:
            while not true():
                await asyncio.sleep(0.005)

        asyncio.run_coroutine_threadsafe(asyncio.wait_for(look(), PATIENCE), self.loop).result()

    def hang_up(self, receiver: Receiver) -> None:
        """Go, and wait until that has been noticed."""
        self.do(receiver.gone.set)
        receiver.wait(lambda heard: heard.over)

    def stop(self) -> None:
        """End everything."""
        asyncio.run_coroutine_threadsafe(self._finish(), self.loop).result(PATIENCE)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(PATIENCE)
        self.loop.close()

    async def _finish(self) -> None:
        """Close, and wait for all that runs: what does not end by itself is a fault."""
        self.streams.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if left:
            await asyncio.wait_for(asyncio.gather(*left, return_exceptions=True), PATIENCE)

    async def _run(self, scope: Scope, receiver: Receiver) -> None:
        async def receive() -> dict[str, Any]:
            await receiver.gone.wait()
            return {"type": "http.disconnect"}

        try:
            await self.streams(scope, receive, receiver.send)  # type: ignore[arg-type]
        finally:
            with receiver.changed:
                receiver.over = True
                receiver.changed.notify_all()


async def behind(_scope: Scope, _receive: Any, send: Send) -> None:
    """Stand for Django."""
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"django"})


@contextmanager
def on_air(**options: Any) -> Iterator[Radio]:
    """Send, and stop however the test ends."""
    radio = Radio(**options)
    try:
        yield radio
    finally:
        radio.stop()
