"""Our own format: what ``POST /api/v1/alerts`` takes, after its fields were checked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alerts import fingerprint, mapping
from alerts.signal import Action, Reading, Signal


def signal(said: Mapping[str, Any], reading: Reading, raw: Any) -> Signal:
    """Return what it says. ``timestamp`` is when it began or, of a resolve, when it ended."""
    labels = mapping.kept(said.get("labels") or {}, reading.ignored_labels)
    over = said.get("status") == "resolved"
    at: datetime | None = said.get("timestamp")
    service, severity, message = said["service"], said["severity"], said["message"]
    return Signal(
        fingerprint=said.get("fingerprint") or fingerprint.own(service, severity, message, labels),
        action=Action.RESOLVE if over else Action.TRIGGER,
        service=service,
        severity=severity,
        message=message,
        labels=labels,
        annotations=dict(said.get("annotations") or {}),
        starts_at=None if over else at,
        ends_at=at if over else None,
        raw=raw,
    )
