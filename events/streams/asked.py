"""What a request for a stream asks for. Pure."""

from __future__ import annotations

from urllib.parse import parse_qs

from events.streams.client import Audience
from events.streams.outside import Refusal, Scope

ADDRESSES = {f"/api/v1/stream/{audience}": audience for audience in Audience}
PARAMETER = "last_event_id"
# The largest number that the database knows.
LARGEST = 2**63 - 1


def audience_of(scope: Scope) -> Audience | None:
    """Return which stream is asked for; None for any other address."""
    return ADDRESSES.get(scope["path"].rstrip("/")) if scope["type"] == "http" else None


def header(scope: Scope, wanted: bytes) -> str:
    """Return the last header of that name, empty without one."""
    return next((value.decode("latin-1") for name, value in reversed(scope["headers"]) if name == wanted), "")


def last_heard(scope: Scope) -> int | None:
    """Return the event after which to go on. The header is newer than the address, which a browser keeps as it was.

    Raises :class:`Refusal` for what is no number.
    """
    text = header(scope, b"last-event-id").strip() or _parameter(scope["query_string"].decode("latin-1"))
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST):
        raise Refusal(400, "The request is not valid.", errors={PARAMETER: ["Must be the number of an event."]})
    return int(text)


def _parameter(query: str) -> str:
    if query.count("&") > 50:
        return ""
    return parse_qs(query).get(PARAMETER, [""])[-1].strip()
