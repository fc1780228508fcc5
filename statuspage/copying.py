"""Threads in every web process that bring files to what the shelf holds: the mirror, and the copy outside.

A disk may be slow, and a lock another process's: whoever keeps the page true must wait for neither.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog
from django.db import DatabaseError, connections

from statuspage.document import Document
from statuspage.entry import Entry

log = structlog.get_logger(__name__)

NOTE = 1.0
# A disk that refused is asked again, not as often.
DISK_RETRY = 5.0
# So long the last copy may hold up the end of the process.
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the files are to hold: one generation of a store, and when that was last known to be current."""

    store: UUID
    generation: int
    entries: Mapping[str, Entry]
    confirmed_at: datetime

    def documents(self, but: Mapping[str, Entry] | None = None) -> list[Document]:
        """Return all documents, or those that are others than in ``but``."""
        known = but or {}
        return [entry.document for path, entry in self.entries.items() if known.get(path) is not entry]


class Keeper(Protocol):
    """Keeps files as :class:`statuspage.mirror.Mirror` does. Raises ``BlockingIOError`` while another process does."""

    def confirm(self, store: UUID, generation: int, at: datetime) -> bool:
        """Note that the files were current at ``at`` if they are of this generation. Return False when they lag."""

    def change(
        self, store: UUID, before: int, generation: int, documents: Collection[Document], gone: Iterable[str]
    ) -> bool:
        """Take over what changed from one generation to another. Return False when the files must be filled."""

    def fill(self, store: UUID, generation: int, documents: Collection[Document], *, doubted: bool = False) -> None:
        """Hold these and nothing else."""


class Copier:
    """Told by the watcher what is wanted; only the newest counts."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self._wanted: Wanted | None = None
        # Until this process has compared them, and after a failure, what the files hold is not known.
        self._done: Wanted | None = None
        self._pause = NOTE
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="statuspage-copier", daemon=True)

    def start(self) -> None:
        """Begin to copy."""
        self._thread.start()

    def stop(self) -> None:
        """Copy what is newest and end the thread."""
        self._stopping = True
        self._wake.set()
        self._thread.join(PATIENCE)

    def want(self, wanted: Wanted) -> None:
        """Take note, and return at once."""
        before, self._wanted = self._wanted, wanted
        if before is None or before.entries is not wanted.entries:
            self._wake.set()

    def copy(self) -> None:
        """Bring the files to what is wanted, as far as the disk allows it."""
        wanted = self._wanted
        if wanted is None or wanted is self._done:
            return
        try:
            self._bring(wanted)
        except BlockingIOError:
            # Another process writes them just now; soon it has, or it is to be done here.
            return
        except Exception as error:
            if not isinstance(error, OSError | DatabaseError):
                log.exception("published_files_failed")
            else:
                log.warning("published_files_failed", error=str(error))
            self._done, self._pause = None, DISK_RETRY
        else:
            self._done, self._pause = wanted, NOTE

    def _bring(self, wanted: Wanted) -> None:
        store, number, done = wanted.store, wanted.generation, self._done
        if done and done.entries is wanted.entries:
            found = self.keeper.confirm(store, number, wanted.confirmed_at)
        elif done and done.store == store and done.generation < number:
            gone = done.entries.keys() - wanted.entries.keys()
            found = self.keeper.change(store, done.generation, number, wanted.documents(but=done.entries), gone)
        else:
            found = False
        if not found:
            # A database that went back counts the same numbers once more: then the manifest proves nothing.
            doubted = done is None or (done.entries is not wanted.entries and done.generation == number)
            self.keeper.fill(store, number, wanted.documents(), doubted=doubted)

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(self._pause)
            self._wake.clear()
            self.copy()
            # Who writes outside holds a lease in the database.
            connections.close_all()
        self.copy()
        connections.close_all()
