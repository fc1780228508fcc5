"""How often a caller may call. A cache that is away lets everybody through: limits protect, they do not close."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.api.authentication import ANONYMOUS, actor_of_caller
from accounts.client import network_of
from accounts.limits import count

if TYPE_CHECKING:
    # Django REST framework imports this module while it makes its views.
    from rest_framework.views import APIView

WINDOW = 60


class CallerThrottle(BaseThrottle):
    """Counts the calls of one caller in each minute of the clock, reading and changing apart.

    ``settings.API_CALLS_PER_MINUTE`` holds the limits: ``{"read": …, "write": …}``; 0 switches one off.
    """

    def __init__(self) -> None:
        self._wait = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:  # noqa: ARG002 - DRF calls it so
        """Count this call and say whether it is within the limit."""
        kind = "read" if request.method in SAFE_METHODS else "write"
        limit = int(settings.API_CALLS_PER_MINUTE[kind])
        now = time.time()
        self._wait = WINDOW - now % WINDOW
        return not limit or count(f"calls:{kind}:{_name(request)}", WINDOW, now) <= limit

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return self._wait


def _name(request: Request) -> str:
    actor = actor_of_caller(request)
    return network_of(request) if actor == ANONYMOUS else f"{actor.kind}:{actor.id}"
