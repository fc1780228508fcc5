"""The webhook of Alertmanager, version 4: what its ``webhook_configs`` send. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alerts import times
from alerts.formats import labelled
from alerts.signal import Action, Malformed, Reading, Rejected, Signal

ACTIONS = {"firing": Action.TRIGGER, "resolved": Action.RESOLVE}


def signals(payload: Any, reading: Reading) -> list[Signal | Rejected]:
    """Return a signal for each alert listed, for those alone: a group is never resolved as a whole.

    Raises ``Malformed`` for a body that lists none.
    """
    alerts = payload.get("alerts") if isinstance(payload, Mapping) else None
    if not isinstance(alerts, list):
        raise Malformed("The body must be an object with a list of alerts, as Alertmanager's webhook sends it.")
    seen = labelled.link(payload.get("externalURL"), "Alertmanager")
    return [_signal(alert, reading, seen) for alert in alerts]


def _signal(alert: Any, reading: Reading, seen: tuple[Mapping[str, str], ...]) -> Signal | Rejected:
    try:
        if not isinstance(alert, Mapping):
            raise ValueError("An alert must be an object.")
        return _read(alert, reading, seen)
    except ValueError as error:
        return Rejected(str(error), alert)


def _read(alert: Mapping[str, Any], reading: Reading, seen: tuple[Mapping[str, str], ...]) -> Signal:
    # The only word to be trusted: while it fires, endsAt is year 1 or absent.
    action = ACTIONS.get(str(alert.get("status")))
    if action is None:
        raise ValueError("status must be firing or resolved.")
    read = labelled.read(alert, reading)
    if not read.labels:
        raise ValueError("labels are missing: nothing says which alert this is.")
    over = action is Action.RESOLVE
    return labelled.signal(
        read,
        action,
        reading,
        starts_at=_time(alert.get("startsAt")),
        ends_at=_time(alert.get("endsAt")) if over else None,
        links=labelled.link(alert.get("generatorURL"), "Source") + seen,
        raw=alert,
    )


def _time(said: Any) -> datetime | None:
    """Return a time, None for one that cannot be read: Alertmanager heeds no refusal, so the alert would be lost."""
    try:
        return times.read(said, "it")
    except ValueError:
        return None
