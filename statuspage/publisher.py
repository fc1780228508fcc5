"""The publisher: a consumer of the log that keeps the published bytes current.

Whoever runs it (a worker, the clock, a web process when neither comes) holds the lock of the store meanwhile. The
snapshot stays in memory; what the log has told since says what of it to read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from events.models import Event
from services.uptime import DAY, floor
from statuspage import changes, read, store
from statuspage.clock import due, moved
from statuspage.memory import Memory
from statuspage.models import Generation
from statuspage.release import release
from statuspage.snapshot import Snapshot, renew, take
from statuspage.touched import Touched, touched

# Named in settings and in the cursor's row.
CONSUMER = "statuspage.publisher.consume"
# So many services are rendered between two chances for an event: some tenths of a second.
PORTION = 200


_memory = Memory()


def consume(_events: Sequence[Event]) -> None:
    """Publish what the events changed, all in one go. The relay's consumer.

    It reads the log by itself: what it remembers may be older than the first of these events.
    """
    with store.writing() as generation:
        _publish(generation, timezone.now())


def publish(now: datetime | None = None) -> int:
    """Publish everything anew. Return how many addresses changed.

    In portions, so that events need not wait for all of it; only the last makes the store this release's and today's.
    """
    return _whole(now or timezone.now(), lambda _: False)


def make_ready(now: datetime | None = None) -> int:
    """Publish everything unless this release has: of many processes that start at once, the first does it."""
    return _whole(now or timezone.now(), _is_ready)


def tick(now: datetime | None = None) -> int:
    """Publish what the clock alone has changed. Return how many addresses changed."""
    now = now or timezone.now()
    generation = Generation.objects.filter(due_at__lte=now).first()
    if generation is None or generation.rendered_at is None:
        return 0
    if floor(generation.rendered_at, DAY) != floor(now, DAY):
        return publish(now)
    with store.writing() as generation:
        # What has moved is asked of what stands: another process may know of an outage that this one does not.
        written = _publish(generation, now)
        found = moved(_memory.snapshot, generation.rendered_at or now, now) if _memory.snapshot else []
    *portions, last = _portions(found)
    for portion in portions:
        with store.writing() as generation:
            written += _publish(generation, now, services=portion)
    with store.writing() as generation:
        return written + _publish(generation, now, services=last, clock=now)


def is_ready() -> bool:
    """Say whether this release has published."""
    generation = Generation.objects.first()
    return generation is not None and _is_ready(generation)


def _is_ready(generation: Generation) -> bool:
    return generation.number > 0 and generation.release == release()


def _whole(now: datetime, is_done: Callable[[Generation], bool]) -> int:
    """Publish everything until ``is_done``, which whoever has waited for the lock asks again."""
    begun = Generation.objects.filter(number__gt=0).exists()
    *portions, last = _portions(read.public_ids() if begun else [])
    written = 0
    for portion in portions:
        with store.writing() as generation:
            if is_done(generation):
                return written
            written += _publish(generation, now, services=portion, feeds=portion)
    with store.writing() as generation:
        if is_done(generation):
            return written
        generation.release = release()
        return written + _publish(generation, now, services=last, feeds=last, clock=now, whole=True)


def _portions(services: Sequence[UUID]) -> list[Sequence[UUID]]:
    """Cut to portions; of no services there is one, and it is empty."""
    return [services[first : first + PORTION] for first in range(0, len(services), PORTION)] or [[]]


def _publish(
    generation: Generation,
    now: datetime,
    *,
    services: Iterable[UUID] = (),
    feeds: Iterable[UUID] = (),
    clock: datetime | None = None,
    whole: bool = False,
) -> int:
    """Bring the store up to the newest event, with these services, or with all that is no service's own (``whole``).

    ``clock`` is the instant that everything shows then; without it what the clock moves is left as it stands.
    """
    newest = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    stands = _memory.wrote(generation)
    shows_checks = stands and _memory.shows_checks
    old = _memory.recall(generation)
    found = touched(_memory.event if old else generation.event, newest)
    found.services.update(services)
    found.checks = clock is not None
    afresh = found.everything or newest < generation.event or not generation.number
    if whole or afresh or old is None:
        snapshot = take(now)
    else:
        snapshot = renew(old, found if stands else _with_moved(found, old, generation), now)
    plan = changes.whole(snapshot) if afresh else changes.since(old if stands else None, snapshot, found)
    plan.feeds.update(feeds)
    if whole and not afresh:
        plan = changes.whole(snapshot, plan)
    plan.overview = plan.overview or (found.checks and not shows_checks)
    generation.event = newest
    generation.rendered_at = clock or generation.rendered_at or now
    generation.due_at = due(snapshot, generation.rendered_at)
    with snapshot.face.spoken():
        written = store.put(generation, plan.documents(snapshot, _memory.fragments), plan.gone)
    _memory.keep(generation, snapshot, shows_checks=plan.overview or shows_checks)
    return written


def _with_moved(found: Touched, old: Snapshot, generation: Generation) -> Touched:
    """Return what to read anew where another process has published: what the clock has moved, too."""
    moved = _memory.overtaken(old, generation.rendered_at)
    return replace(found, services=found.services.union(moved), checks=True)
