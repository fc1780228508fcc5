"""The one guarded door to the outside: whoever opens a connection to a target does it from here.

Knows nothing of the product. Names that need aiohttp are fetched when they are first asked for: the web process checks
addresses as they are typed, and connects to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.failures import CODES, Failure, Refused
from outbound.guard import Guard
from outbound.networks import Networks

if TYPE_CHECKING:
    from outbound.http import Client, Reply
    from outbound.names import records
    from outbound.sockets import certificate_expires, connect, resolve, start_tls
    from outbound.stopwatch import Timings

__all__ = [
    "CODES",
    "Client",
    "Failure",
    "Guard",
    "Networks",
    "Refused",
    "Reply",
    "Timings",
    "certificate_expires",
    "client",
    "connect",
    "records",
    "resolve",
    "start_tls",
]

_LATER = {
    "Client": "http",
    "Reply": "http",
    "Timings": "stopwatch",
    "certificate_expires": "sockets",
    "connect": "sockets",
    "records": "names",
    "resolve": "sockets",
    "start_tls": "sockets",
}


def client(guard: Guard, *, user_agent: str) -> Client:
    """Return a client for ``async with``; it introduces itself as ``user_agent``."""
    from outbound.http import Client

    return Client(guard, user_agent=user_agent)


def __getattr__(name: str) -> object:
    """Fetch a name of :data:`_LATER`."""
    from importlib import import_module

    if name not in _LATER:
        raise AttributeError(f"module 'outbound' has no attribute {name!r}")
    return getattr(import_module(f"outbound.{_LATER[name]}"), name)
