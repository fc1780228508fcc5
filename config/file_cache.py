"""A cache in files that counts right."""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks

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
