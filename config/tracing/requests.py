"""The span of a request, around everything that Django does for it. What the edge answers from memory has none."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from opentelemetry.trace import Span, SpanKind

from config.logs import PROBES
from config.request_log import shown
from config.tracing.spans import begun_by, failed, span

# What a route says besides where it is a regular expression.
_PATTERN = re.compile(r"\^|(?:/\?)?\$$")
# Others are of the caller's making.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class TraceMiddleware:
    """The first of all, so that the others are within."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within a span, which goes on with the caller's trace where the caller has one."""
        method = request.method if request.method in METHODS else "_OTHER"
        if f"{method} {request.path_info}".startswith(PROBES):
            return self.get_response(request)
        sent = {name: request.META.get(f"HTTP_{name.upper()}", "") for name in ("traceparent", "tracestate")}
        attributes = {"http.request.method": str(method), "url.scheme": str(request.scheme)}
        with begun_by(sent), span(str(method), SpanKind.SERVER, attributes) as opened:
            response = self.get_response(request)
            if opened.is_recording():
                _tell(opened, request, response)
            return response


def _tell(opened: Span, request: HttpRequest, response: HttpResponse) -> None:
    """Say what was asked for and what came of it: the address as the log has it, without query and secrets."""
    opened.set_attribute("url.path", shown(request))
    opened.set_attribute("http.response.status_code", response.status_code)
    opened.set_attribute("opstatus.request_id", getattr(request, "request_id", ""))
    if request.resolver_match:
        route = f"/{_PATTERN.sub('', request.resolver_match.route)}"
        opened.set_attribute("http.route", route)
        opened.update_name(f"{request.method} {route}")
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        failed(opened, str(response.status_code))
