"""Lets aiohttp connect through the guarded door, and through no other."""

from __future__ import annotations

from contextvars import ContextVar
from ssl import SSLObject
from typing import TYPE_CHECKING, Final

import aiohttp
from aiohttp.client_proto import ResponseHandler

from outbound.errors import translated
from outbound.guard import Guard
from outbound.sockets import name_in_certificate, open_socket
from outbound.stopwatch import TLS, WAIT, Stopwatch
from outbound.tls import context, expires

if TYPE_CHECKING:
    from socket import socket

    from aiohttp import ClientRequest, ClientTimeout
    from aiohttp.tracing import Trace

# Of the call that this task makes: aiohttp hands nothing of ours through to the connection.
watch_of_call: ContextVar[Stopwatch] = ContextVar("outbound.watch")

# Seconds that the other side has to say good-bye.
_GOODBYE: Final = 1.0


class GuardedConnector(aiohttp.BaseConnector):
    """A new connection for each request: a check that finds an old one open has not checked name, way and certificate.

    The engine says how many go on at once, so there is no limit here.
    """

    allowed_protocol_schema_set = frozenset({"http", "https"})

    def __init__(self, guard: Guard) -> None:
        super().__init__(force_close=True, limit=0)
        self._guard = guard

    async def _create_connection(
        self,
        req: ClientRequest,
        traces: list[Trace],  # noqa: ARG002 - aiohttp's call
        timeout: ClientTimeout,  # noqa: ARG002 - aiohttp's call
    ) -> ResponseHandler:
        """Raises :class:`Failure`, which aiohttp lets through."""
        watch = watch_of_call.get()
        opened = await open_socket(self._guard, req.host, req.port or 0, watch)
        if req.is_ssl():
            return await self._secured(opened, req, watch)
        _, protocol = await self._loop.create_connection(self._factory, sock=opened)
        return protocol

    async def _secured(self, opened: socket, req: ClientRequest, watch: Stopwatch) -> ResponseHandler:
        watch.enter(TLS)
        with translated():
            transport, protocol = await self._loop.create_connection(
                self._factory,
                sock=opened,
                ssl=context(verify=req.ssl is True, http=True),
                server_hostname=name_in_certificate(req.host),
                ssl_shutdown_timeout=_GOODBYE,
            )
        connection: SSLObject = transport.get_extra_info("ssl_object")
        watch.certificate_expires = expires(connection)
        watch.enter(WAIT)
        return protocol
