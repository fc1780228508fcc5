"""Figures in words and as graphs, for people. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from incidents.analytics.report import Block, Report, Step
from incidents.analytics.times import Answers, Spread
from incidents.lifecycle import IncidentStatus, Severity
from services.graphs.trend import Spot, Trend, bars, line
from services.lengths import duration
from services.uptime import HOUR, MINUTE

NO_DATA = "No data"
# From here on times are drawn in hours.
LONG = 3 * HOUR


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words, and what it was the time before."""

    label: str
    now: str
    before: str


def headline(found: Report) -> list[Figure]:
    """Return the few figures that matter most."""
    return [
        _figure(found, "Uptime", lambda block: block.uptime.text),
        _figure(found, "Downtime", lambda block: _length(block.uptime.down) if block.uptime.observed else NO_DATA),
        _figure(found, "Incidents", lambda block: str(block.incidents.total)),
        _figure(found, "Acknowledged in (median)", lambda block: seconds(block.incidents.mtta.median)),
        _figure(found, "Resolved in (median)", lambda block: seconds(block.incidents.mttr.median)),
    ]


def severities(found: Report) -> list[tuple[Severity, int, int]]:
    """Return how many incidents there were of each severity, now and before."""
    now, before = found.now.incidents.by_severity, found.before.incidents.by_severity
    return [(one, now[one.value], before[one.value]) for one in Severity]


def statuses(found: Report) -> list[tuple[IncidentStatus, int, int]]:
    """Return where the incidents stand today, those of now and those of before."""
    now, before = found.now.incidents.by_status, found.before.incidents.by_status
    return [(one, now[one.value], before[one.value]) for one in IncidentStatus]


def answers(found: Report) -> list[tuple[str, int, int]]:
    """Return who acknowledged, now and before."""
    ways: list[tuple[str, Callable[[Answers], int]]] = [
        ("By a person", lambda one: one.person),
        ("By a machine alone", lambda one: one.machine),
        ("By nobody", lambda one: one.nobody),
    ]
    now, before = found.now.incidents.answers, found.before.incidents.answers
    return [(label, way(now), way(before)) for label, way in ways]


def lengths(found: Report) -> list[tuple[str, list[Figure]]]:
    """Return how long it took until somebody acknowledged, and until it was over."""
    return [
        ("Until acknowledged", _took(found.now.incidents.mtta, found.before.incidents.mtta)),
        ("Until resolved", _took(found.now.incidents.mttr, found.before.incidents.mttr)),
    ]


def graphs(found: Report) -> list[Trend]:
    """Return the trend as graphs."""
    each = found.now.stretch.step
    return [
        bars(_spots(found, lambda step: step.incidents.total), what="Incidents", each=each),
        line(_spots(found, lambda step: step.uptime.percent), what="Uptime", words=_percent, each=each),
        _times(found, "Mean time to acknowledge", lambda step: step.incidents.mtta.mean),
        _times(found, "Mean time to resolve", lambda step: step.incidents.mttr.mean),
    ]


def seconds(number: float | None) -> str:
    """Return a length of time in words."""
    return NO_DATA if number is None else duration(timedelta(seconds=number))


def _figure(found: Report, label: str, words: Callable[[Block], str]) -> Figure:
    return Figure(label, words(found.now), words(found.before))


def _took(now: Spread, before: Spread) -> list[Figure]:
    return [
        Figure("Mean", seconds(now.mean), seconds(before.mean)),
        Figure("Median", seconds(now.median), seconds(before.median)),
        Figure("90 % within", seconds(now.p90), seconds(before.p90)),
        Figure("Incidents measured", str(now.count), str(before.count)),
    ]


def _spots(found: Report, value: Callable[[Step], float | None]) -> list[Spot]:
    return [Spot(step.start.date(), value(step)) for step in found.trend]


def _times(found: Report, what: str, value: Callable[[Step], float | None]) -> Trend:
    """Draw lengths of time in hours or in minutes, so that the figures up the side are round."""
    spots = _spots(found, value)
    unit = HOUR if max((spot.value or 0 for spot in spots), default=0) > LONG.total_seconds() else MINUTE
    size = unit.total_seconds()
    scaled = [Spot(spot.start, None if spot.value is None else spot.value / size) for spot in spots]
    return line(scaled, what=what, words=lambda number: duration(number * unit), each=found.now.stretch.step)


def _length(length: timedelta) -> str:
    return duration(length) if length else "None"


def _percent(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") + " %"
