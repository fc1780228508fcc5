"""Where no check ran, nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection

from events.actors import HEARTBEAT
from events.command import command
from events.errors import Gone
from events.locking import lock
from services.checks.grid import next_due
from services.checks.native import moment
from services.maintenance import clock
from services.models import Heartbeat
from services.safely import each

# Nothing is overdue for as long as this while a worker runs: the timetable calls it every second.
OVERSLEPT = timedelta(seconds=60)
# So much farther ahead than it can be, a next check was planned by a clock that has been put back since.
SLACK = timedelta(seconds=60)
_LOOK = "SELECT EXISTS (SELECT 1 FROM services_heartbeat WHERE next_check_at < %s)"


def lapse(now: datetime) -> int:
    """Say of every component whose check is long overdue that nobody knows, from when it was due. Return how many.

    A job that calls us may have called while nobody was there to hear it, so its silence counts from now on.
    """
    return each(silent(now), lambda beat: _forget(beat, now), "lapse_failed")


def wake(now: datetime) -> int:
    """Say where nobody knew while no worker ran, then what planned work began and ended meanwhile. Return how much.

    In this order, and before any check: what follows a window is unknown as well, until the first result.
    """
    lapsed = lapse(now) if _overslept(now) else 0
    return lapsed + clock.tick(now) if lapsed else 0


def _overslept(now: datetime) -> bool:
    """Say whether there is anything to look at more closely; it is asked every second, and most often there is not."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [moment(now - OVERSLEPT)])
        return bool(cursor.fetchone()[0])


def silent(now: datetime) -> list[Heartbeat]:
    """Return the heartbeats whose check is so much overdue that what is known of them is no longer true."""
    rows = Heartbeat.objects.filter(next_check_at__lt=now - OVERSLEPT).select_related("component__service")
    # In order of time: a service is unknown from when the last of its parts is.
    rows = rows.order_by("next_check_at")
    return [beat for beat in rows if beat.next_check_at and beat.next_check_at + grace(beat) < now and _is_told(beat)]


def grace(beat: Heartbeat) -> timedelta:
    """Return how long after it is due a check may come without anybody noticing."""
    if beat.waits:
        return OVERSLEPT
    return max(timedelta(seconds=2 * beat.interval), OVERSLEPT) + timedelta(seconds=beat.timeout)


def _is_told(beat: Heartbeat) -> bool:
    """Say whether something is left to be forgotten, or to be waited for anew."""
    return beat.waits or not beat.component.unknown or beat.verdict is not None


def _forget(beat: Heartbeat, now: datetime) -> bool:
    component, due = beat.component, beat.next_check_at
    try:
        with command(HEARTBEAT, now=now) as tell:
            component.hold()
            lock(beat)
            if beat.next_check_at != due:
                tell.nothing()
                return False
            beat.verdict = None
            if beat.waits:
                beat.paused_until, beat.next_check_at = None, beat.deadline(now)
            beat.save(update_fields=["verdict", "paused_until", "next_check_at"])
            if not component.take(None, tell, "No check has run.", due):
                tell.nothing()
    except Gone:
        return False
    return True


def replan(now: datetime) -> int:
    """Plan anew what is planned farther ahead than its interval: the clock has been put back. Return how many."""
    wrong = list(misplanned(now))
    for beat in wrong:
        again = beat.deadline(now) if beat.waits else next_due(beat.pk, beat.interval, now)
        Heartbeat.objects.filter(pk=beat.pk, next_check_at=beat.next_check_at).update(next_check_at=again)
    return len(wrong)


def misplanned(now: datetime) -> Iterator[Heartbeat]:
    """Yield the heartbeats whose next check is farther ahead than it can be; a pause may end at any time."""
    for interval in Heartbeat.objects.order_by().values_list("interval", flat=True).distinct():
        latest = now + timedelta(seconds=interval) + SLACK
        for beat in Heartbeat.objects.filter(interval=interval, paused_until=None, next_check_at__gt=latest):
            by = beat.deadline(now) if beat.waits else None
            if not beat.waits or (by and beat.next_check_at and beat.next_check_at > by + SLACK):
                yield beat
