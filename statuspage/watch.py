"""The watcher: one thread in every web process that keeps the shelf current, and publishes when nobody else does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from events.relay import drain
from statuspage import publisher, store
from statuspage.asking import News, Question, own_connection
from statuspage.copying import Copier, Keeper, Wanted
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
# A first look may publish everything; with the last page at hand nobody needs to wait for it.
FIRST_LOOK, FIRST_LOOK_WITH_PAGE = 60.0, 2.0


class Watcher:
    """Call :meth:`start` when the process begins to serve and :meth:`stop` when it ends."""

    def __init__(self, shelf: Shelf, mirror: Mirror, copies: Sequence[Keeper] = ()) -> None:
        self.shelf = shelf
        self.mirror = mirror
        self.copier = Copier(mirror)
        self.copiers = [self.copier, *map(Copier, copies)]
        self.store: UUID | None = None
        self.generation = 0
        self._question = Question(publisher.CONSUMER)
        self._stopping = threading.Event()
        self._looked = threading.Event()
        self._thread = threading.Thread(target=self._run, name="statuspage-watcher", daemon=True)
        self._waiting_since: float | None = None
        self._not_before = 0.0

    def start(self) -> None:
        """Take what lies on disk, begin to watch, and wait for the first look. Damaged files are no reason not to."""
        self._recall()
        for copier in self.copiers:
            copier.start()
        self._thread.start()
        self._looked.wait(FIRST_LOOK_WITH_PAGE if self.shelf.held.entries else FIRST_LOOK)

    def stop(self) -> None:
        """End the threads."""
        self._stopping.set()
        self._thread.join(2.0)
        for copier in self.copiers:
            copier.stop()

    @property
    def database_down(self) -> bool:
        """Say whether the database refuses, or has not answered for a while."""
        return self._question.down

    def look(self) -> None:
        """Ask, take over what is new, and publish if nobody else does."""
        helped = True
        while helped and not self._stopping.is_set():
            at = timezone.now()
            news = self._question.ask()
            if news is None:
                return
            self._take(news, at)
            helped = self._help(news)

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
            publisher.make_ready()
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
        if news.store != self.store or news.generation < self.generation:
            self._take_everything(news)
        elif news.generation > self.generation:
            self._take_changes(news)
        self.shelf.confirm(at)
        wanted = Wanted(news.store, self.generation, self.shelf.held.entries, at)
        for copier in self.copiers:
            copier.want(wanted)

    def _take_everything(self, news: News) -> None:
        self.shelf.fill(store.as_document(row) for row in store.since(0) if not row.gone)
        self.store, self.generation = news.store, news.generation

    def _take_changes(self, news: News) -> None:
        rows = list(store.since(self.generation))
        self.shelf.change(
            (store.as_document(row) for row in rows if not row.gone), [row.path for row in rows if row.gone]
        )
        self.generation = max((row.generation for row in rows), default=news.generation)

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
