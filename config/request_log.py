"""The log of requests: what was asked for, without what opens anything, and without what was typed."""

from __future__ import annotations

import logging
import re
from typing import Final

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.encoding import escape_uri_path
from django_structlog.middlewares import RequestMiddleware

HIDDEN: Final = "…"
# Parts of addresses that let in whoever knows them, as the URL map names them.
OPENING: Final = frozenset({"token", "uidb64"})
# Shorter than any secret of ours, longer than most words.
_LONG: Final = re.compile(r"[^/]{20,}")


class RequestLogMiddleware(RequestMiddleware):
    """Tells each request with the address that may be kept: a log is read by more people than a mail."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Return the method and what may be kept of the address."""
        return f"{request.method} {shown(request)}"


class KeptAddresses(logging.Filter):
    """Takes addresses from the lines in which Django tells a refusal, such as a form from elsewhere."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line through, changed where it names a request."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record.request = RequestLogMiddleware.format_request(request)
            if isinstance(record.args, tuple):
                record.args = tuple(shown(request) if str(arg).startswith("/") else arg for arg in record.args)
        return True


def shown(request: HttpRequest) -> str:
    """Return the path without its query, with a mark in place of each secret.

    An address that is none of ours may be a link with a stop behind it: of that no long part is kept.
    """
    match = request.resolver_match or _match(request.path_info)
    if match is None:
        return escape_uri_path(_LONG.sub("\x00", request.path)).replace("%00", HIDDEN)
    secrets = {value for name, value in match.kwargs.items() if name in OPENING}
    return "/".join(HIDDEN if part in secrets else escape_uri_path(part) for part in request.path.split("/"))


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
