"""What the second door is handed: who may listen, where callers come from, how a refusal looks, how many may come."""

from __future__ import annotations

import resource
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie
from django.http.request import split_domain_port, validate_host
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from structlog.contextvars import bound_contextvars

from accounts.api import problems
from accounts.api.authentication import KeyAuthentication, SessionAuthentication, role_of_caller
from accounts.api.problems import Problem, problem_of
from accounts.api.shortfall import shortfall
from accounts.client import network_of
from accounts.roles import Role
from events.streams.outside import Answer, Refusal, Scope
from events.streams.places import Places

# Longer names of hosts are nobody's.
LONGEST = 256
# Files and connections that everything but the streams may need.
SPARE_FILES = 512
WANTED_FILES = 65_536


def request_of(scope: Scope) -> HttpRequest:
    """Return the request as Django would see it, as far as doors look at it. Headers with an underscore are dropped."""
    request = HttpRequest()
    request.method, request.path = scope["method"], scope["path"]
    for name, value in scope["headers"]:
        if b"_" not in name:
            key = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
            text = value.decode("latin-1")
            joint = "; " if key == "HTTP_COOKIE" else ","
            request.META[key] = f"{request.META[key]}{joint}{text}" if key in request.META else text
    request.META["REMOTE_ADDR"] = (scope.get("client") or ("",))[0]
    request.COOKIES = parse_cookie(request.META.get("HTTP_COOKIE", ""))
    return request


def enter(scope: Scope) -> None:
    """Let in who may read the console: a session, or a key whose scope reaches. Raises what the API raises."""
    request = request_of(scope)
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    by_key = KeyAuthentication()
    caller = Request(request, authenticators=[by_key, SessionAuthentication()])
    role = role_of_caller(caller)
    if role is None and caller.auth is None:
        error = NotAuthenticated()
        error.auth_header = by_key.authenticate_header(caller)  # type: ignore[attr-defined]
        raise error
    if role is None or not role.includes(Role.VIEWER):
        raise PermissionDenied(shortfall(caller, Role.VIEWER))


def address_of(scope: Scope) -> str:
    """Return what stands for one caller when streams are counted."""
    return network_of(request_of(scope))


@lru_cache(1000)
def _serves(host: bytes) -> bool:
    domain, _ = split_domain_port(host.decode("latin-1"))
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def serves(host: bytes) -> bool:
    """Say whether this is a name of ours."""
    return len(host) <= LONGEST and _serves(host)


def answer(error: Exception, request_id: str) -> Answer | None:
    """Return the refusal in the API's one format; None for a fault of ours."""
    problem = _problem(error)
    if problem is None:
        return None
    with bound_contextvars(request_id=request_id):
        reply = problems.answer(problem)
    reply["Cache-Control"] = "no-store"
    reply["X-Content-Type-Options"] = "nosniff"
    reply["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    reply["Content-Length"] = str(len(reply.content))
    headers = [(name.lower().encode(), value.encode()) for name, value in reply.items()]
    return Answer(reply.status_code, headers, reply.content)


def _problem(error: Exception) -> Problem | None:
    if isinstance(error, Refusal):
        return Problem(error.status, error.detail, errors=error.errors, headers=error.headers)
    return problem_of(error)


def places() -> Places:
    """Return how many streams this process has room for: never so many that a page finds no free connection."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(hard, WANTED_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    room = max(0, (WANTED_FILES if soft == resource.RLIM_INFINITY else soft) - SPARE_FILES)
    return Places(per_address=settings.STREAMS_PER_ADDRESS, at_once=min(settings.STREAMS_AT_ONCE, room))
