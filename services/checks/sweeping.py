"""The net under the engine: what no runner has seen to."""

from __future__ import annotations

from datetime import datetime

from services.checks.itself import ensure
from services.checks.lapsing import replan, wake
from services.checks.settling import settle, unsettled
from services.safely import each


def sweep(now: datetime) -> int:
    """Say where nobody knows, plan anew after a clock was put back, settle what was stored and not settled.

    Return how much there was to do. It also sees to it that we are watched ourselves.
    """
    found = wake(now) + replan(now) + each(unsettled(), lambda component: settle(component, now), "settling_failed")
    ensure(now)
    return found
