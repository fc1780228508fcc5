"""The watcher: one thread in every web process that keeps the shelf current, and publishes when nobody else does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from events.relay import drain
from statuspage import publisher, store
from statuspage.asking import News, Question, own_connection
from statuspage.document import Document
from statuspage.mirror import Mirror
from statuspage.shelf import Shelf

log = structlog.get_logger(__name__)

PERIOD = 0.1
# While events wait for a worker.
HURRY = 0.03
# Events that wait longer than this have no worker, or a busy one.
GRACE = 0.1
# What the clock alone changes is due to the second for nobody; the timetable has its chance first.
CLOCK_GRACE = timedelta(seconds=40)
# After a try that came to nothing: somebody else holds the lock, or publishing fails.
RETRY = 1.0
BACK_OFF = 1.0
NOTE = 1.0
# A disk that refused is asked again, not as often.
DISK_RETRY = 5.0
# A first look may publish everything; with the last page at hand nobody needs to wait for it.
FIRST_LOOK, FIRST_LOOK_WITH_PAGE = 60.0, 2.0


class Watcher:
    """Call :meth:`start` when the process begins to serve and :meth:`stop` when it ends."""

    def __init__(self, shelf: Shelf, mirror: Mirror) -> None:
        self.shelf = shelf
        self.mirror = mirror
        self.store: UUID | None = None
        self.generation = 0
        self._question = Question(publisher.CONSUMER)
        self._stopping = threading.Event()
        self._looked = threading.Event()
        self._thread = threading.Thread(target=self._run, name="statuspage-watcher", daemon=True)
        self._waiting_since: float | None = None
        self._not_before = 0.0
        self._note_at = 0.0
        # Until this process has compared them, and after a failure, what the files hold is not known.
        self._files_doubted = True

    def start(self) -> None:
        """Take what lies on disk, begin to watch, and wait for the first look. Damaged files are no reason not to."""
        self._recall()
        self._thread.start()
        self._looked.wait(FIRST_LOOK_WITH_PAGE if self.shelf.held.entries else FIRST_LOOK)

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._thread.join(2.0)

    @property
    def database_down(self) -> bool:
        """Say whether the database refuses, or has not answered for a while."""
        return self._question.down

    def look(self) -> None:
        """Ask, take over what is new, and publish if nobody else does."""
        at = timezone.now()
        news = self._question.ask()
        if news is not None:
            self._take(news, at)
        if news is not None and self._help(news):
            self.look()

    def _run(self) -> None:
        own_connection()
        pause = self._look_safely(self._begin)
        self._looked.set()
        while not self._stopping.wait(pause):
            pause = self._look_safely(self.look)

    def _begin(self) -> None:
        """Publish first what nobody has published, or another release."""
        self._question.ask()
        if not publisher.is_ready():
            publisher.publish()
        self.look()

    def _look_safely(self, look: Callable[[], None]) -> float:
        """Look, whatever comes of it. Return how long to wait before the next time."""
        was_down = self.database_down
        try:
            look()
        except (OperationalError, InterfaceError) as error:
            if not was_down:
                log.warning("published_page_not_confirmed", error=str(error))
        except Exception:
            log.exception("watcher_failed")
        else:
            return HURRY if self._waiting_since and not self._not_before else PERIOD
        connections.close_all()
        return BACK_OFF

    def _take(self, news: News, at: datetime) -> None:
        copy: Callable[[], None] | None = None
        if news.store != self.store or news.generation < self.generation:
            copy = self._take_everything(news)
        elif news.generation > self.generation:
            copy = self._take_changes(news)
        self.shelf.confirm(at)
        if copy:
            self._on_disk(copy)
        if time.monotonic() > self._note_at:
            self._note_at = time.monotonic() + NOTE
            self._on_disk(self._confirm_files)

    def _take_everything(self, news: News) -> Callable[[], None]:
        self.shelf.fill(store.as_document(row) for row in store.since(0) if not row.gone)
        self.store, self.generation = news.store, news.generation
        return self._copy_everything

    def _take_changes(self, news: News) -> Callable[[], None]:
        rows = list(store.since(self.generation))
        documents = [store.as_document(row) for row in rows if not row.gone]
        gone = [row.path for row in rows if row.gone]
        self.shelf.change(documents, gone)
        before, self.generation = self.generation, max((row.generation for row in rows), default=news.generation)
        return lambda: self._copy_changes(before, documents, gone)

    def _copy_everything(self) -> None:
        if self.store:
            documents = [entry.document for entry in self.shelf.held.entries.values()]
            self.mirror.fill(self.store, self.generation, documents, doubted=self._files_doubted)
            self._files_doubted = False

    def _copy_changes(self, before: int, documents: list[Document], gone: list[str]) -> None:
        if self.store and not self.mirror.change(self.store, before, self.generation, documents, gone):
            self._copy_everything()

    def _confirm_files(self) -> None:
        if self.store and (self._files_doubted or not self.mirror.confirm(self.store, self.generation)):
            self._copy_everything()

    def _help(self, news: News) -> bool:
        """Publish by ourselves when events have waited or the clock is overdue. Return whether that did anything."""
        now = time.monotonic()
        self._waiting_since = (self._waiting_since or now) if news.waiting else None
        if now < self._not_before:
            return False
        if self._waiting_since and now - self._waiting_since > GRACE:
            helped = drain(publisher.CONSUMER)
        elif news.due_at and news.due_at + CLOCK_GRACE < timezone.now():
            helped = publisher.tick()
        else:
            return False
        self._not_before = 0.0 if helped else time.monotonic() + RETRY
        return bool(helped)

    def _recall(self) -> None:
        try:
            self.shelf.fill(self.mirror.load())
            confirmed_at = self.mirror.confirmed_at()
        except Exception:
            # Whatever lies there: without the thread the page would stay as it is now for good.
            log.exception("published_files_unreadable")
            return
        if confirmed_at:
            self.shelf.recall(confirmed_at)

    def _on_disk(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            self._files_doubted = True
            self._note_at = time.monotonic() + DISK_RETRY
            log.warning("published_files_failed", error=str(error))
