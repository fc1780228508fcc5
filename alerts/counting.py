"""The commonest case by itself: one signal, of an alert that is open already. It is counted, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from alerts import recording
from alerts.models import Alert, Integration
from alerts.outcome import Outcome
from alerts.signal import Action, Rejected, Signal
from alerts.states import OPEN, Result
from events.command import command

# What an answer names of the alert.
_ANSWERED = ("id", "severity", "status", "count", "incident_id")
_COUNT = """
    UPDATE alerts_alert
    SET count = count + 1, last_received_at = %s, lease_until = %s, annotations = COALESCE(%s, annotations)
    WHERE integration_id = %s AND fingerprint = %s AND status IN (%s, %s)
    RETURNING id, severity, status, count, incident_id
"""


def alone(items: Sequence[Signal | Rejected]) -> Signal | None:
    """Return the signal of a request that holds no other, if it may only have to be counted."""
    item = items[0] if len(items) == 1 else None
    return item if isinstance(item, Signal) and item.action is Action.TRIGGER else None


def count(signal: Signal, integration: Integration, now: datetime, began: float) -> Outcome | None:
    """Count the signal on the alert that is open; return None, with nothing done, where none is.

    It says in one statement what :class:`alerts.walking.Walk` says of a signal that repeats, and holds one row.
    """
    with command(integration.actor, now=now) as tell:
        tell.nothing()
        alert = _count(signal, integration, now)
        if alert is None:
            return None
        outcome = Outcome(signal, Result.DUPLICATE, alert=alert)
        recording.keep([outcome], integration, now, began)
    return outcome


def _count(signal: Signal, integration: Integration, now: datetime) -> Alert | None:
    said = {
        "last_received_at": now,
        "lease_until": signal.lease_until,
        "annotations": dict(signal.annotations) or None,
        "integration": integration.pk,
        "fingerprint": signal.fingerprint,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [*_stored(said), *map(str, OPEN)])
        row = cursor.fetchone()
    return _read(row) if row else None


def _stored(values: Mapping[str, Any]) -> list[Any]:
    """Return the values as the database takes them."""
    return [_field(name).get_db_prep_save(value, connection) for name, value in values.items()]


def _read(row: Sequence[Any]) -> Alert:
    values = [_field(name).to_python(value) for name, value in zip(_ANSWERED, row, strict=True)]
    return Alert.from_db(connection.alias, _ANSWERED, values)


def _field(name: str) -> Any:
    return Alert._meta.get_field(name)
