"""Counting in the cache. A cache that is away counts nothing: limits protect, they do not close."""

from __future__ import annotations

import structlog
from django.core.cache import cache

log = structlog.get_logger(__name__)


def count(key: str, seconds: int, now: float) -> int:
    """Count one more under ``key`` in the stretch of ``seconds`` on the clock that holds ``now``, a Unix time.

    Returns how many there are in it so far. A stretch has a key of its own, so it ends by the clock and not when the
    cache forgets.
    """
    stretch = f"{key}:{int(now // seconds)}"
    try:
        if cache.add(stretch, 1, seconds):
            return 1
        return int(cache.incr(stretch))
    except ValueError:
        # Thrown out between the two calls, to make room.
        return 1
    except OSError as error:
        log.warning("limit_without_cache", error=str(error))
        return 0
