"""HTTP to the outside: one session for a batch of calls, a guarded connection for each."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Final, Self

import aiohttp

from outbound import watching
from outbound.connector import GuardedConnector, watch_of_call
from outbound.failures import Failure, Refused
from outbound.guard import Guard
from outbound.request import REDIRECTS, Request, checked
from outbound.stopwatch import BODY, NAME, Stopwatch, Timings
from outbound.tls import context

TIMEOUT: Final = 15.0
BODY_LIMIT: Final = 65_536
# The stopwatch of the whole call is ours.
_NO_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. ``headers`` in any case of letters; ``body`` not more than was asked for; ``url`` the last one.

    ``certificate_expires`` is UTC, and ``None`` without TLS.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    timings: Timings
    certificate_expires: datetime | None


class Client:
    """Good for thousands of calls, many at once. Use it with ``async with``."""

    def __init__(self, guard: Guard, *, user_agent: str) -> None:
        self._guard = guard
        self._user_agent = user_agent

    async def __aenter__(self) -> Self:
        # Takes a while the first time, which would be counted as the first target's.
        context(verify=True, http=True)
        # No proxy, password or cookie from anywhere but the caller; bodies as they are, so that nothing swells.
        self._session = aiohttp.ClientSession(
            connector=GuardedConnector(self._guard),
            headers={"User-Agent": self._user_agent, "Accept-Encoding": "identity", "Connection": "close"},
            skip_auto_headers=["Content-Type"],
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=_NO_TIMEOUT,
        )
        # A target that breaks off would otherwise be asked a second time in silence.
        self._session._retry_connection = False  # noqa: SLF001
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        # Connections close in the next turn of the loop.
        await asyncio.sleep(0)

    async def fetch(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = TIMEOUT,
        redirects: int = 10,
        limit: int = BODY_LIMIT,
        verify: bool = True,
    ) -> Reply:
        """Ask once, and return the reply with any status. Raises :class:`Failure`.

        ``timeout`` seconds for all of it, from the name to the last byte. At most ``limit`` bytes of the body are
        read. ``redirects`` are followed as often; with 0 the redirect itself is the reply. ``verify=False`` takes any
        certificate.
        """
        watch = Stopwatch()
        watch_of_call.set(watch)
        try:
            async with asyncio.timeout(timeout):
                request = Request(method.upper(), checked(url), headers or {}, body)
                with _translated():
                    return await self._follow(request, watch, redirects, limit, verify=verify)
        except TimeoutError:
            raise watch.late(timeout) from None

    async def _follow(self, request: Request, watch: Stopwatch, redirects: int, limit: int, *, verify: bool) -> Reply:
        for _ in range(redirects + 1):
            with watching.watch(request.method, request.url.host or "", request.url.port or 0) as call:
                answer = await self._ask(request, call.headers, verify=verify)
                call.status = answer.status
            try:
                location = answer.headers.get("Location")
                if answer.status not in REDIRECTS or location is None or not redirects:
                    return await _reply(answer, request, watch, limit)
            finally:
                answer.close()
            request = request.redirected(answer.status, location)
            watch.enter(NAME)
        raise Failure("too_many_redirects", f"It redirects more than {redirects} times.")

    async def _ask(self, request: Request, besides: Mapping[str, str], *, verify: bool) -> aiohttp.ClientResponse:
        try:
            return await self._session.request(
                request.method,
                request.url,
                headers={**besides, **request.headers},
                data=request.body,
                allow_redirects=False,
                ssl=verify,
            )
        except Refused:
            if not request.follows:
                raise
            # The address is the target's word, and is not repeated.
            sentence = f"It redirects to an address that may not be reached from here. {self._guard.advice}"
            raise Refused(sentence.rstrip()) from None


async def _reply(answer: aiohttp.ClientResponse, request: Request, watch: Stopwatch, limit: int) -> Reply:
    watch.enter(BODY)
    body = _unpacked(await _read(answer.content, limit), answer.headers.get("Content-Encoding", ""), limit)
    return Reply(answer.status, answer.headers, body, str(request.url), watch.timings(), watch.certificate_expires)


async def _read(content: aiohttp.StreamReader, limit: int) -> bytes:
    """Read to the end, or until there are ``limit`` bytes."""
    body = bytearray()
    while len(body) < limit and (chunk := await content.readany()):
        body += chunk
    return bytes(body[:limit])


def _unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """Unpack what was packed although nobody asked for it, as far as ``limit`` bytes."""
    if encoding.strip().lower() not in {"gzip", "x-gzip", "deflate"}:
        return body
    try:
        # 32 above the largest window: gzip or zlib, whichever it is.
        return zlib.decompressobj(wbits=zlib.MAX_WBITS + 32).decompress(body, limit)
    except zlib.error:
        return body


@contextmanager
def _translated() -> Iterator[None]:
    """Let what aiohttp raises come out as a :class:`Failure`; its texts hold what the target sent."""
    try:
        yield
    except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError) as error:
        raise Failure("connection_closed") from error
    except aiohttp.ClientResponseError as error:
        raise Failure("protocol_error") from error
    except (aiohttp.ClientError, ValueError) as error:
        raise Failure("bad_request") from error
