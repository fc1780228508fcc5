"""Incidents of a stretch in figures. Pure: no database, no clock.

They are those that were declared in it, whenever they were answered and ended. Time to acknowledge is measured to the
first person: who is answered by a machine alone, or by nobody, is counted apart and is no zero. Of nothing there is no
mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median, quantiles

from incidents.lifecycle import IncidentStatus, Severity


@dataclass(frozen=True, slots=True)
class Case:
    """What of an incident is measured. ``answered_at`` is when the first person did, at the console or by a key."""

    created_at: datetime
    severity: str
    status: str
    answered_at: datetime | None
    resolved_at: datetime | None
    answered_by_machine: bool = False
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in seconds; all but ``count`` are None where nothing was measured.

    ``p90`` lies between the two nearest, in proportion (as ``PERCENTILE_CONT`` of SQL does).
    """

    count: int
    mean: float | None = None
    median: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Who acknowledged: a person, a machine alone, nobody."""

    person: int
    machine: int
    nobody: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The incidents of a stretch; ``automatic`` ones were declared by machines."""

    total: int
    open: int
    automatic: int
    by_severity: dict[str, int]
    by_status: dict[str, int]
    answers: Answers
    mtta: Spread
    mttr: Spread


def figures(cases: Iterable[Case]) -> Figures:
    """Add up incidents."""
    rows = list(cases)
    by_status = _counts((row.status for row in rows), IncidentStatus)
    return Figures(
        total=len(rows),
        open=len(rows) - by_status[IncidentStatus.RESOLVED],
        automatic=sum(row.automatic for row in rows),
        by_severity=_counts((row.severity for row in rows), Severity),
        by_status=by_status,
        answers=_answers(rows),
        mtta=spread(_took(rows, lambda row: row.answered_at)),
        mttr=spread(_took(rows, lambda row: row.resolved_at)),
    )


def spread(lengths: Iterable[timedelta]) -> Spread:
    """Measure lengths of time."""
    seconds = sorted(length.total_seconds() for length in lengths)
    if not seconds:
        return Spread(0)
    high = quantiles(seconds, n=10, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return Spread(len(seconds), fmean(seconds), median(seconds), high)


def _counts(words: Iterable[str], known: Iterable[str]) -> dict[str, int]:
    found = Counter(words)
    return {str(word): found[word] for word in known}


def _answers(rows: Sequence[Case]) -> Answers:
    person = sum(row.answered_at is not None for row in rows)
    machine = sum(row.answered_at is None and row.answered_by_machine for row in rows)
    return Answers(person, machine, len(rows) - person - machine)


def _took(rows: Sequence[Case], end: Callable[[Case], datetime | None]) -> list[timedelta]:
    return [ended - row.created_at for row in rows if (ended := end(row)) is not None]
