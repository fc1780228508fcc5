"""The headers of a stream."""

from __future__ import annotations

from events.streams.client import Audience
from events.streams.outside import Headers

_ALL: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    # A proxy that stores or compresses would hold events back.
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
# The page of others may listen, too; no cookie is looked at.
OPEN: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"x-request-id, retry-after"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
PREFLIGHT: Headers = [
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"last-event-id, x-request-id"),
    (b"access-control-max-age", b"86400"),
    (b"cache-control", b"no-store"),
]
_CLOSED: Headers = [(b"cross-origin-resource-policy", b"same-origin"), (b"referrer-policy", b"same-origin")]


def around(audience: Audience) -> Headers:
    """Return what says who may read the answers of this stream, refusals too."""
    return OPEN if audience is Audience.PUBLIC else _CLOSED


def of_stream(audience: Audience) -> Headers:
    """Return all headers of a stream that opens."""
    return [*_ALL, *around(audience)]
