"""One POST of JSON to a service, and how a message is said where there is little room."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder

from notifications.transports.transport import TIMEOUT

if TYPE_CHECKING:
    from notifications.transports.outcome import Parcel
    from notifications.transports.outside import Outside
    from outbound import Reply


async def post(outside: Outside, url: str, payload: Any, headers: Mapping[str, str] | None = None) -> Reply:
    """Send ``payload`` as JSON and return the reply with any status. No redirect is followed."""
    return await send(outside, url, as_json(payload), "application/json", headers)


async def send(
    outside: Outside, url: str, body: bytes, content_type: str, headers: Mapping[str, str] | None = None
) -> Reply:
    """Send ``body`` and return the reply with any status. No redirect is followed."""
    told = {"Content-Type": content_type, **(headers or {})}
    return await outside.http.fetch("POST", url, headers=told, body=body, timeout=TIMEOUT, redirects=0)


def as_json(payload: Any) -> bytes:
    """Return JSON in UTF-8, its times as ISO 8601."""
    return json.dumps(payload, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def heading(parcel: Parcel, most: int) -> str:
    """Return the subject in at most ``most`` characters."""
    return cut(parcel.words.subject, most)


def text(parcel: Parcel, most: int) -> str:
    """Return the whole text in at most ``most`` characters; where that is not enough, it ends in the link to press."""
    whole = parcel.words.text.strip()
    if len(whole) <= most:
        return whole
    link = str(parcel.words.facts.get("ack_url") or parcel.words.facts.get("url", ""))
    return cut(whole, most - len(link) - 1) + f"\n{link}" if link else cut(whole, most)


def line(parcel: Parcel, most: int) -> str:
    """Return the short form in at most ``most`` characters."""
    return cut(parcel.words.short, most)


def cut(whole: str, most: int) -> str:
    """Return at most ``most`` characters; what was cut ends in an ellipsis."""
    return whole if len(whole) <= most else f"{whole[: most - 1].rstrip()}…"
