"""Claim, look, send, settle: what one ring of the bell does."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from notifications.kinds import Lane
from notifications.models import Delivery


def send_due(lane: Lane, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send all that is due in the lane and in those that share its queue. Return how many were tried."""
    raise NotImplementedError(lane, stopping)


def send_one(delivery: UUID) -> Delivery:
    """Send one message at once, due or not, and return it as it stands then. Takes at most half a minute."""
    raise NotImplementedError(delivery)
