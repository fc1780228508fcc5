"""Asks name servers for the records of a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import dns.asyncresolver
import dns.exception
import dns.resolver
from dns.rdata import Rdata
from dns.rdtypes.txtbase import TXTBase

from outbound.failures import Failure
from outbound.guard import Guard
from outbound.sockets import resolve
from outbound.stopwatch import Stopwatch
from outbound.urls import read_host

KINDS: Final = ("A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT")


async def records(
    guard: Guard, name: str, kind: str, *, timeout: float, server: tuple[str, int] | None = None
) -> Sequence[str]:
    """Return the records of one of :data:`KINDS` as text, at least one; those of TXT without their quotes.

    Asks ``server`` (host and port, which the guard checks), or the name servers of the system. Raises
    :class:`Failure`, also where the name has no such record.
    """
    watch = Stopwatch()
    resolver = await _resolver(guard, server, timeout) if server else _of_system()
    try:
        answer = await resolver.resolve(read_host(name), kind, lifetime=watch.left(timeout), search=False)
    except dns.resolver.NXDOMAIN:
        raise Failure("dns_failed", "There is no such name.") from None
    except dns.resolver.NoAnswer:
        raise Failure("dns_failed", f"The name has no {kind} record.") from None
    except dns.exception.Timeout:
        raise Failure("timeout", f"The name servers did not answer within {timeout:g} s.") from None
    except (dns.exception.DNSException, OSError):
        raise Failure("dns_failed", "The name servers gave no answer that makes sense.") from None
    return [_text(record) for record in answer]


def _text(record: Rdata) -> str:
    if isinstance(record, TXTBase):
        return b"".join(record.strings).decode("utf-8", "replace")
    return record.to_text()


async def _resolver(guard: Guard, server: tuple[str, int], timeout: float) -> dns.asyncresolver.Resolver:
    """The system's own name servers are the operator's word; any other passes the guard."""
    host, port = server
    made = dns.asyncresolver.Resolver(configure=False)
    made.nameservers = list(await resolve(guard, host, timeout=timeout))
    made.port = port
    return made


def _of_system() -> dns.asyncresolver.Resolver:
    try:
        return dns.asyncresolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        raise Failure("dns_failed", "No name server is set up on this machine.") from None
