"""Judges IP addresses, and knows them in every spelling. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias

from outbound.networks import Networks
from outbound.special import METADATA, NOWHERE, PRIVATE, PUBLIC_V6, Table

Address: TypeAlias = IPv4Address | IPv6Address

_PART = re.compile(r"0x(?P<hex>[0-9a-f]*)|0(?P<octal>[0-7]+)|(?P<decimal>0|[1-9][0-9]*)", re.ASCII | re.IGNORECASE)

# Where an IPv6 address carries an IPv4 one: the network, the bits to its right, and whether those are turned round.
_CARRIERS: Final = (
    (IPv6Network("::/96"), 0, False),  # compatible, given up
    (IPv6Network("::ffff:0:0:0/96"), 0, False),  # translated
    (IPv6Network("64:ff9b::/96"), 0, False),  # NAT64
    (IPv6Network("64:ff9b:1::/48"), 0, False),  # NAT64 of one's own
    (IPv6Network("2002::/16"), 80, False),  # 6to4
    (IPv6Network("2001::/32"), 0, True),  # Teredo: the client
    (IPv6Network("2001::/32"), 64, False),  # Teredo: the server
)
_LOOPBACK: Final = IPv6Address("::1")


@lru_cache(maxsize=4096)
def fault(text: str, allowed: Networks) -> str:
    """Say what the address is where nobody may connect to it (``a private address``); empty where they may.

    ``text`` is an address as ``getaddrinfo`` returns it. An address inside another is judged as well.
    """
    outer = _unmapped(ip_address(text))
    return next(filter(None, (_fault(address, allowed) for address in (outer, *_carried(outer)))), "")


@lru_cache(maxsize=4096)
def literal(host: str) -> Address | None:
    """Return the address that a host spells, or ``None`` where it is a name.

    A name server is never asked for ``2130706433``, ``0x7f.1`` or ``0177.0.0.1``: the system takes them for
    127.0.0.1. Raises ``ValueError`` where the host ends in a number or holds a colon, and is no address all the same.
    """
    if ":" in host:
        return IPv6Address(host)
    parts = host.rstrip(".").split(".")
    if not parts[-1].isdecimal() and not re.fullmatch(r"0x[0-9a-f]*", parts[-1], re.IGNORECASE):
        return None
    return IPv4Address(_number(parts))


def _number(parts: list[str]) -> int:
    """Return the number of one to four parts, as ``inet_aton`` reads them: the last fills what is left."""
    *first, last = map(_part, parts)
    room = 4 - len(first)
    if room < 1 or any(part > 255 for part in first) or last >= 256**room:
        raise ValueError("too large")
    return last + sum(part << (24 - 8 * place) for place, part in enumerate(first))


def _part(text: str) -> int:
    found = _PART.fullmatch(text)
    if found is None:
        raise ValueError("not a number")
    if found["hex"] is not None:
        return int(found["hex"] or "0", 16)
    return int(found["octal"], 8) if found["octal"] else int(found["decimal"])


def _unmapped(address: Address) -> Address:
    """``::ffff:10.0.0.1`` is the same machine as ``10.0.0.1``."""
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address


def _carried(address: Address) -> Iterator[IPv4Address]:
    if isinstance(address, IPv4Address) or address == _LOOPBACK:
        return
    number = int(address)
    for network, shift, turned in _CARRIERS:
        if address in network:
            yield IPv4Address(((number >> shift) ^ (0xFFFFFFFF if turned else 0)) & 0xFFFFFFFF)
    if (number >> 32) & 0xFCFFFFFF == 0x00005EFE:  # ISATAP, in any network
        yield IPv4Address(number & 0xFFFFFFFF)


def _fault(address: Address, allowed: Networks) -> str:
    if what := _found(address, NOWHERE):
        return what
    if allowed.names(address):
        return ""
    if what := _found(address, METADATA):
        return what
    return "" if allowed.everything else _found(address, PRIVATE) or _unknown(address)


def _found(address: Address, table: Table) -> str:
    return next((what for network, what in table if address in network), "")


def _unknown(address: Address) -> str:
    public = isinstance(address, IPv4Address) or any(address in network for network in PUBLIC_V6)
    return "" if public else "an address outside the public internet"
