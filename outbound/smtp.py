"""Handing mails to a mail server: one connection, many mails (RFC 5321), through the guarded door."""

from __future__ import annotations

import base64
import re
from asyncio import StreamReader, StreamWriter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from outbound.failures import Failure
from outbound.guard import Guard
from outbound.sockets import connect, start_tls

# Longer answers are no answers.
MOST_LINES: Final = 100
_CODE = re.compile(rb"([2-5][0-9]{2})([ -])(?:([245]\.[0-9]{1,3}\.[0-9]{1,3})\b)?")
_DOT = re.compile(rb"^\.", re.MULTILINE)


class Stage(StrEnum):
    """Where in the conversation a server said no."""

    GREETING = "greeting"
    HELLO = "hello"
    SIGN_IN = "sign_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    MESSAGE = "message"


class Declined(Exception):
    """The server said no. ``code`` is its number, ``enhanced`` RFC 3463's (``5.1.1``) if any; never its words."""

    def __init__(self, stage: Stage, code: int, enhanced: str = "") -> None:
        self.stage, self.code, self.enhanced = stage, code, enhanced
        super().__init__(f"{stage} {code} {enhanced}".rstrip())


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in. ``security`` is ``none``, ``starttls`` or ``tls``; ``name`` is what we are called."""

    host: str
    port: int
    security: str = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    name: str = "localhost"


class Connection:
    """One conversation with a mail server, open until :meth:`close`. Raises :class:`Failure` and :class:`Declined`."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.offers: set[str] = set()
        # Once the last dot is out, nobody knows whether the mail was taken until the server says so.
        self.is_out = False

    @classmethod
    async def open(cls, server: MailServer, guard: Guard, *, timeout: float) -> Connection:
        """Connect, greet, encrypt and sign in."""
        tls = server.security == "tls"
        reader, writer = await connect(guard, server.host, server.port, timeout=timeout, tls=tls)
        connection = cls(reader, writer)
        try:
            await connection._begin(server, timeout)
        except BaseException:
            connection.close()
            raise
        return connection

    async def send(self, sender: str, recipient: str, message: bytes) -> None:
        """Hand over one mail, whole as it travels (CRLF)."""
        self.is_out = False
        await self._say(f"MAIL FROM:<{sender}>", Stage.SENDER)
        await self._say(f"RCPT TO:<{recipient}>", Stage.RECIPIENT)
        await self._say("DATA", Stage.MESSAGE, 354)
        body = message if message.endswith(b"\r\n") else message + b"\r\n"
        self._writer.write(_DOT.sub(b"..", body) + b".\r\n")
        self.is_out = True
        await self._writer.drain()
        await self._answer(Stage.MESSAGE, 250)

    async def reset(self) -> None:
        """Forget a mail that was declined half-way, so that the next can be handed over."""
        await self._say("RSET", Stage.HELLO)

    def close(self) -> None:
        """Leave, without waiting for a good-bye."""
        if not self._writer.is_closing():
            self._writer.write(b"QUIT\r\n")
        self._writer.close()

    @property
    def is_open(self) -> bool:
        """Say whether the other side has not left, as far as we have heard."""
        return not self._reader.at_eof() and not self._writer.is_closing()

    async def _begin(self, server: MailServer, timeout: float) -> None:
        await self._answer(Stage.GREETING, 220)
        await self._hello(server)
        if server.security == "starttls":
            await self._say("STARTTLS", Stage.HELLO, 220)
            await start_tls(self._writer, server.host, timeout=timeout)
            await self._hello(server)
        if server.user:
            secret = f"\0{server.user}\0{server.password}".encode()
            await self._say(f"AUTH PLAIN {base64.b64encode(secret).decode()}", Stage.SIGN_IN, 235)

    async def _hello(self, server: MailServer) -> None:
        lines = await self._say(f"EHLO {server.name}", Stage.HELLO)
        self.offers = {line[4:].strip().decode("ascii", "replace").upper() for line in lines[1:]}

    async def _say(self, command: str, stage: Stage, wanted: int = 250) -> list[bytes]:
        self._writer.write(f"{command}\r\n".encode())
        await self._writer.drain()
        return await self._answer(stage, wanted)

    async def _answer(self, stage: Stage, wanted: int) -> list[bytes]:
        """Return the lines of the answer."""
        lines: list[bytes] = []
        while len(lines) < MOST_LINES:
            lines.append(await self._line())
            found = _CODE.match(lines[-1])
            if found is None:
                raise Failure("protocol_error", "What it answered is no mail server's answer.")
            if found[2] == b"-":
                continue
            code = int(found[1])
            if code // 100 != wanted // 100 or (wanted == 354 and code != 354):
                raise Declined(stage, code, (found[3] or b"").decode())
            return lines
        raise Failure("protocol_error", "Its answer has no end.")

    async def _line(self) -> bytes:
        try:
            line = await self._reader.readline()
        except ValueError:
            raise Failure("protocol_error", "It sent a line that has no end.") from None
        except OSError:
            raise Failure("connection_closed") from None
        if not line.endswith(b"\n"):
            raise Failure("connection_closed")
        return line if line[3:4] in (b" ", b"-") else line.rstrip() + b" \r\n"
