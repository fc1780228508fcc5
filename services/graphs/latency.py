"""Latency over time as a picture and as a table. Pure: no database, no clock, UTC.

Of each stretch of time (an hour, a day) the graph knows a :class:`Point`. Where nothing was checked the lines are
broken and the ground is hatched; where everything failed there is no latency, and a mark at the foot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal, TypeVar

from django.utils.translation import gettext, ngettext

from services import dates, saying
from services.graphs.axis import DAY, Tick, along, latencies, latency, path, scale, share, up
from services.graphs.heatmap_table import spanned

Trouble = Literal["", "partial_outage", "major_outage"]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of time that begins at ``start``: checks, those that were well, latency in ms (``None``: of none)."""

    start: datetime
    count: int = 0
    ok: int = 0
    p50: float | None = None
    p95: float | None = None

    @property
    def failed(self) -> int:
        """Return how many checks failed."""
        return self.count - self.ok

    @property
    def trouble(self) -> Trouble:
        """Return the mark for it: some checks failed, or all of them."""
        if not self.failed:
            return ""
        return "partial_outage" if self.ok else "major_outage"


@dataclass(frozen=True, slots=True)
class Mark:
    """Checks failed here, all in per cent of the way: from ``x`` on, ``width`` long, the mark in the middle, ``at``.

    ``status`` is the shape of the mark.
    """

    x: str
    width: str
    at: str
    status: str


@dataclass(frozen=True, slots=True)
class Band:
    """Nothing was checked here; a ninetieth of the width is one."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: the time in words, and the figures; all of them empty where nothing was checked."""

    time: str
    p50: str = ""
    p95: str = ""
    checks: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """What is drawn, and what it says in words. ``p50`` and ``p95`` are paths in the box of the axes.

    ``unit`` is what a point stands for: a day or an hour.
    """

    name: str
    label: str
    unit: str
    up: tuple[Tick, ...]
    along: tuple[Tick, ...]
    p50: str
    p95: str
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    rows: tuple[Row, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was checked in all of it."""
        return not any(row.checks for row in self.rows)

    @property
    def some_failed(self) -> bool:
        """Say whether a mark says that some checks failed."""
        return any(mark.status == "partial_outage" for mark in self.marks)

    @property
    def all_failed(self) -> bool:
        """Say whether a mark says that all checks failed."""
        return any(mark.status == "major_outage" for mark in self.marks)


def draw(points: Sequence[Point], step: timedelta, *, name: str, span: str) -> Graph:
    """Draw ``points``, one for each ``step`` of time without exception; ``span`` is the time in words: ``24 hours``."""
    seen = [value for point in points for value in (point.p50, point.p95) if value is not None]
    values = scale(max(seen, default=1.0))
    return Graph(
        name=name,
        label=gettext("Latency of %(name)s, last %(span)s: %(figures)s.")
        % {"name": name, "span": span, "figures": _in_words(points, step)},
        unit="Day" if step >= DAY else "Hour",
        up=up(values, latencies(values)),
        along=along(points[0].start, points[-1].start + step),
        p50=path([point.p50 for point in points], 0, values[-1]),
        p95=path([point.p95 for point in points], 0, values[-1]),
        bands=tuple(_bands(points)),
        marks=tuple(_marks(points)),
        rows=tuple(_rows(points, step)),
    )


def _bands(points: Sequence[Point]) -> Iterator[Band]:
    for first, length, unchecked in _runs([not point.count for point in points]):
        if unchecked:
            yield Band(f"{90 * first / len(points):.4g}", f"{90 * length / len(points):.4g}")


def _marks(points: Sequence[Point]) -> Iterator[Mark]:
    whole = len(points)
    for first, length, status in _runs([point.trouble for point in points]):
        if status:
            yield Mark(share(first, whole), share(length, whole), share(first + length / 2, whole), status)


def _rows(points: Sequence[Point], step: timedelta) -> Iterator[Row]:
    for first, length, unchecked in _runs([not point.count for point in points]):
        run = points[first : first + length]
        if unchecked:
            yield Row(_span(run[0].start, run[-1].start, step))
        else:
            yield from (_row(point, step) for point in run)


def _row(point: Point, step: timedelta) -> Row:
    p50, p95 = (gettext("None") if value is None else latency(value) for value in (point.p50, point.p95))
    return Row(_span(point.start, point.start, step), p50, p95, _of(point.failed, point.count))


def _of(failed: int, checks: int) -> str:
    return gettext("%(failed)s of %(checks)s") % _counts(failed, checks)


def _counts(failed: int, checks: int) -> dict[str, str]:
    return {"failed": saying.number(failed), "checks": saying.number(checks)}


def _span(first: datetime, last: datetime, step: timedelta) -> str:
    """Write the time from the beginning of one stretch to that of another: ``16 Nov 14:00 to 16:00``."""
    if step >= DAY:
        day, other = dates.said(first, "short"), dates.said(last, "short")
        return day if first.date() == last.date() else spanned(day, other)
    begun = dates.said(first, "hour")
    if first == last:
        return begun
    end = last + step
    return spanned(begun, f"{end:%H:%M}" if first.date() == end.date() else dates.said(end, "hour"))


def _runs(values: Sequence[Value]) -> Iterator[tuple[int, int, Value]]:
    """Yield where each run of equal values begins, how long it is, and the value."""
    first = 0
    for value, run in groupby(values):
        length = len(list(run))
        yield first, length, value
        first += length


def _in_words(points: Sequence[Point], step: timedelta) -> str:
    checks, failed = sum(point.count for point in points), sum(point.failed for point in points)
    gaps = sum(not point.count for point in points)
    if not checks:
        return gettext("nothing was checked")
    failing = (
        ngettext("%(failed)s of %(checks)s checks failed", "%(failed)s of %(checks)s checks failed", checks)
        if failed
        else ngettext("none of %(checks)s checks failed", "none of %(checks)s checks failed", checks)
    )
    parts = [_range(points), failing % _counts(failed, checks), _unchecked(gaps, len(points), step)]
    return "; ".join(part for part in parts if part)


def _unchecked(gaps: int, whole: int, step: timedelta) -> str:
    if not gaps:
        return ""
    words = (
        gettext("no checks in %(some)s of %(all)s days")
        if step >= DAY
        else gettext("no checks in %(some)s of %(all)s hours")
    )
    return words % {"some": gaps, "all": whole}


def _range(points: Sequence[Point]) -> str:
    p50 = [point.p50 for point in points if point.p50 is not None]
    p95 = [point.p95 for point in points if point.p95 is not None]
    if not p50 or not p95:
        return gettext("no answer came")
    return gettext("half of the checks within %(least)s to %(most)s, 95 %% within %(nearly)s") % {
        "least": latency(min(p50)),
        "most": latency(max(p50)),
        "nearly": latency(max(p95)),
    }
