"""What the client accepts and what it has already. Pure."""

from __future__ import annotations

import re

IDENTITY, GZIP, BROTLI = "", "gzip", "br"
_TAG = re.compile(rb'(?:W/)?("[^"]*")')


def accepted(header: bytes) -> tuple[str, ...]:
    """Return the encodings of ours that an ``Accept-Encoding`` allows, best first, identity always at the end.

    The client's weights decide; among equals brotli goes first, because it is the smallest.
    """
    weights = {coding: weight for coding, weight in map(_weighted, header.decode("latin-1").split(",")) if coding}
    anything = weights.get("*", 0.0)
    plain = weights.get("identity", 0.0)
    wanted = {coding: weights.get(coding, anything) for coding in (BROTLI, GZIP)}
    wanted = {coding: weight for coding, weight in wanted.items() if weight > 0 and weight >= plain}
    return (*sorted(wanted, key=lambda coding: -wanted[coding]), IDENTITY)


def matches(header: bytes, etag: bytes) -> bool:
    """Say whether an ``If-None-Match`` names ``etag`` (quoted), compared weakly as it must be."""
    return header.strip() == b"*" or etag in _TAG.findall(header)


def _weighted(part: str) -> tuple[str, float]:
    coding, *parameters = (word.strip().lower() for word in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return coding, float(parameter[2:])
            except ValueError:
                return coding, 0.0
    return coding, 1.0
