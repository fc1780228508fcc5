"""Forgetting signals, alerts, pages and whom they told of long ago, a little at a time."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from alerts.models import Alert, Page, Paged, PageTally, RawSignal, SignalTally, Silence
from alerts.models.tally import Sort
from alerts.states import OPEN

STEP = 1000
# In seconds; what is left waits for the next time.
PATIENCE = 20.0
_COUNTED = ("pk", "severity", "result", "pace", "took_ms")


def prune(now: datetime) -> int:
    """Delete signals, ended alerts, silences, pages and whom they told, before their retention; return how many.

    Signals and steps of pages are counted first: the figures of ``/metrics`` never fall.
    """
    signals = now - timedelta(days=settings.RETENTION_ALERT_SIGNALS)
    over = now - timedelta(days=settings.RETENTION_ALERTS)
    until = time.monotonic() + PATIENCE
    gone = _while_there_is(lambda: _forget_signals(signals), until)
    gone += _while_there_is(lambda: _forget_alerts(over), until)
    gone += _while_there_is(lambda: _forget_paged(over), until)
    gone += _while_there_is(lambda: _forget_pages(over), until)
    return gone + Silence.objects.filter(ends_at__lt=over).delete()[0]


def _while_there_is(forget: Callable[[], int], until: float) -> int:
    gone = 0
    while time.monotonic() < until and (some := forget()):
        gone += some
    return gone


def _forget_signals(before: datetime) -> int:
    with transaction.atomic():
        rows = RawSignal.objects.filter(received_at__lt=before).order_by("received_at")
        some = list(
            rows.select_for_update(skip_locked=True)[:STEP].values_list("pk", "severity", "result", "pace", "took_ms")
        )
        sums: dict[Sort, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
        for _, severity, result, pace, took in some:
            count, milliseconds = sums[Sort(severity, result, pace)]
            sums[Sort(severity, result, pace)] = (count + 1, milliseconds + took)
        SignalTally.add(sums)
        RawSignal.objects.filter(pk__in=[key for key, *_ in some]).delete()
    return len(some)


def _forget_alerts(before: datetime) -> int:
    old = Alert.objects.exclude(status__in=OPEN).filter(closed_at__lt=before).values_list("pk", flat=True)[:STEP]
    ids = list(old)
    Alert.objects.filter(pk__in=ids).delete()
    return len(ids)


def _forget_paged(before: datetime) -> int:
    """Forget whom pages told of incidents that ended long ago: timelines still say it, and pages are counted."""
    old = Paged.objects.filter(incident__resolved_at__lt=before).order_by("pk").values_list("pk", flat=True)[:STEP]
    ids = list(old)
    Paged.objects.filter(pk__in=ids).delete()
    return len(ids)


def _forget_pages(before: datetime) -> int:
    """Forget the pages of incidents that ended long ago, but none that runs."""
    with transaction.atomic():
        old = Page.objects.exclude(state=Page.State.RUNNING).filter(incident__resolved_at__lt=before).order_by("pk")
        held = old.select_for_update(skip_locked=True, of=("self",))
        some = list(held[:STEP].values_list("pk", "team_name", "fired"))
        sums: Counter[str] = Counter()
        for _, team, fired in some:
            sums[team] += fired
        PageTally.add(sums)
        Page.objects.filter(pk__in=[key for key, *_ in some]).delete()
    return len(some)
