"""Leaving alone what did not answer. Asking something frozen costs a time-out, and each holds up somebody's request."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SECONDS: Final = 5.0


class Rest:
    """Until when this process asks something no more; shared by its threads.

    Once the time is over one thread tries, while the others leave it alone for as long again: a thing that is still
    frozen holds up one request and not as many as there are threads.
    """

    def __init__(self) -> None:
        self.until = 0.0
        self._lock = threading.Lock()

    def holds(self) -> bool:
        """Say whether to ask nothing now; who is told that it does not hold is to ask, within :meth:`trying`."""
        if not self.until:
            return False
        with self._lock:
            now = time.monotonic()
            if now < self.until:
                return True
            self.until = now + SECONDS
            return False

    @contextmanager
    def trying(self, *errors: type[Exception]) -> Iterator[None]:
        """Begin to rest at one of ``errors``, which is raised on; end it at whatever else comes of asking."""
        try:
            yield
        except errors:
            self.until = time.monotonic() + SECONDS
            raise
        except Exception:
            self.until = 0.0
            raise
        self.until = 0.0
