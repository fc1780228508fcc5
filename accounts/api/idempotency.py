"""``Idempotency-Key``: a POST that is sent again gets the first answer again and does nothing twice.

The key is claimed in a transaction of its own; then the view runs, and its answer is stored in the same transaction as
the change it speaks of. So there is no moment in which the change is made and the answer unknown.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

import structlog
from django.db import DatabaseError
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.authentication import ANONYMOUS, actor_of_caller
from accounts.api.problems import Problem
from accounts.client import network_of
from accounts.models.stored_reply import KEPT, Call, OtherBody, StillRunning, StoredReply
from events.command import join

log = structlog.get_logger(__name__)

HEADER = "Idempotency-Key"
REPLAY = "Idempotent-Replay"
_SANE = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("Location",)

Handler = Callable[..., Response]


class _FailedError(Exception):
    """Carries an answer of 400 or more past the transaction that it must not commit."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def once(
    handler: Handler, shown_once: Collection[str] = (), repeats: timedelta | None = None, *, joined: bool = True
) -> Handler:
    """Return ``handler`` so that it runs once for each key; without the header it runs as it is.

    ``shown_once`` names members of the answer that are not kept: a replay holds null for them. Within ``repeats`` the
    same caller's same body is the same call also without the header: a client that sends again after a time-out seldom
    has a key. Without ``joined`` the handler runs outside the transaction that stores its answer: for what may take
    long, and does no harm when a crash in between lets it be done twice.
    """

    def run(request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None and repeats is None:
            return handler(request, *args, **kwargs)
        if key is not None and not _SANE.fullmatch(key):
            raise Problem(400, f"{HEADER} must be 1 to 255 visible ASCII characters.", code="bad_key")
        row = _claim(_call(request, key), KEPT if key is not None or repeats is None else repeats)
        if row.status is not None:
            return _replay(row)
        return _run(row, lambda: handler(request, *args, **kwargs), shown_once, joined=joined)

    return run


def _claim(call: Call, kept: timedelta) -> StoredReply:
    try:
        return StoredReply.claim(call, timezone.now(), kept)
    except OtherBody as error:
        raise Problem(422, str(error), code=error.code) from error
    except StillRunning as error:
        raise Problem(409, str(error), code=error.code, headers={"Retry-After": "1"}) from error


def _call(request: Request, key: str | None) -> Call:
    actor = actor_of_caller(request)
    name = network_of(request) if actor == ANONYMOUS else actor.id
    # The parsed body, so that a client may write its JSON anew; a broken body is refused before any claim.
    sent = json.dumps([request.data, request.META.get("QUERY_STRING", "")], sort_keys=True, default=str)
    route = f"{request.method} {request.path.rstrip('/')}"
    digest = hashlib.sha256(sent.encode()).hexdigest()
    # A key that a caller chooses has no space in it.
    return Call(f"{actor.kind}:{name}", route, f"same {digest}" if key is None else key, digest)


def _run(row: StoredReply, handler: Callable[[], Response], shown_once: Collection[str], *, joined: bool) -> Response:
    try:
        apart = None if joined else handler()
        with join():
            response = handler() if apart is None else apart
            _store(row, response, shown_once)
            return response
    except _FailedError as failed:
        _free(row)
        return failed.response
    except BaseException:
        _free(row)
        raise


def _store(row: StoredReply, response: Response, shown_once: Collection[str]) -> None:
    """Store the answer as the last statement of its transaction."""
    if response.status_code >= 400:
        raise _FailedError(response)
    kept = response.data
    if shown_once:
        kept = {name: None if name in shown_once else value for name, value in kept.items()}
    body = "" if kept is None else JSONRenderer().render(kept).decode()
    row.answer(response.status_code, _headers(response), body)


def _headers(response: Response) -> dict[str, str]:
    return {name: str(response[name]) for name in _KEPT_HEADERS if response.has_header(name)}


def _free(row: StoredReply) -> None:
    try:
        row.free()
    except DatabaseError as error:
        # The lease ends by itself.
        log.warning("idempotency_key_not_freed", error=str(error))


def _replay(row: StoredReply) -> Response:
    data = json.loads(row.body) if row.body else None
    return Response(data, row.status, headers={**row.headers, REPLAY: "true"})
