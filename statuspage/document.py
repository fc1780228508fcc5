"""A finished answer: its bytes in each encoding, and the names that follow from them. Pure and deterministic."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass

import brotli

GZIP_LEVEL = 6
BROTLI_QUALITY = 5
# Below this an encoding saves nothing that a packet would not carry anyway.
SMALL = 400
# Brotli costs as much again as gzip; beyond this the publisher's time is worth more than the tenth it saves.
LARGE = 2_000_000

HTML = "text/html; charset=utf-8"
JSON = "application/json"
RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
SVG = "image/svg+xml"
ICS = "text/calendar; charset=utf-8"
CSS = "text/css; charset=utf-8"
PNG = "image/png"
JS = "text/javascript; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
_LANGUAGE = re.compile(rb'<html lang="([a-z-]+)"')


@dataclass(frozen=True, slots=True)
class Document:
    """What one address answers. ``gzip`` and ``brotli`` are empty where compressing gains nothing."""

    path: str
    content_type: str
    body: bytes
    gzip: bytes
    brotli: bytes
    etag: str


def document(path: str, content_type: str, body: bytes) -> Document:
    """Compress and name ``body``. The same bytes make the same document in every process."""
    # A picture of pixels is compressed already.
    packed = (b"", b"") if content_type == PNG else compress(body)
    return Document(path, content_type, body, *packed, etag(body))


def language(body: bytes) -> str:
    """Return the language that a page says it is in."""
    found = _LANGUAGE.search(body[:200])
    return found[1].decode() if found else "en"


def etag(body: bytes) -> str:
    """Return the entity tag of a body, without quotes."""
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def compress(body: bytes) -> tuple[bytes, bytes]:
    """Return ``body`` as gzip and as brotli; empty where that gains nothing or costs too much."""
    if len(body) < SMALL:
        return b"", b""
    zipped = gzip.compress(body, GZIP_LEVEL, mtime=0)
    packed = b"" if len(body) > LARGE else brotli.compress(body, quality=BROTLI_QUALITY)
    return zipped, packed
