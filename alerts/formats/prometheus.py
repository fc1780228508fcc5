"""Alertmanager's API, version 2: what a Prometheus server and amtool send to an Alertmanager. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from alerts import times
from alerts.formats import labelled
from alerts.signal import Action, Malformed, Reading, Rejected, Signal

# For how long an alert without an end holds, as in the original.
LEASE = timedelta(minutes=5)


def signals(payload: Any, reading: Reading, now: datetime) -> list[Signal | Rejected]:
    """Return a signal for each alert of the array.

    An end that is to come is a lease: the alert fires until then and is sent again before. An end that is past is a
    resolve. Raises ``Malformed`` for what is no array.
    """
    if not isinstance(payload, list):
        raise Malformed("The body must be an array of alerts.")
    return [_signal(alert, reading, now) for alert in payload]


def _signal(alert: Any, reading: Reading, now: datetime) -> Signal | Rejected:
    if not isinstance(alert, Mapping):
        return Rejected("An alert must be an object.", alert)
    if "labels" not in alert:
        return Rejected("labels in body is required", alert, 422)
    try:
        return _read(alert, reading, now)
    except ValueError as error:
        return Rejected(str(error), alert)


def _read(alert: Mapping[str, Any], reading: Reading, now: datetime) -> Signal:
    read = labelled.read(alert, reading)
    if not read.labels:
        raise ValueError("at least one label pair required")
    starts, ends = times.read(alert.get("startsAt"), "startsAt"), times.read(alert.get("endsAt"), "endsAt")
    if starts and ends and starts > ends:
        raise ValueError("start time must be before end time")
    over = ends is not None and ends <= now
    return labelled.signal(
        read,
        Action.RESOLVE if over else Action.TRIGGER,
        reading,
        starts_at=starts,
        ends_at=ends if over else None,
        lease_until=None if over else ends or now + LEASE,
        links=labelled.link(alert.get("generatorURL"), "Source"),
        raw=alert,
    )
