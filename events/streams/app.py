"""The second door: ``/api/v1/stream/public`` and ``/api/v1/stream/admin``, served by the event loop, without Django.

A pure ASGI application. Whatever is no stream goes to the application behind it.
"""

from __future__ import annotations

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

import structlog
from django.db import DatabaseError, OperationalError
from prometheus_client import Gauge

from events.streams.asked import audience_of, header, last_heard
from events.streams.bell import Bell
from events.streams.client import Audience, Client
from events.streams.frames import patience, place
from events.streams.guard import Guard
from events.streams.headers import PREFLIGHT, around, of_stream
from events.streams.hub import Hub
from events.streams.line import Line, pieces
from events.streams.outside import App, Headers, Outside, Receive, Refusal, Scope, Send
from events.streams.places import Places
from events.streams.reading import BATCH, Log, Newest, in_thread

log = structlog.get_logger(__name__)

# Beside the requests' own, for the doors; the hub has one to itself, and those who catch up share another.
THREADS = 2
# In seconds: a line that does not take one piece of what was missed in as long does not read.
TAKEN = 30.0
# Of those who missed more than is read at one go; whoever was away for a moment, as after a restart, does not count.
REPLAYS, REPLAYS_PER_ADDRESS = 20, 5
# In ms, drawn for each client: after a restart they come back one by one.
SOONEST, LATEST = 1_000, 4_000
FULL = Refusal(503, "Too many live streams are open. Come back later.", headers={"Retry-After": "30"})
# Of all web processes of this machine that live: each counts its own.
OPEN = Gauge("opstatus_streams_open", "Live streams that are open.", ["audience"], multiprocess_mode="livesum")
BUSY = Refusal(503, "Too many read far back at this moment. Come back later.", headers={"Retry-After": "30"})
ENDING = Refusal(503, "This process is about to end. Come back in a moment.", headers={"Retry-After": "2"})


class Streams:
    """Serves the streams before ``app``; ``redis`` is an address or empty."""

    def __init__(self, app: App, outside: Outside, places: Places, *, redis: str = "") -> None:
        self.app = app
        self.outside = outside
        self.places = places
        self.closing = False
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="streams")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="streams-log")
        self._replayer = ThreadPoolExecutor(1, thread_name_prefix="streams-missed")
        self.replays = Places(per_address=REPLAYS_PER_ADDRESS, at_once=REPLAYS)
        self.log = Log(outside.look, self._threads)
        self.missed = Log(outside.look, self._replayer)
        self.guard = Guard(outside.enter, self._threads)
        self.hub = Hub(Log(outside.look, self._reader), Bell(redis) if redis else None, self.guard.hear)
        self._open: set[Client] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a stream, or pass on; a name that is not ours is Django's to refuse."""
        audience = audience_of(scope)
        if audience is None or not self.outside.serves(header(scope, b"host").encode("latin-1")):
            return await self.app(scope, receive, send)
        request_id = self.outside.request_id(header(scope, b"x-request-id"))
        known: Headers = [(b"x-request-id", request_id.encode()), *self.outside.extra]
        try:
            await self._serve(audience, scope, receive, send, known)
        except Exception as error:
            answer = self.outside.answer(error, request_id)
            if answer is None:
                raise
            headers = [*answer.headers, *around(audience), *known]
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})
        return None

    def close(self) -> None:
        """End every stream, and open no more. Called in the event loop, once or again."""
        self.closing = True
        self.hub.stop()
        for client in list(self._open):
            client.end()
            # One that catches up, or whose line takes nothing, does not look.
            asyncio.get_running_loop().call_later(1.0, client.drop)
        for threads in (self._threads, self._reader, self._replayer):
            threads.shutdown(wait=False, cancel_futures=True)

    async def _serve(self, audience: Audience, scope: Scope, receive: Receive, send: Send, known: Headers) -> None:
        """Open a stream and stay with it to its end. Raises what ``Outside.answer`` understands before it begins."""
        if scope["method"] == "OPTIONS" and audience is Audience.PUBLIC:
            return await _just_headers(send, 204, [*PREFLIGHT, *around(audience), *known])
        if scope["method"] not in ("GET", "HEAD"):
            raise Refusal(405, "A stream is only read.", headers={"Allow": "GET, HEAD"})
        last = last_heard(scope)
        address = self.outside.address_of(scope)
        if self.closing:
            raise ENDING
        if not self.places.take(address):
            raise FULL
        try:
            await self._admit(audience, scope)
            start = await self._begin(last)
            headers = [*of_stream(audience), *known]
            if scope["method"] == "HEAD":
                return await _just_headers(send, 200, headers)
            with start.replay:
                self._count(start, address)
                await self._stay(Client(audience), scope, receive, Line(send, headers), start)
        finally:
            self.places.leave(address)
        return None

    async def _admit(self, audience: Audience, scope: Scope) -> None:
        if audience is Audience.ADMIN:
            if self.outside.down():
                raise OperationalError("The database is known to be away.")
            await in_thread(self._threads, lambda: self.outside.enter(scope))

    async def _begin(self, last: int | None) -> _Start:
        """Return from where the client hears. Raises for one who came back, while nobody knows."""
        if last is None and self.hub.running:
            return _Start(self.hub.newest)
        try:
            if self.outside.down():
                raise OperationalError("The database is known to be away.")
            newest = await self.log.newest()
        except DatabaseError:
            if last is not None:
                raise
            return _Start(self.hub.newest)
        if last is None:
            return _Start(newest)
        # A number from beyond the end is of another log, before a backup was put back.
        covered = Newest(min(last, newest.event), min(last, newest.public))
        return _Start(covered, came_back=True, behind=newest.event - covered.event)

    def _count(self, start: _Start, address: str) -> None:
        """Take a place among those who read far back, if this is one. Raises :class:`Refusal`."""
        if start.behind <= BATCH:
            return
        if not self.replays.take(address):
            raise BUSY
        start.replay.callback(self.replays.leave, address)

    async def _stay(
        self,
        client: Client,
        scope: Scope,
        receive: Receive,
        line: Line,
        start: _Start,
    ) -> None:
        """Write until the client goes, is dropped or sent away."""
        loop = asyncio.get_running_loop()
        writer = client.writer = loop.create_task(self._write(client, line, start))
        listener = loop.create_task(_gone(receive))
        self._open.add(client)
        OPEN.labels(client.audience).inc()
        if client.audience is Audience.ADMIN:
            self.guard.watch(client, scope)
        try:
            await asyncio.wait({writer, listener}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._open.discard(client)
            OPEN.labels(client.audience).dec()
            self.guard.forget(client)
            self.hub.leave(client)
            listener.cancel()
            writer.cancel()
            await asyncio.gather(writer, listener, return_exceptions=True)
        if not writer.cancelled() and (error := writer.exception()):
            log.warning("stream_broken", error=repr(error))
        if client.dropped:
            log.info("stream_dropped", audience=str(client.audience))

    async def _write(self, client: Client, line: Line, start: _Start) -> None:
        """Say what was missed, then what happens."""
        try:
            covered = await self._catch_up(client, line, start)
        except TimeoutError:
            return client.drop()
        start.replay.close()
        if covered is not None:
            await line.say(place(covered.of(client.audience)))
        while (piece := await client.next()) is not None:
            await line.say(piece)
        return await line.end()

    async def _catch_up(self, client: Client, line: Line, start: _Start) -> Newest | None:
        """Send what the client has missed until it has heard all that others have. Return how far that is.

        Raises ``TimeoutError`` for one who does not read.
        """
        await line.say(patience(random.randint(SOONEST, LATEST)), within=TAKEN)  # noqa: S311 - nobody gains by guessing it
        more, covered = start.came_back, start.covered
        while more or not self.hub.join(client, covered):
            if client.ended:
                return covered
            batch, now = await self.missed.missed(covered.event if covered else 0, client.audience)
            for piece in pieces(told.frames.get(client.audience, b"") for told in batch.events):
                await line.say(piece, within=TAKEN)
            more, covered = batch.more, now
        return covered


@dataclass(slots=True)
class _Start:
    """From where a client hears: ``covered`` is None when nobody knows.

    ``behind`` is about how many events one who came back has missed; ``replay`` is closed once they have been sent.
    """

    covered: Newest | None
    came_back: bool = False
    behind: int = 0
    replay: ExitStack = field(default_factory=ExitStack)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _just_headers(send: Send, status: int, headers: Headers) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
