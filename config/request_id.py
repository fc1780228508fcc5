"""One id for everything that a request causes: its answer, its log lines, its tasks, its events."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")


def request_id(offered: str) -> str:
    """Return the id that the caller offers if it is sane, otherwise a new one.

    An id goes into logs and headers, so line breaks, markup and essays are not taken over.
    """
    return offered if SANE.fullmatch(offered) else str(uuid.uuid4())


class RequestIdMiddleware:
    """Gives each request its id, binds it to the log, and answers with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its id in the header."""
        # Not from request.headers: that is computed once, at the first look, and would keep what was offered.
        chosen = request_id(request.META.get("HTTP_X_REQUEST_ID", ""))
        # Later readers of the header, the log's middleware among them, see the id that was chosen.
        request.META["HTTP_X_REQUEST_ID"] = chosen
        request.request_id = chosen  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request_id=chosen):
            response = self.get_response(request)
        response[HEADER] = chosen
        return response
