"""One writer at a time for a place, on whatever machine, and what came of the last try: a row of the database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import DatabaseError
from django.db.models import Q
from django.db.models.functions import Now

from statuspage.models import Copy, Generation

# After a crash nobody writes for so long. Longer than any one file takes, before each of which it is looked at.
LEASE: Final = timedelta(seconds=30)
RENEWED: Final = 5.0


class Lease:
    """The right to write to ``place``."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._mine = Copy.objects.filter(place=place)
        self._renewed = 0.0

    @contextmanager
    def held(self, store: UUID, generation: int) -> Iterator[None]:
        """Hold it to write this generation, and note how that ended.

        Raises ``BlockingIOError`` while another process holds it, and where the store has a newer generation: what was
        hidden since must not come back by somebody who is late.
        """
        Copy.objects.get_or_create(place=self.place)
        token = uuid4()
        is_free = Q(held_until__isnull=True) | Q(held_until__lt=Now())
        if not self._mine.filter(is_free).update(token=token, held_until=Now() + LEASE):
            raise BlockingIOError(f"Another process writes to {self.place}.")
        self._mine, self._renewed = Copy.objects.filter(place=self.place, token=token), time.monotonic()
        try:
            if not Generation.objects.filter(store=store, number=generation).exists():
                raise BlockingIOError("A newer generation is there already.")
            yield
        except BlockingIOError:
            self._end()
            raise
        except OSError as error:
            self._end(trouble=str(error)[:300])
            raise
        except BaseException:
            self._end()
            raise
        self._end(well=True)

    def renew(self) -> None:
        """Go on holding it; the database is asked now and then. Raises ``BlockingIOError`` where it was lost."""
        if time.monotonic() - self._renewed < RENEWED:
            return
        self._renewed = time.monotonic()
        if not self._mine.update(held_until=Now() + LEASE):
            raise BlockingIOError(f"Another process has begun to write to {self.place}.")

    def _end(self, *, well: bool = False, trouble: str = "") -> None:
        # Without a database it ends by itself.
        with suppress(DatabaseError):
            if well:
                self._mine.update(confirmed_at=Now(), failing_since=None, trouble="")
            if trouble:
                self._mine.filter(failing_since=None).update(failing_since=Now())
                self._mine.update(trouble=trouble)
            self._mine.update(token=None, held_until=None)
        self._mine = Copy.objects.filter(place=self.place)
