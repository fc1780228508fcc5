"""Events as server-sent events write them. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

HEARTBEAT = b": heartbeat\n\n"


def frame(number: int, kind: str, data: Mapping[str, Any]) -> bytes:
    """Return one event. Its JSON is one line of ASCII, so nothing in it can end the event or begin another."""
    text = json.dumps(data, cls=DjangoJSONEncoder, separators=(",", ":"))
    return f"id: {number}\nevent: {kind}\ndata: {text}\n\n".encode("ascii")


def place(number: int) -> bytes:
    """Return the number to come back with, without an event: who loses the line before the first one misses none."""
    return f"id: {number}\n\n".encode("ascii")


def patience(milliseconds: int) -> bytes:
    """Return how long a client is to wait before it comes back."""
    return f"retry: {milliseconds}\n\n".encode("ascii")
