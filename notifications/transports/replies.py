"""What the status of an answer means for the next try. Pure, but for the clock of ``Retry-After``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from notifications.transports.codes import CODES
from notifications.transports.outcome import SENT, Nature, Outcome
from notifications.transports.transport import failed

if TYPE_CHECKING:
    from outbound import Reply

# In seconds. Nobody may make us wait for longer than a day.
LONGEST_WAIT: Final = 86_400.0
_LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY})
_SIGN_IN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED})
Meanings = Mapping[int, tuple[str, Nature]]


def outcome(reply: Reply, meanings: Meanings | None = None, *, now: datetime | None = None) -> Outcome:
    """Return what a reply means; ``meanings`` says what this service means by a status, where it is not the usual."""
    status = reply.status
    if 200 <= status < 300:
        return SENT
    code, nature = (meanings or {}).get(status) or usual(status)
    return failed(code, _said(code, status), nature=nature, retry_after=retry_after(reply.headers, now=now))


def usual(status: int) -> tuple[str, Nature]:
    """Return the code and the nature of a status that is no success."""
    if status == HTTPStatus.GONE:
        return "gone", Nature.RECIPIENT
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "throttled", Nature.LATER
    if 300 <= status < 400:
        return "redirected", Nature.LATER
    if status in _SIGN_IN:
        return "unauthorized", Nature.CHANNEL
    if status == HTTPStatus.NOT_FOUND:
        return "not_found", Nature.CHANNEL
    if status in _LATER or status >= 500:
        return "server_error", Nature.LATER
    return ("rejected", Nature.MESSAGE) if 400 <= status < 500 else ("unexpected_status", Nature.LATER)


def retry_after(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Return the seconds that ``Retry-After`` asks for (RFC 9110, section 10.2.3): a number, or a date."""
    text = headers.get("Retry-After", "").strip()
    if not text or len(text) > 64:
        return None
    seconds = _number(text)
    return _until(text, now or datetime.now(UTC)) if seconds is None else bounded(seconds)


def bounded(seconds: float) -> float | None:
    """Return a wait within reason; ``None`` for what is no wait."""
    return min(seconds, LONGEST_WAIT) if math.isfinite(seconds) and seconds >= 0 else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _until(text: str, now: datetime) -> float | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return bounded(max((at - now).total_seconds(), 0.0))


def _said(code: str, status: int) -> str:
    return f"{CODES[code]} It answered {status}."
