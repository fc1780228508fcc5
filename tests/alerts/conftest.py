"""A machine that reports, and the instant at which it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alerts.models import Integration
from alerts.outcome import Outcome
from alerts.receiving import receive
from alerts.signal import Action, Signal
from events.actors import SYSTEM
from services.models import Service

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
Report = Callable[..., list[Outcome]]


def at(seconds: float) -> datetime:
    """Return the instant so many seconds after the first."""
    return NOW + timedelta(seconds=seconds)


def firing(fingerprint: str, **said: Any) -> Signal:
    """Return a signal that something is wrong."""
    fields = {"service": "Checkout", "severity": "high", "message": f"{fingerprint} is wrong"} | said
    return Signal(fingerprint=fingerprint, action=Action.TRIGGER, raw={"fingerprint": fingerprint}, **fields)


def resolved(fingerprint: str, **said: Any) -> Signal:
    """Return a signal that it is over."""
    fields = {"service": "Checkout", "severity": "high", "message": f"{fingerprint} is wrong"} | said
    return Signal(fingerprint=fingerprint, action=Action.RESOLVE, raw={"fingerprint": fingerprint}, **fields)


@pytest.fixture
def integration(db: None) -> Integration:
    """Return a source of alerts."""
    return Integration.add(by=SYSTEM, name="Prometheus")[0]


@pytest.fixture
def checkout(db: None) -> Service:
    """Return a service."""
    return Service.add(by=SYSTEM, name="Checkout", public=True)


@pytest.fixture
def report(integration: Integration, checkout: Service) -> Report:
    """Return a way to report: ``report(0, firing("a"), firing("b"))``, at so many seconds."""
    return lambda seconds, *signals: receive(integration, signals, at(seconds))
