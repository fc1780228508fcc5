"""Heartbeats of anything that listens on a port."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import outbound
from services.probes.addresses import host_port, split
from services.probes.options import Option, Target
from services.probes.outcome import Outcome, failed, passed
from services.probes.probe import Check, Probe

if TYPE_CHECKING:
    from asyncio import StreamReader

READ = 64 * 1024
# Of the time that is left, so that "something else came" is not told as "nothing came".
LISTEN = 0.9


def octets(text: str) -> bytes:
    r"""Return what is sent for a text in which ``\r``, ``\n``, ``\t``, ``\0``, ``\\`` and ``\xNN`` stand for a byte.

    Raises ``ValueError`` with a sentence.
    """
    sent, rest = bytearray(), text
    while rest:
        plain, slash, rest = rest.partition("\\")
        sent += plain.encode()
        if slash:
            byte, rest = _escaped(rest)
            sent.append(byte)
    return bytes(sent)


_ESCAPES = {"r": 13, "n": 10, "t": 9, "0": 0, "\\": 92}


def _escaped(rest: str) -> tuple[int, str]:
    if rest[:1] in _ESCAPES:
        return _ESCAPES[rest[0]], rest[1:]
    digits = rest[1:3]
    if rest[:1] == "x" and len(digits) == 2 and set(digits) <= set("0123456789abcdefABCDEF"):
        return int(digits, 16), rest[3:]
    raise ValueError("After a backslash comes r, n, t, 0, another backslash, or x and two hexadecimal digits.")


class Tcp(Probe):
    """Connects; may send something and listen for an answer."""

    kind = "tcp"
    label = "TCP port"
    about = "A port accepts connections and, if you say so, answers with an expected text."
    target = Target("Host and port", "db.example.com:5432", "A name or an address, and the port.", host_port)
    options = (
        Option(
            "send",
            "Send",
            "text",
            default="",
            help=r"Sent once connected; \r\n is a line break, \x00 a byte. Empty: nothing.",
            max=2000,
            check=octets,
        ),
        Option(
            "expect",
            "Expected text",
            "text",
            default="",
            help="A text that must come back. Empty: none.",
            max=500,
            check=octets,
        ),
    )

    async def ask(self, check: Check) -> Outcome:
        """Connect, send, listen."""
        host, port = split(check.target)
        reader, writer = await outbound.connect(check.tools.guard, host, port, timeout=check.timeout)
        try:
            writer.write(octets(check.text("send")))
            await writer.drain()
            wanted = octets(check.text("expect"))
            if wanted and not await _hears(reader, wanted, check.left() * LISTEN):
                return failed("text_missing", "What came back does not hold the expected text.", check.elapsed())
            return passed(check.elapsed())
        finally:
            writer.close()


async def _hears(reader: StreamReader, wanted: bytes, patience: float) -> bool:
    """Say whether ``wanted`` comes. Raises ``TimeoutError`` when nothing at all does."""
    heard = bytearray()
    try:
        async with asyncio.timeout(patience):
            while len(heard) < READ and (more := await reader.read(4096)):
                # The end of what came before may be the beginning of it.
                start = max(0, len(heard) - len(wanted))
                heard += more
                if heard.find(wanted, start) >= 0:
                    return True
    except TimeoutError:
        if not heard:
            raise
    return False
