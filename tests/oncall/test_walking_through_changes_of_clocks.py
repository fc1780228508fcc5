"""Rotations and hours against somebody who looks at the clock on the wall every 30 seconds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

import pytest

from oncall.restrictions import open_times, windows
from oncall.rotation import Rotation
from services.maintenance.wall import wall
from tests.oncall.turns import DAY, utc

STEP = timedelta(seconds=30)
# The first day, at most a week before the clocks change.
WEEKS = [
    ("America/New_York", "2026-03-05"),
    ("America/New_York", "2026-10-29"),
    ("Europe/Berlin", "2026-03-26"),
    ("Australia/Lord_Howe", "2026-10-01"),
    ("Australia/Lord_Howe", "2026-04-02"),
    ("Pacific/Apia", "2011-12-27"),
]
NIGHT = {"days": [0, 2, 5, 6], "from": "22:15", "to": "02:15"}
EARLY = {"days": [0, 1, 2, 3, 4, 5, 6], "from": "01:15", "to": "01:45"}


def instants(first: str) -> list[datetime]:
    start = utc(f"{first}T00:00")
    return [start + number * STEP for number in range(5 * DAY // STEP)]


def changes(values: Iterable[object], at: list[datetime]) -> list[datetime]:
    """Return the instants at which the value is another one than 30 seconds before."""
    return [when for (before, after), when in zip(pairwise(values), at[1:], strict=True) if before != after]


@pytest.mark.parametrize(("zone", "first"), WEEKS)
def test_every_handoff_is_where_the_walk_finds_it(zone: str, first: str) -> None:
    walk = instants(first)
    # A hand-off is when the wall has shown its time, or a later one, for the first time.
    shown = list(accumulate((wall(at, ZoneInfo(zone)) for at in walk), max))
    anchor = datetime.fromisoformat(f"{first}T00:45")
    for hours in (1, 5, 24):
        length = timedelta(hours=hours)
        expected = changes([(latest - anchor) // length for latest in shown], walk)
        turning = Rotation(anchor, ZoneInfo(zone), "hours", hours, ("a", "b", "c"))
        turns = list(turning.turns(walk[0], walk[-1] + STEP))
        assert [turn.start for turn in turns[1:]] == expected
        at_each = [turning.participants[(shown[walk.index(at)] - anchor) // length % 3] for at in expected]
        assert [turn.participant for turn in turns[1:]] == at_each


@pytest.mark.parametrize(("zone", "first"), WEEKS)
def test_every_hour_that_counts_is_one_that_the_walk_counts(zone: str, first: str) -> None:
    walk = instants(first)
    clocks = [wall(at, ZoneInfo(zone)) for at in walk]
    latest = list(accumulate(clocks, max))
    # What the wall will yet show at the earliest: until then an end has not come for the last time.
    coming = list(accumulate(reversed(clocks), min))[::-1]
    day = datetime.fromisoformat(first) - 2 * DAY
    parts = [
        (day + number * DAY + timedelta(hours=hour, minutes=15), day + number * DAY + length)
        for number in range(9)
        for hour, length, days in (
            (22, timedelta(hours=26, minutes=15), NIGHT["days"]),
            (1, timedelta(hours=1, minutes=45), EARLY["days"]),
        )
        if (day + number * DAY).weekday() in days
    ]
    expected = [
        any(begins <= was and soon < ends for begins, ends in parts) for was, soon in zip(latest, coming, strict=True)
    ]
    found = list(open_times(windows([NIGHT, EARLY]), ZoneInfo(zone), walk[0], walk[-1] + STEP))
    inside = [False] * len(walk)
    for begins, ends in found:
        for number in range((begins - walk[0]) // STEP, (ends - walk[0]) // STEP):
            inside[number] = True
    assert changes(inside, walk) == changes(expected, walk)
    assert inside == expected
