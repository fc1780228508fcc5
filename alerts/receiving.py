"""Taking signals in. An answer goes out only after what it says has been committed.

Locks are taken in one order everywhere: correlations by key; alerts by fingerprint; incidents by id; services by id;
the log, with the first event that is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from time import perf_counter
from typing import TypeAlias

from django.db import IntegrityError, OperationalError
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from alerts import counting, places, recording, writing
from alerts.models import Alert, Integration
from alerts.outcome import Outcome
from alerts.places import Key, Place
from alerts.signal import Action, Rejected, Signal
from alerts.states import OPEN
from alerts.walking import Walk
from events.command import command, join
from events.errors import Gone

Items: TypeAlias = Sequence[Signal | Rejected]
# Signals in one transaction: who tells holds the log, and everybody else's writes wait for that.
STEP = 100
TRIES = 5
# What PostgreSQL says of two that waited for each other, and of one who saw what is no longer so.
_PASSING = {"40P01", "40001"}


class Busy(OperationalError):
    """Others were quicker each time. Who sends again will get through. Answered with 503."""


class _Again(Exception):
    """These signals may be new: begin once more, with their places locked first."""

    def __init__(self, signals: Sequence[Signal]) -> None:
        super().__init__()
        self.signals = signals


def receive(integration: Integration, items: Items, now: datetime, began: float | None = None) -> list[Outcome]:
    """Let each signal act, in order, ``STEP`` of them in one transaction. Return what became of each.

    ``began`` is the reading of ``perf_counter`` at which the request came. Raises ``OperationalError`` while the
    database is in trouble: then not all was kept, and the sender has to send again. What was is counted once more.
    """
    began = perf_counter() if began is None else began
    steps = [items[start : start + STEP] for start in range(0, len(items), STEP)]
    return [outcome for step in steps for outcome in _receive(integration, step, now, began)]


def _receive(integration: Integration, items: Items, now: datetime, began: float) -> list[Outcome]:
    alone = counting.alone(items)
    new: Sequence[Signal] = [alone] if alone else []
    last: Exception | None = None
    for _ in range(TRIES):
        try:
            if alone and (outcome := counting.count(alone, integration, now, began)):
                return [outcome]
            return _try(integration, items, now, places.find(new, integration), began)
        except _Again as again:
            # What was open the first time may have closed since: the second time all that may begin is placed.
            new = [item for item in items if isinstance(item, Signal) and _may_begin(item)] if new else again.signals
        except (IntegrityError, Gone) as error:
            # Somebody else has made the alert, or deleted the service, between our look and our writing.
            last = error
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in _PASSING:
                raise
            last = error
    raise Busy("Too many report the same at once. Send it again.") from last


def _try(
    integration: Integration, items: Items, now: datetime, found: Mapping[str, Place], began: float
) -> list[Outcome]:
    with ExitStack() as stack:
        if found or any(isinstance(item, Signal) and item.action is Action.ACKNOWLEDGE for item in items):
            # Verbs of incidents are said within. Without them nothing is joined, and nobody woken for what is counted.
            stack.enter_context(join())
        tell = stack.enter_context(command(integration.actor, now=now))
        walk = _hold(integration, items, now, found)
        outcomes = [walk.take(item) for item in items]
        writing.write(walk, outcomes, integration, tell)
        recording.keep(outcomes, integration, now, began)
    return outcomes


def _hold(integration: Integration, items: Items, now: datetime, found: Mapping[str, Place]) -> Walk:
    """Lock what the batch may touch. Raises ``_Again`` when some of it is new and its place is not locked yet."""
    locked = _lock({place.key for place in found.values()})
    signals = [item for item in items if isinstance(item, Signal)]
    mine = Alert.objects.filter(integration=integration, fingerprint__in={signal.fingerprint for signal in signals})
    standing = list(mine.open().select_for_update(no_key=True).order_by("fingerprint"))
    known = {alert.fingerprint for alert in standing}
    new = [signal for signal in signals if signal.fingerprint not in known]
    unplaced = [signal for signal in [*new, *_twice(signals)] if _may_begin(signal) and signal.fingerprint not in found]
    if unplaced:
        raise _Again(unplaced)
    over = _last(mine, {signal.fingerprint for signal in new})
    return Walk(integration, now, standing=standing, over=over, places=found, correlations=locked)


def _lock(keys: Collection[Key]) -> dict[Key, int]:
    """Lock the correlations. Return their ids."""
    if not keys:
        return {}
    rows = places.of(keys).select_for_update(no_key=True)
    return {(row.service_key, row.severity): row.pk for row in rows}


def _may_begin(signal: Signal) -> bool:
    """Say whether a row may have to be made for it where none is open."""
    return signal.action is Action.TRIGGER or (signal.action is Action.RESOLVE and signal.starts_at is not None)


def _twice(signals: Iterable[Signal]) -> list[Signal]:
    """Return those whose fingerprint was resolved before in the same batch: they may begin anew."""
    resolved: set[str] = set()
    found = []
    for signal in signals:
        if signal.fingerprint in resolved:
            found.append(signal)
        if signal.action is Action.RESOLVE:
            resolved.add(signal.fingerprint)
    return found


def _last(mine: QuerySet[Alert], fingerprints: Collection[str]) -> list[Alert]:
    """Return the latest episode that is over, of each fingerprint."""
    if not fingerprints:
        return []
    place = Window(RowNumber(), partition_by="fingerprint", order_by=[F("received_at").desc(), F("id").desc()])
    over = mine.filter(fingerprint__in=fingerprints).exclude(status__in=OPEN).select_related("incident")
    return list(over.annotate(place=place).filter(place=1))
