"""A cache in Redis that may be away, when a request goes on without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from events.rest import Rest

log = structlog.get_logger(__name__)

OPTIONS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
# Each thread has a client of its own; this is for all of them.
CACHE = Rest()


def patiently(otherwise: Any, ask: Callable[..., Any], *args: Any) -> Any:
    """Ask Redis and return its answer, or ``otherwise`` when it has none or is being left alone."""
    if CACHE.holds():
        return otherwise
    try:
        with CACHE.trying(RedisError):
            return ask(*args)
    except RedisError as error:
        log.warning("cache_away", error=str(error))
        return otherwise


class PatientClient(RedisCacheClient):
    """Asks once and briefly. When Redis does not answer, the cache is empty, and rests for some seconds.

    A frozen Redis is worse than a dead one: each question waits for its time-out. So after a failure nobody
    asks again until the rest is over, and a request loses half a second at most.
    """

    def add(self, key: Any, value: Any, timeout: Any) -> Any:
        """Say that the key was new: locks and limits built on it must not stop the work."""
        return patiently(True, super().add, key, value, timeout)

    def get(self, key: Any, default: Any) -> Any:
        """Return the value or ``default``."""
        return patiently(default, super().get, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> Any:
        """Store, or do nothing."""
        return patiently(None, super().set, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> Any:
        """Say whether the key was there."""
        return patiently(False, super().touch, key, timeout)

    def delete(self, key: Any) -> Any:
        """Say whether the key was there."""
        return patiently(False, super().delete, key)

    def get_many(self, keys: Any) -> Any:
        """Return what is there."""
        return patiently({}, super().get_many, keys)

    def has_key(self, key: Any) -> Any:
        """Say whether the key is there."""
        return patiently(False, super().has_key, key)

    def incr(self, key: Any, delta: Any) -> Any:
        """Count on, from nothing when the cache is away."""
        return patiently(delta, super().incr, key, delta)

    def set_many(self, data: Any, timeout: Any) -> Any:
        """Store, or do nothing."""
        return patiently(None, super().set_many, data, timeout)

    def delete_many(self, keys: Any) -> Any:
        """Delete, or do nothing."""
        return patiently(None, super().delete_many, keys)

    def clear(self) -> Any:
        """Empty the cache; say whether that was done."""
        return patiently(False, super().clear)


class PatientRedisCache(RedisCache):
    """Django's Redis cache with a client that never makes a request fail or wait for long."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**OPTIONS, **params.get("OPTIONS", {})}})
        self._class = PatientClient
