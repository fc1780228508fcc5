"""Counting in the cache. A cache that is away counts nothing: limits protect, they do not close."""

from __future__ import annotations

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def count(key: str, seconds: int) -> int:
    """Count one more under ``key`` and return how many there are; the count is forgotten after ``seconds``."""
    try:
        if cache.add(key, 1, seconds):
            return 1
        return int(cache.incr(key))
    except ValueError:
        # It ran out between the two calls.
        return 1
    except (RedisError, OSError) as error:
        log.warning("limit_without_cache", error=str(error))
        return 0
