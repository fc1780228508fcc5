"""A real mail server of this machine that writes down every arrival, and says what a recipient's name asks it to say.

``rcpt-550.…@example.org`` is refused with 550 when it is named, ``data-552.…`` when the mail is there, ``drop.…`` is
taken and the connection dropped after the last dot, ``drip.…`` is answered a line a second. All others are taken.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

_ASKED = re.compile(r"(rcpt|data)-([45][0-9]{2})\.")


@dataclass
class MailServer:
    """Where it listens, and what arrived. Until ``greeting`` is emptied it greets with that and hangs up."""

    port: int = 0
    arrivals: list[tuple[float, str, bytes]] = field(default_factory=list)
    # How often each recipient was named, whatever came of it.
    asked: Counter[str] = field(default_factory=Counter)
    connections: int = 0
    greeting: str = ""
    # Recipients for whom the server says nothing until ``free`` is set, before it has the mail or when it has it.
    holding: str = ""
    holding_after: str = ""
    free: threading.Event = field(default_factory=threading.Event)
    held: threading.Event = field(default_factory=threading.Event)
    password: str = ""
    says: Callable[[str], str] = lambda _recipient: ""

    @property
    def url(self) -> str:
        """Return it as a setting names it."""
        return f"smtp://127.0.0.1:{self.port}"

    def recipients(self) -> Counter[str]:
        """Return how often each got a mail."""
        return Counter(recipient for _, recipient, _ in self.arrivals)

    def mails(self) -> list[EmailMessage]:
        """Return what arrived, parsed."""
        return [message_from_bytes(raw, policy=POLICY) for _, _, raw in self.arrivals]

    def forget(self) -> None:
        """Be as new."""
        self.arrivals.clear()
        self.asked.clear()
        self.connections, self.greeting, self.password = 0, "", ""
        self.holding = self.holding_after = ""
        self.says = lambda _recipient: ""
        self.free.clear()
        self.held.clear()


class _Handler:
    """What aiosmtpd asks."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names
        self, _smtp: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.server.asked[address] += 1
        asked = _ASKED.match(address)
        said = self.server.says(address) or (f"{asked[2]} no" if asked and asked[1] == "rcpt" else "")
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, smtp: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        address = envelope.rcpt_tos[0]
        asked = _ASKED.match(address)
        if asked and asked[1] == "data":
            return f"{asked[2]} no"
        if self.server.holding and address.startswith(self.server.holding):
            await self._hold()
            # Whoever sent it has been killed meanwhile, and the mail was not taken.
            return "451 too late"
        self.server.arrivals.append((time.time(), address, cast("bytes", envelope.content)))
        if self.server.holding_after and address.startswith(self.server.holding_after):
            await self._hold()
        if address.startswith("drop."):
            cast("asyncio.Transport", smtp.transport).abort()
        if address.startswith("drip."):
            for _ in range(60):
                await smtp.push("250-wait")
                await asyncio.sleep(1)
        return "250 taken"

    async def _hold(self) -> None:
        self.server.held.set()
        await asyncio.to_thread(self.server.free.wait)


class _Smtp(SMTP):
    """aiosmtpd's server, which can be told to turn everybody away."""

    mail: MailServer

    async def _handle_client(self) -> None:
        self.mail.connections += 1
        if self.mail.greeting:
            await self.push(self.mail.greeting)
            cast("asyncio.Transport", self.transport).close()
            return
        await super()._handle_client()


def _protocol(server: MailServer) -> SMTP:
    def sign_in(_smtp: object, _session: object, _envelope: object, _way: str, data: Any) -> AuthResult:
        right = bool(server.password) and data.password.decode() == server.password
        return AuthResult(success=right, handled=False)

    found = _Smtp(_Handler(server), authenticator=sign_in, auth_require_tls=False, enable_SMTPUTF8=False)
    found.mail = server
    return found


@contextmanager
def serving(port: int = 0) -> Iterator[MailServer]:
    """Serve from a thread."""
    server, ready = MailServer(), threading.Event()
    stop: list[Callable[[], object]] = []

    async def serve() -> None:
        loop, stopping = asyncio.get_running_loop(), asyncio.Event()
        listening = await loop.create_server(lambda: _protocol(server), "127.0.0.1", port, backlog=1024)
        server.port = listening.sockets[0].getsockname()[1]
        stop.append(lambda: loop.call_soon_threadsafe(stopping.set))
        ready.set()
        await stopping.wait()
        server.free.set()
        listening.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield server
    finally:
        stop[0]()
        thread.join()
