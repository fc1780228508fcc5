"""One address in memory, with its answers made ready to send."""

from __future__ import annotations

from typing import Any, TypeAlias

from statuspage import addresses, document, negotiation
from statuspage.document import Document

Headers: TypeAlias = list[tuple[bytes, bytes]]
Message: TypeAlias = dict[str, Any]

# Old bytes may be shown for three seconds at most, so that a page that became private is gone within five.
CACHING = b"public, max-age=1, stale-while-revalidate=2, stale-if-error=86400"
FOREVER = b"public, max-age=31536000, immutable"
FRESHENING = frozenset({b"cache-control", b"vary", b"etag", b"access-control-allow-origin"})
NO_FRAME = b"default-src 'none'; frame-ancestors 'none'"
CSP = {
    document.HTML: (
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        b"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # A badge is there to be embedded.
    document.SVG: b"default-src 'none'",
}


class Ready:
    """An answer in one encoding: the start of a 200, its body, the start of a 304, and the tag they carry."""

    __slots__ = ("body", "etag", "same", "start")

    def __init__(self, headers: Headers, body: bytes, etag: bytes, coding: str) -> None:
        tagged = [*headers, (b"etag", etag)]
        encoding = [(b"content-encoding", coding.encode())] if coding else []
        full = [*tagged, *encoding, (b"content-length", str(len(body)).encode())]
        self.etag = etag
        self.start: Message = {"type": "http.response.start", "status": 200, "headers": full}
        self.body: Message = {"type": "http.response.body", "body": body, "more_body": False}
        # A 304 says what a cache must know anew and nothing of what it has already (RFC 9110, 15.4.5).
        kept = [(name, value) for name, value in tagged if name in FRESHENING]
        self.same: Message = {"type": "http.response.start", "status": 304, "headers": kept}


class Entry:
    """A document and its answers, each made when it is first asked for: most of 40,000 addresses never are."""

    __slots__ = ("_ready", "document", "headers")

    def __init__(self, held: Document, extra: Headers | None = None) -> None:
        self.document = held
        self.headers = [*base_headers(held.content_type, caching(held.path)), *(extra or [])]
        self._ready: dict[tuple[str, ...], Ready] = {}

    def ready(self, codings: tuple[str, ...]) -> Ready:
        """Return the answer in the best of the encodings that there is."""
        found = self._ready.get(codings)
        if found is None:
            found = self._ready[codings] = self._make(codings)
        return found

    def _make(self, codings: tuple[str, ...]) -> Ready:
        held = self.document
        bodies = {negotiation.BROTLI: held.brotli, negotiation.GZIP: held.gzip}
        coding = next((coding for coding in codings if bodies.get(coding)), negotiation.IDENTITY)
        tag = f'"{held.etag}-{coding}"' if coding else f'"{held.etag}"'
        return Ready(self.headers, bodies.get(coding) or held.body, tag.encode(), coding)


def caching(path: str) -> bytes:
    """Return how long an address may be kept: what is named after its bytes for good."""
    return FOREVER if path.startswith(addresses.BRAND) else CACHING


def base_headers(content_type: str, caching: bytes = CACHING) -> Headers:
    """Return the headers that every answer of this type carries."""
    headers = [
        (b"content-type", content_type.encode()),
        (b"cache-control", caching),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", CSP.get(content_type, NO_FRAME)),
    ]
    if content_type == document.HTML:
        # No X-Frame-Options: the policy's ``frame-ancestors`` says it, and every header is paid for with each answer.
        return [*headers, (b"referrer-policy", b"same-origin")]
    return [
        *headers,
        (b"access-control-allow-origin", b"*"),
        (b"access-control-expose-headers", b"etag, age, opstatus-stale-since, x-request-id"),
        (b"cross-origin-resource-policy", b"cross-origin"),
    ]
