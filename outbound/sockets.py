"""The one place that opens connections: to addresses that the guard has checked, and to no others."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aiohappyeyeballs import AddrInfoType, start_connection

from outbound.errors import translated
from outbound.failures import Failure
from outbound.guard import Guard
from outbound.lookup import TooManyLookups
from outbound.stopwatch import CONNECT, TLS, WAIT, Stopwatch
from outbound.tls import context, expires
from outbound.urls import read_host

# The next address is tried when the one before is silent for as long (RFC 8305).
PATIENCE: Final = 0.25

_LOOKUP_REASONS: Final = {
    socket.EAI_NONAME: "There is no such name.",
    socket.EAI_AGAIN: "The name servers did not answer.",
    socket.EAI_FAIL: "The name servers refused to answer.",
}


async def resolve(guard: Guard, host: str, *, timeout: float) -> Sequence[str]:
    """Return the addresses of ``host``, each checked. Raises :class:`Failure`."""
    watch = Stopwatch()
    try:
        async with asyncio.timeout(timeout):
            return await _addresses(guard, host)
    except TimeoutError:
        raise watch.late(timeout) from None


async def connect(
    guard: Guard,
    host: str,
    port: int,
    *,
    timeout: float,
    tls: bool = False,
    server_name: str | None = None,
    verify: bool = True,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a connection within ``timeout`` seconds, from the name to the end of the TLS handshake.

    ``server_name`` is who the certificate must be for, if not ``host``. Raises :class:`Failure`.
    """
    watch = Stopwatch()
    try:
        async with asyncio.timeout(timeout):
            opened = await open_socket(guard, host, port, watch)
            if not tls:
                return await asyncio.open_connection(sock=opened)
            watch.enter(TLS)
            name = name_in_certificate(server_name or host)
            with translated():
                return await asyncio.open_connection(sock=opened, ssl=context(verify=verify), server_hostname=name)
    except TimeoutError:
        raise watch.late(timeout) from None


async def start_tls(writer: asyncio.StreamWriter, server_name: str, *, timeout: float, verify: bool = True) -> None:
    """Turn an open connection into a secure one, as SMTP does. Raises :class:`Failure`."""
    watch = Stopwatch()
    watch.enter(TLS)
    try:
        async with asyncio.timeout(timeout):
            with translated():
                await writer.start_tls(context(verify=verify), server_hostname=name_in_certificate(server_name))
    except TimeoutError:
        raise watch.late(timeout) from None


def certificate_expires(writer: asyncio.StreamWriter) -> datetime | None:
    """Return when the certificate of a secure connection ends, UTC; ``None`` without TLS."""
    connection: ssl.SSLObject | None = writer.get_extra_info("ssl_object")
    return expires(connection) if connection else None


async def open_socket(guard: Guard, host: str, port: int, watch: Stopwatch) -> socket.socket:
    """Resolve once, check every address, and connect to one of those. Raises :class:`Failure`."""
    addresses = await _addresses(guard, host)
    watch.enter(CONNECT)

    def checked_socket(info: AddrInfoType) -> socket.socket:
        """Check again where nothing lies between the check and the connection."""
        guard.check_address(str(info[4][0]), name=host)
        return socket.socket(*info[:3])

    infos = [_info(address, port) for address in addresses]
    with translated():
        opened = await start_connection(infos, happy_eyeballs_delay=PATIENCE, socket_factory=checked_socket)
    watch.enter(WAIT)
    return opened


def name_in_certificate(host: str) -> str:
    """Return the name that a certificate must be for: without the dot at its end."""
    return read_host(host).rstrip(".")


def _info(address: str, port: int) -> AddrInfoType:
    if ":" in address:
        return socket.AF_INET6, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port, 0, 0)
    return socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port)


async def _addresses(guard: Guard, host: str) -> Sequence[str]:
    try:
        addresses = await guard.addresses(host)
    except TooManyLookups:
        raise Failure("dns_failed", "Too many name lookups hang; the name servers may be away.") from None
    except socket.gaierror as error:
        raise Failure("dns_failed", _LOOKUP_REASONS.get(error.errno or 0, "")) from None
    except (OSError, UnicodeError):
        raise Failure("dns_failed") from None
    if not addresses:
        raise Failure("dns_failed", "The name has no address.")
    return addresses
