"""Ways that are shut: they rest, longer each time, and what waits for them loses no attempt."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import datetime, timedelta

from notifications.models import Circuit
from notifications.sending.backoff import rest
from notifications.transports.outcome import Outcome


def shut() -> dict[str, datetime]:
    """Return the ways that rest, or are about to be tried again, and from when."""
    return dict(Circuit.objects.values_list("target", "rests_until"))


def trip(target: str, outcome: Outcome, now: datetime) -> datetime:
    """Let the way rest, and return until when. Several that were turned away together count as one."""
    found = Circuit.objects.select_for_update().filter(target=target).first()
    if found is not None and found.rests_until > now:
        return found.rests_until
    failures = (found.failures if found else 0) + 1
    until = now + timedelta(seconds=rest(failures, random.random(), outcome.retry_after))  # noqa: S311
    Circuit.objects.update_or_create(
        target=target,
        defaults={
            "failures": failures,
            "rests_until": until,
            "since": found.since if found else now,
            "error_code": outcome.code[:40],
            "last_error": outcome.reason[:300],
        },
    )
    return until


def close(targets: Collection[str]) -> None:
    """Note that the ways are open: something got through."""
    if targets:
        Circuit.objects.filter(target__in=targets).delete()
