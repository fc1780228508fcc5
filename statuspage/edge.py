"""The first door: answers what is published from memory. No database, no session, no cookie, no Django.

A pure ASGI application. Whatever it does not hold goes to the application behind it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from django.http.request import split_domain_port, validate_host

from statuspage import addresses, badges, negotiation
from statuspage.entry import Entry, Headers, Message, Ready
from statuspage.shelf import Shelf

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
Answer: TypeAlias = tuple[Message, Message]

NOTHING: Message = {"type": "http.response.body", "body": b"", "more_body": False}
READING = frozenset({"GET", "HEAD"})
REMEMBERED = 1_000
# Longer values of a header are no client's of good will, and are not worth remembering.
LONGEST = 256


class Edge:
    """Serves ``shelf`` before ``app``. ``hosts`` is ``ALLOWED_HOSTS``; ``request_id`` turns an offered id into ours."""

    def __init__(
        self,
        app: App,
        shelf: Shelf,
        *,
        hosts: list[str],
        request_id: Callable[[str], str],
        session_cookie: str,
        extra: Headers | None = None,
    ) -> None:
        self.app = app
        self.shelf = shelf
        self.hosts = hosts
        self.request_id = request_id
        self.session_cookie = session_cookie.encode() + b"="
        self.extra = extra or []
        self._codings: dict[bytes, tuple[str, ...]] = {}
        self._known_hosts: dict[bytes, bool] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on."""
        if scope["type"] == "http" and scope["method"] in READING:
            answer = self.answer(scope)
            if answer is not None:
                await send(answer[0])
                await send(answer[1])
                return
        await self.app(scope, receive, send)

    def answer(self, scope: Scope) -> Answer | None:
        """Return the two messages of the answer; ``None`` when the application behind must give it."""
        path: str = scope["path"]
        query: bytes = scope["query_string"]
        known = query and (path in addresses.PARAMETER or path in addresses.SEARCHES or path.endswith(badges.END))
        entry = None if known else self.shelf.held.entries.get(path)
        if entry is None:
            entry = self._search(path, query)
            if entry is None:
                return self._home(scope) if path == "/" else None
        encoding = wanted = host = offered = b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                encoding = encoding + b"," + value if encoding else value
            elif name == b"if-none-match":
                wanted = wanted + b"," + value if wanted else value
            elif name == b"host":
                host = value
            elif name == b"x-request-id":
                offered = value
        if not self._serves(host):
            return None
        return self._ready(entry, path, scope["method"], encoding, wanted, offered)

    def _ready(self, entry: Entry, path: str, method: str, encoding: bytes, wanted: bytes, offered: bytes) -> Answer:
        added = self.extra
        if self.shelf.stale:
            entry = self.shelf.marked(entry)
            added = [*added, (b"age", str(int(self.shelf.age())).encode())]
        if path.startswith("/api/"):
            added = [*added, (b"x-request-id", self.request_id(offered.decode("latin-1")).encode())]
        ready = entry.ready(self._codings.get(encoding) or self._negotiate(encoding))
        start, body = _choose(ready, method, wanted)
        return ({**start, "headers": start["headers"] + added} if added else start), body

    def _search(self, path: str, query: bytes) -> Entry | None:
        """Look a second time, for addresses with a parameter or a slash at the end."""
        if not path.startswith(("/status", "/api/v1/status")):
            return None
        return self.shelf.find(addresses.canonical(path, query.decode("latin-1")))

    def _negotiate(self, header: bytes) -> tuple[str, ...]:
        if len(header) > LONGEST:
            return (negotiation.IDENTITY,)
        if len(self._codings) >= REMEMBERED:
            self._codings.clear()
        return self._codings.setdefault(header, negotiation.accepted(header))

    def _serves(self, host: bytes) -> bool:
        known = self._known_hosts.get(host)
        if known is None:
            if len(host) > LONGEST:
                return False
            if len(self._known_hosts) >= REMEMBERED:
                self._known_hosts.clear()
            domain, _ = split_domain_port(host.decode("latin-1"))
            known = self._known_hosts[host] = bool(domain) and validate_host(domain, self.hosts)
        return known

    def _home(self, scope: Scope) -> Answer | None:
        """Send everybody but a signed-in operator from ``/`` to the page, without asking Django who they are."""
        headers = dict(scope["headers"])
        if self.session_cookie in headers.get(b"cookie", b"") or not self._serves(headers.get(b"host", b"")):
            return None
        there = [(b"location", addresses.PAGE.encode()), (b"cache-control", b"no-store"), (b"content-length", b"0")]
        return {"type": "http.response.start", "status": 302, "headers": there + self.extra}, NOTHING


def _choose(ready: Ready, method: str, wanted: bytes) -> Answer:
    if wanted and (wanted == ready.etag or negotiation.matches(wanted, ready.etag)):
        return ready.same, NOTHING
    return ready.start, ready.body if method == "GET" else NOTHING
