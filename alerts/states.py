"""The words of alerts: how one stands, and what became of a signal. Pure."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How an alert stands. The first two are open."""

    FIRING = "firing"
    SUPPRESSED = "suppressed"
    RESOLVED = "resolved"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        """Say whether its sender still holds that something is wrong."""
        return self in OPEN


OPEN = (State.FIRING, State.SUPPRESSED)


class Result(StrEnum):
    """What became of one signal."""

    NEW = "new"
    DUPLICATE = "duplicate"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    SUPPRESSED = "suppressed"
    REJECTED = "rejected"
    IGNORED = "ignored"


class Suppressed(StrEnum):
    """Why an open alert makes no incident."""

    MAINTENANCE = "maintenance"
    SILENCE = "silence"
