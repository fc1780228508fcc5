"""What a watched job tells us by calling its address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from services.checks.claiming import claim_these, wait_for_the_disk
from services.checks.crew import Finished
from services.checks.settling import settle
from services.checks.storing import store
from services.models import Heartbeat
from services.probes import KINDS, Outcome, push


def receive(token: str, signal: push.Signal, now: datetime | None = None) -> bool:
    """Take the signal of the job whose address holds ``token``. Return whether there is such a job.

    While its heartbeat is paused what it tells is heard and forgotten.
    """
    now = now or timezone.now()
    # Who guesses takes no lock.
    if not _jobs(token).exists():
        return False
    with transaction.atomic():
        beat = _jobs(token).select_for_update(no_key=True).first()
        if beat is None:
            return False
        if beat.pause_is_over(now):
            beat.end_pause(now)
        changed = [] if beat.is_paused else _hear(beat, signal, now)
        wait_for_the_disk()
    for component in changed:
        settle(component, now)
    return True


def _jobs(token: str) -> QuerySet[Heartbeat]:
    kinds = [kind for kind, probe in KINDS.items() if probe.waits]
    return Heartbeat.objects.filter(token=token, kind__in=kinds)


def _hear(beat: Heartbeat, signal: push.Signal, now: datetime) -> list[UUID]:
    """Keep what the job says, on a row that is held. Return the components whose status may follow."""
    outcome = push.told(signal, beat.started_at, now)
    if outcome is None:
        _note_start(beat, now)
        return []
    return _take(beat, outcome, now)


def _note_start(beat: Heartbeat, now: datetime) -> None:
    """From now on the end is waited for, where somebody said how long a run may take."""
    beat.started_at = now
    beat.next_check_at = push.due_to_end(beat.next_check_at, now, beat.options.get("longest_run", 0))
    beat.save(update_fields=["started_at", "next_check_at"])


def _take(beat: Heartbeat, outcome: Outcome, now: datetime) -> list[UUID]:
    """Store it as the engine would; being told takes the lease from whoever is about to call the job late."""
    changed = store([Finished(claim, now, outcome) for claim in claim_these([beat.pk], now)], now)
    Heartbeat.objects.filter(pk=beat.pk).exclude(started_at=None).update(started_at=None)
    return changed
