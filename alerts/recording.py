"""Keeping every signal as it came, with what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from time import perf_counter
from typing import Any

from alerts import mapping
from alerts.models import Integration, RawSignal
from alerts.models.raw_signal import pace
from alerts.outcome import Outcome
from alerts.signal import Action, Signal

_REASON = 300


def keep(outcomes: Iterable[Outcome], integration: Integration, now: datetime, began: float) -> None:
    """Store the signals of one request; ``began`` is the reading of ``perf_counter`` at which it came."""
    took = (perf_counter() - began) * 1000
    RawSignal.objects.bulk_create(_row(outcome, integration, now, took) for outcome in outcomes)


def _row(outcome: Outcome, integration: Integration, now: datetime, took: float) -> RawSignal:
    item = outcome.item
    return RawSignal(
        integration=integration,
        alert=outcome.alert,
        fingerprint=item.fingerprint if isinstance(item, Signal) else "",
        severity=_severity(outcome),
        raw=item.raw,
        result=outcome.result,
        reason=outcome.reason[:_REASON],
        took_ms=took,
        pace=pace(took),
        received_at=now,
    )


def _severity(outcome: Outcome) -> str:
    if outcome.alert:
        return str(outcome.alert.severity)
    item: Any = outcome.item
    return str(mapping.severity(item.severity)) if isinstance(item, Signal) and item.action is Action.TRIGGER else ""
