"""The cache: Redis that may be away, when a request goes on without it, or files that count right."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.core.files import locks
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = structlog.get_logger(__name__)

OPTIONS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
REST = 5.0


class Rest:
    """Until when this process leaves Redis alone; shared by its threads, which each have a client of their own."""

    until = 0.0


def patiently(otherwise: Any, ask: Callable[..., Any], *args: Any) -> Any:
    """Ask Redis and return its answer, or ``otherwise`` when it has none or is being left alone."""
    if time.monotonic() < Rest.until:
        return otherwise
    try:
        return ask(*args)
    except RedisError as error:
        Rest.until = time.monotonic() + REST
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


# Its types leave out what is not public.
FileCache: Any = FileBasedCache


class CountingFileCache(FileCache):  # type: ignore[misc]
    """Django's cache of files, with ``add`` and ``incr`` as Redis has them.

    Django's own lets two processes count from the same number, and a number that was counted on ends after the
    default time-out instead of its own.
    """

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store unless the key is there; of many at once one is told that it was new."""
        with self._alone():
            return bool(super().add(key, value, timeout, version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count on and keep the time-out; raises ``ValueError`` where there is nothing to count on from."""
        with self._alone():
            value = self.get(key, version=version)
            if value is None:
                raise ValueError(f"There is no key {key!r}.")
            self.set(key, value + delta, self._left(key, version), version)
            return int(value + delta)

    def _left(self, key: Any, version: int | None) -> float | None:
        with Path(self._key_to_file(key, version)).open("rb") as file:
            ends = pickle.load(file)  # noqa: S301 - Django's own format, in a folder that is ours alone
        return None if ends is None else ends - time.time()

    def _cull(self) -> None:
        """Make room with what has run out, and only if that is not enough with what has not."""
        files = self._list_cache_files()
        if len(files) < self._max_entries:
            return
        for name in files:
            with suppress(FileNotFoundError), Path(name).open("rb") as file:
                self._is_expired(file)
        super()._cull()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._createdir()
        with Path(self._dir, "lock").open("ab") as file:
            # It ends with the file, and so with a process that is killed.
            locks.lock(file, locks.LOCK_EX)
            yield
