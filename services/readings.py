"""What a heartbeat says, as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from services.checks.reading import LATE
from services.lengths import duration
from services.probes import KINDS
from services.probes.secrets import masked
from services.probes.thresholds import Policy

if TYPE_CHECKING:
    from services.models import Component, Heartbeat
    from services.probes import Probe


@dataclass(frozen=True, slots=True)
class Reading:
    """A heartbeat as it stands at ``now``."""

    heartbeat: Heartbeat
    now: datetime

    @property
    def probe(self) -> Probe | None:
        """Return its kind; ``None`` for one that this version does not know."""
        return KINDS.get(self.heartbeat.kind)

    @property
    def is_late(self) -> bool:
        """Say whether its check should have run by now. A job's silence is not ours."""
        due, lease = self.heartbeat.next_check_at, self.heartbeat.lease_until
        under_way = lease is not None and lease > self.now
        return due is not None and due < self.now - LATE and not self.heartbeat.waits and not under_way

    @property
    def every(self) -> str:
        """Return the interval in words."""
        return duration(timedelta(seconds=self.heartbeat.interval))

    @property
    def row(self) -> str:
        """Return how many failures stand in a row, or successes where more are needed."""
        failures, successes = self.heartbeat.consecutive_failures, self.heartbeat.consecutive_successes
        needed = self.heartbeat.recover_after
        if failures:
            return f"{failures} failure{'' if failures == 1 else 's'} in a row"
        return f"{successes} of {needed} successes that it takes" if 0 < successes < needed else ""

    @property
    def rule(self) -> str:
        """Return the thresholds in words."""
        beat = self.heartbeat
        policy = Policy(beat.degraded_after, beat.down_after, beat.recover_after, beat.latency_threshold_ms)
        return f"{in_words(policy, waits=beat.waits).capitalize()}."

    @property
    def told(self) -> list[tuple[str, Any]]:
        """Return the options that differ from their default, by their labels; secrets only as dots."""
        if self.probe is None:
            return []
        values = masked(self.heartbeat.kind, self.probe.filled(self.heartbeat.options))
        shown = ((option, values[option.name]) for option in self.probe.options)
        return [(option.label, _word(value)) for option, value in shown if value != option.default]


def reading(component: Component, now: datetime) -> Reading | None:
    """Return what its heartbeat says; ``None`` where it has none. The row is read along with the component."""
    heartbeat: Heartbeat | None = getattr(component, "heartbeat", None)
    return Reading(heartbeat, now) if heartbeat else None


def in_words(policy: Policy, *, waits: bool) -> str:
    """Return what it takes to change the status. What a job tells, or does not tell in time, counts at once."""
    if waits:
        steps = ["down at once when it does not call in time or says that it failed"]
    else:
        steps = [f"down after {_times(policy.down_after, 'failure')}"]
        if policy.degraded_after < policy.down_after:
            steps.insert(0, f"degraded after {_times(policy.degraded_after, 'failure')}")
    steps.append(f"well again after {_times(policy.recover_after, 'success')}")
    if policy.latency_threshold_ms:
        steps.append(f"degraded when slower than {policy.latency_threshold_ms} ms")
    return ", ".join(steps)


def _times(number: int, thing: str) -> str:
    plural = f"{thing}es" if thing.endswith("s") else f"{thing}s"
    return f"1 {thing}" if number == 1 else f"{number} {plural} in a row"


def _word(value: object) -> object:
    return {True: "Yes", False: "No"}[value] if isinstance(value, bool) else value
