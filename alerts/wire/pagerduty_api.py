"""``POST /v2/enqueue``: PagerDuty's Events API, version 2."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from time import perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from accounts.limits import count
from alerts import clean
from alerts.formats import pagerduty
from alerts.models import Integration
from alerts.receiving import receive
from alerts.signal import Malformed, Rejected
from alerts.wire.door import Turned, body_of, door, integration_by

LARGEST = 512 * 1024
MINUTE = 60


def refuse(status: int, sentence: str) -> HttpResponse:
    """Return what clients of this format expect of a refusal that is no invalid event."""
    words = {400: "Unrecognized object", 429: "throttle exceeded"}.get(status, "error")
    message = "Event object format is unrecognized" if status == 400 else sentence
    return JsonResponse({"status": words, "message": message, "errors": [sentence]}, status=status)


def invalid(errors: list[str]) -> HttpResponse:
    """Return the 400 for an event that breaks the rules."""
    said = {"status": "invalid event", "message": "Event object is invalid", "errors": errors}
    return JsonResponse(said, status=400)


@door(refuse, "POST")
def enqueue(request: HttpRequest) -> HttpResponse:
    """Take one event. 202 says that it is kept."""
    began, now = perf_counter(), timezone.now()
    event = clean.load(body_of(request, LARGEST))
    if not isinstance(event, Mapping):
        raise Malformed("An event must be an object.")
    integration = _integration(event, now)
    if integration is None:
        return invalid(["'routing_key' must be an API key with the scope alerts"])
    if _too_many(integration):
        answer = refuse(429, "This key has sent too many events in this minute.")
        answer["Retry-After"] = str(int(MINUTE - time.time() % MINUTE) + 1)
        return answer
    return _take(event, integration, now, began)


def _take(event: Mapping[str, Any], integration: Integration, now: datetime, began: float) -> HttpResponse:
    try:
        signal = pagerduty.signal(event)
    except pagerduty.InvalidEvent as error:
        kept = {name: value for name, value in event.items() if name != "routing_key"}
        receive(integration, [Rejected(str(error), kept)], now, began)
        return invalid(error.errors)
    receive(integration, [signal], now, began)
    said = {"status": "success", "message": "Event processed", "dedup_key": signal.fingerprint}
    return JsonResponse(said, status=202)


def _integration(event: Mapping[str, Any], now: datetime) -> Integration | None:
    key = event.get("routing_key")
    try:
        return integration_by(key, now) if isinstance(key, str) else None
    except Turned:
        return None


def _too_many(integration: Integration) -> bool:
    most = settings.ALERT_EVENTS_PER_MINUTE
    return bool(most) and count(f"events:{integration.pk}", MINUTE, time.time()) > most
