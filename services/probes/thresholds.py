"""From outcomes to a status, one check at a time. Pure: no database, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.probes.outcome import Outcome
from services.status import Status, worst


@dataclass(frozen=True, slots=True)
class Policy:
    """How many outcomes in a row it takes; slower than ``latency_threshold_ms`` is degraded."""

    degraded_after: int = 1
    down_after: int = 3
    recover_after: int = 1
    latency_threshold_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Failures and successes in a row; one of them is always 0."""

    failures: int = 0
    successes: int = 0


def judge(counts: Counts, was: Status | None, outcome: Outcome, policy: Policy) -> tuple[Counts, Status | None]:
    """Return the new counts, and the status that follows.

    ``was`` is the status before, ``None`` where nobody knew. It stays unknown only while failures are too few to count
    and nothing has ever succeeded: calling that operational would be a guess.
    """
    if outcome.ok:
        after = Counts(successes=counts.successes + 1)
        return after, _risen(after, was, outcome, policy)
    after = Counts(failures=counts.failures + 1)
    return after, _fallen(after, was, outcome, policy)


def note(outcome: Outcome, policy: Policy) -> Outcome:
    """Return the outcome with a warning where it was slower than allowed, so that the result says why."""
    limit, took = policy.latency_threshold_ms, outcome.latency_ms
    if not outcome.ok or outcome.warn or not is_slow(outcome, policy):
        return outcome
    return replace(outcome, warn=True, code="slow", detail=f"It took {took:.0f} ms; more than {limit:.0f} ms is slow.")


def is_slow(outcome: Outcome, policy: Policy) -> bool:
    """Say whether it took longer than the threshold."""
    limit, took = policy.latency_threshold_ms, outcome.latency_ms
    return limit is not None and took is not None and took > limit


def _fallen(counts: Counts, was: Status | None, outcome: Outcome, policy: Policy) -> Status | None:
    """A failure never makes anything better, even where the row of failures has only just begun."""
    if outcome.certain or counts.failures >= policy.down_after:
        return Status.MAJOR_OUTAGE
    if counts.failures >= policy.degraded_after:
        return worst([Status.DEGRADED, was or Status.OPERATIONAL])
    return was


def _risen(counts: Counts, was: Status | None, outcome: Outcome, policy: Policy) -> Status:
    """Until enough successes stand in a row nothing gets better either."""
    shown = Status.DEGRADED if outcome.warn or is_slow(outcome, policy) else Status.OPERATIONAL
    if counts.successes >= policy.recover_after:
        return shown
    return worst([shown, was or Status.OPERATIONAL])
