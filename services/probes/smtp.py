"""Heartbeats of mail servers. They introduce themselves and leave: no mail is ever sent."""

from __future__ import annotations

import re
from asyncio import StreamReader, StreamWriter
from urllib.parse import urlsplit

from django.conf import settings

import outbound
from services.probes.addresses import host_port, split
from services.probes.options import Option, Target
from services.probes.outcome import Outcome, failed, passed
from services.probes.probe import Check, Probe

# Longer greetings are no greetings.
MOST_LINES = 100
_NUMBER = re.compile(r"[0-9]{3}(?=[ -]|$)")


class Unwelcome(Exception):
    """The server answered, but not as one that takes mail. The message is a sentence."""


class Smtp(Probe):
    """Reads the banner, says EHLO, and STARTTLS where asked to."""

    kind = "smtp"
    label = "Mail server"
    about = "A mail server greets, takes EHLO and, if you say so, encrypts. No mail is sent."
    target = Target("Host and port", "mail.example.com:25", "A name or an address, and the port.", host_port)
    options = (
        Option(
            "security",
            "Encryption",
            "choice",
            default="none",
            choices=("none", "starttls", "tls"),
            help="starttls: after the greeting, as on port 587. tls: from the first byte, as on port 465.",
        ),
        Option(
            "verify_tls",
            "Verify the certificate",
            "boolean",
            default=True,
            help="Without it an expired or wrong certificate passes.",
        ),
    )

    async def ask(self, check: Check) -> Outcome:
        """Greet, and leave."""
        host, port = split(check.target)
        security, verify = check.text("security"), check.flag("verify_tls")
        reader, writer = await outbound.connect(
            check.tools.guard, host, port, timeout=check.timeout, tls=security == "tls", verify=verify
        )
        try:
            offers = await _greet(reader, writer)
            if security == "starttls":
                if "STARTTLS" not in offers:
                    return failed("starttls_missing", "The server does not offer STARTTLS.", check.elapsed())
                await _tell(reader, writer, "STARTTLS", "220")
                await outbound.start_tls(writer, host, timeout=check.timeout, verify=verify)
                await _tell(reader, writer, f"EHLO {_us()}", "250")
            return await _leave(check, writer)
        except Unwelcome as error:
            return failed("unwelcome", str(error), check.elapsed())
        finally:
            writer.close()


async def _greet(reader: StreamReader, writer: StreamWriter) -> set[str]:
    """Return what the server offers."""
    await _answer(reader, "220", "the connection")
    return {offer.strip().upper() for offer in await _tell(reader, writer, f"EHLO {_us()}", "250")}


async def _leave(check: Check, writer: StreamWriter) -> Outcome:
    took = check.elapsed()
    writer.write(b"QUIT\r\n")
    await writer.drain()
    return passed(took)


def _us() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


async def _tell(reader: StreamReader, writer: StreamWriter, command: str, code: str) -> list[str]:
    writer.write(f"{command}\r\n".encode())
    await writer.drain()
    return await _answer(reader, code, command.partition(" ")[0])


async def _answer(reader: StreamReader, code: str, about: str) -> list[str]:
    """Return what the lines of the answer say. Raises :class:`Unwelcome` when it begins with another number."""
    said: list[str] = []
    for _ in range(MOST_LINES):
        line = await _line(reader)
        number = _NUMBER.match(line)
        if number is None or number[0] != code:
            raise Unwelcome(f"To {about} the server answered {number[0] if number else 'no number'}, not {code}.")
        said.append(line[4:])
        if line[3:4] != "-":
            return said
    raise Unwelcome(f"To {about} the server answered with more than {MOST_LINES} lines.")


async def _line(reader: StreamReader) -> str:
    try:
        line = await reader.readline()
    except ValueError:
        raise Unwelcome("The server sent a line that has no end.") from None
    if not line.endswith(b"\n"):
        raise Unwelcome("The server hung up before it had answered.")
    return line.decode("ascii", "replace").rstrip("\r\n")
