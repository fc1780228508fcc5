"""What an analytics page says, put together from intervals and incidents. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from incidents.analytics.stretch import Stretch
from incidents.analytics.times import Case, Figures, figures
from services.figure import Uptime, total
from services.uptime import DAY, Change, Interval, as_of, clip, intervals, uptime

NOISIEST = 5


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch in figures."""

    stretch: Stretch
    uptime: Uptime
    incidents: Figures


@dataclass(frozen=True, slots=True)
class Step:
    """A day or week of the trend."""

    start: datetime
    end: datetime
    uptime: Uptime
    incidents: Figures


@dataclass(frozen=True, slots=True)
class Report:
    """A stretch, the one before it, and its trend."""

    now: Block
    before: Block
    trend: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The uptime of one service in the stretch before, and in each step of the stretch."""

    before: Uptime
    steps: tuple[Uptime, ...]

    @property
    def whole(self) -> Uptime:
        """Return that of the stretch."""
        return total(self.steps)


def record(changes: Sequence[Change], stretch: Stretch) -> Record:
    """Return the uptime of one service. ``changes`` reach back to the stretch before.

    Its time is counted until the same instant as everywhere else; a day reaches back from there.
    """
    until = as_of(changes, stretch.end)
    start = until - DAY if stretch.length == DAY else stretch.start
    inner = [end for _, end in stretch.steps()][:-1]
    bounds = [start - stretch.length, until - stretch.length, start, *(max(start, min(one, until)) for one in inner)]
    before, _between, *steps = _sums(intervals(changes, bounds[0], until), [*bounds, until])
    return Record(before, tuple(steps))


def report(records: Iterable[Record], cases: Sequence[Case], stretch: Stretch) -> Report:
    """Put it together; ``cases`` reach back to the stretch before."""
    known, before = list(records), stretch.before
    steps = list(stretch.steps())
    seen = [total(one.steps[number] for one in known) for number in range(len(steps))]
    return Report(
        now=Block(stretch, total(seen), _of(cases, stretch.start, stretch.end)),
        before=Block(before, total(one.before for one in known), _of(cases, before.start, before.end)),
        trend=tuple(
            Step(start, end, figure, _of(cases, start, end)) for (start, end), figure in zip(steps, seen, strict=True)
        ),
    )


def noisiest(counts: Mapping[UUID, float]) -> list[tuple[UUID, float]]:
    """Return the few with the most, the most first; who has none is not among them."""
    ranked = sorted(((key, count) for key, count in counts.items() if count), key=lambda row: (-row[1], str(row[0])))
    return ranked[:NOISIEST]


def _sums(parts: Sequence[Interval], bounds: Sequence[datetime]) -> Iterator[Uptime]:
    """Yield the uptime between each two bounds. One sweep: a page of a thousand services is made of little else."""
    at = 0
    for start, end in pairwise(bounds):
        while at < len(parts) and parts[at].end <= start:
            at += 1
        last = at
        while last < len(parts) and parts[last].start < end:
            last += 1
        yield uptime(clip(parts[at:last], start, end))


def _of(cases: Sequence[Case], start: datetime, end: datetime) -> Figures:
    return figures(case for case in cases if start <= case.created_at < end)
