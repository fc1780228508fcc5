"""What the addresses for machines share: no session, no form token, no redirect, and a key in constant time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TypeAlias

import structlog
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from accounts.api.authentication import key_text
from accounts.api.parsers import coding_of
from accounts.models import ApiKey
from accounts.roles import Scope
from alerts.models import Integration
from alerts.signal import Malformed

log = structlog.get_logger(__name__)
MEGABYTE = 1024 * 1024
# A batch of Prometheus has up to 256 alerts, a webhook a whole group.
LARGEST = 4 * MEGABYTE
# In seconds: when to come again after a 503.
SOON = "5"

View: TypeAlias = Callable[[HttpRequest], HttpResponse]
Refuse: TypeAlias = Callable[[int, str], HttpResponse]


class Turned(Exception):
    """The request is refused with ``status``; the text says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def door(refuse: Refuse, *methods: str) -> Callable[[View], View]:
    """Let these methods in. ``refuse`` makes the answer of a refusal, in the words of the format.

    A database in trouble is 503, which every sender tries again.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def run(request: HttpRequest) -> HttpResponse:
            if request.method not in methods:
                answer = refuse(405, f"Use {' or '.join(methods)} here.")
                answer["Allow"] = ", ".join(methods)
                return answer
            return _try(view, request, refuse)

        return run

    return decorate


def _try(view: View, request: HttpRequest, refuse: Refuse) -> HttpResponse:
    try:
        return view(request)
    except Turned as turned:
        answer = refuse(turned.status, str(turned))
        if turned.status == 401:
            answer["WWW-Authenticate"] = 'Bearer realm="alerts"'
        return answer
    except Malformed as error:
        return refuse(400, str(error))
    except (OperationalError, InterfaceError) as error:
        log.warning("alerts_not_taken", error=str(error))
        return away(refuse)


def away(refuse: Refuse) -> HttpResponse:
    """Return the 503 that every sender tries again after."""
    answer = refuse(503, "The database does not answer. Send it again.")
    answer["Retry-After"] = SOON
    return answer


def body_of(request: HttpRequest, most: int = LARGEST) -> bytes:
    """Return the body; raises ``Turned`` for one that is encoded, without a length or larger than ``most`` bytes."""
    if request.headers.get("Transfer-Encoding") and not request.headers.get("Content-Length"):
        raise Turned(411, "Send the body with a Content-Length, not in chunks.")
    if coding := coding_of(request.headers):
        raise Turned(415, f"The body is encoded ({coding}). Send it as it is, without Content-Encoding.")
    body = request.read(most + 1)
    if len(body) > most:
        raise Turned(413, f"The body is larger than {most} bytes.")
    return body


def json_only(request: HttpRequest) -> None:
    """Raise ``Turned`` (415) unless the body is said to be JSON."""
    said = request.content_type or "a body without a type"
    if said != "application/json":
        raise Turned(415, f"Send application/json, not {said[:100]}.")


def integration_of(request: HttpRequest, now: datetime) -> Integration:
    """Return whose key the request has, as Bearer or as the password of Basic; raises ``Turned``."""
    text = key_text(request.headers.get("Authorization", ""), as_password=True)
    if text is None:
        raise Turned(401, "Send an API key with the scope alerts, as Bearer token or as the password of Basic.")
    return integration_by(text, now)


def integration_by(text: str, now: datetime) -> Integration:
    """Return the integration of the key with this text; raises ``Turned`` for a key that is no good."""
    key = ApiKey.objects.by_secret(text, now=now, also=["integration"])
    if key is None:
        raise Turned(401, "This API key is not valid. Make a new one in the console, or ask an admin.")
    if Scope.ALERTS not in key.scopes:
        raise Turned(403, "This API key has not the scope alerts.")
    key.touch(now)
    return Integration.objects.of(key, now)
