"""Heartbeats of jobs that call us: a backup at night, a queue's consumer. Silence is the fault."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from django.core.exceptions import ValidationError

from services.probes.options import Option, Target
from services.probes.outcome import Outcome, failed, passed
from services.probes.probe import Check, Probe

if TYPE_CHECKING:
    from outbound import Guard

Signal: TypeAlias = Literal["success", "start", "fail"]


def _none(target: str, _guard: Guard) -> None:
    if target:
        raise ValidationError("There is no target: the job calls the address that this heartbeat is given.")


class Push(Probe):
    """Told by the watched job; the engine only asks :func:`due`, :func:`due_to_end` and :func:`late`."""

    kind = "push"
    label = "Push"
    about = "A job calls a secret address each time it has run; when the call does not come in time, it is down."
    target = Target("Target", "", "The address to call is shown once the heartbeat is saved.", _none, required=False)
    options = (
        Option(
            "grace",
            "Grace in seconds",
            "integer",
            default=60,
            help="So much longer than the interval a call may take before the job counts as down.",
            min=0,
            max=7 * 24 * 60 * 60,
        ),
        Option(
            "longest_run",
            "Longest run in seconds",
            "integer",
            default=0,
            help="For jobs that also tell their start: down when they have not ended so long after it. 0: not watched.",
            min=0,
            max=7 * 24 * 60 * 60,
        ),
    )
    waits = True

    async def ask(self, check: Check) -> Outcome:
        """Refuse: nothing can be asked."""
        raise NotImplementedError(f"{check.target} is not asked; the job tells.")


def due(since: datetime, *, interval: float, grace: float) -> datetime:
    """Return the instant by which the job must have told of a success; after it, it is down.

    ``since`` is its last success, or when the waiting began: switched on, resumed. Seconds.
    """
    return since + timedelta(seconds=interval + grace)


def due_to_end(by: datetime | None, started_at: datetime, longest_run: float) -> datetime | None:
    """Return the same of a job that has told its start; until then it was due ``by``. 0 seconds: no end."""
    if not longest_run:
        return by
    end = started_at + timedelta(seconds=longest_run)
    return min(end, by) if by else end


def late(by: datetime, now: datetime) -> Outcome | None:
    """Return the outcome of a job that has been silent past ``by``; ``None`` while there is time."""
    if now <= by:
        return None
    return failed("late", f"The job should have called by {by:%-d %b %Y, %H:%M:%S} UTC.")


def told(signal: Signal, started_at: datetime | None, now: datetime) -> Outcome | None:
    """Return what the job's signal means; a start alone means nothing yet.

    The latency is how long the run took, where its start was told.
    """
    took = (now - started_at) / timedelta(milliseconds=1) if started_at is not None and started_at <= now else None
    if signal == "success":
        return passed(took)
    if signal == "fail":
        return failed("reported_failure", "The job says that it failed.", took)
    return None
