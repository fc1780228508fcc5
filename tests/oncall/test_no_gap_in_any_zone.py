from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.validators import zones
from oncall.final import final
from oncall.rotation import UNITS, Rotation
from tests.oncall.turns import layer, utc

YEARS = (utc("2021-01-01T00:00"), utc("2031-01-01T00:00"))
WALL = datetime.fromisoformat
MINUTES = st.datetimes(WALL("2000-01-01"), WALL("2037-01-01")).map(lambda at: at.replace(second=0, microsecond=0))
INSTANTS = MINUTES.map(lambda at: at.replace(tzinfo=UTC))
TURNING = st.builds(
    Rotation,
    start=MINUTES,
    zone=st.sampled_from(sorted(zones())).map(ZoneInfo),
    unit=st.sampled_from(UNITS),
    length=st.integers(1, 40),
    participants=st.sampled_from([("a",), ("a", "b"), ("a", "b", "c", "d", "e")]),
)
LENGTHS = {"hours": 1, "days": 24, "weeks": 168, "months": 720}


def unbroken(turning: Rotation, start: datetime, end: datetime) -> None:
    turns = list(turning.turns(start, end))
    assert turns[0].start <= start
    assert turns[-1].end >= end
    assert all(turn.start < turn.end for turn in turns)
    assert all(before.end == after.start for before, after in pairwise(turns))


def test_ten_years_have_no_gap_and_no_overlap_in_every_zone() -> None:
    for zone in sorted(zones()):
        unbroken(Rotation(WALL("2026-03-01T02:30"), ZoneInfo(zone), "weeks", 5, ("a", "b", "c")), *YEARS)


@hypothesis_settings(max_examples=60)
@given(turning=TURNING, at=INSTANTS)
def test_turns_are_unbroken_whatever_the_length(turning: Rotation, at: datetime) -> None:
    unbroken(turning, at, at + 50 * length_of(turning))
    number = turning.index_at(at)
    assert turning.handoff(number) <= at < turning.handoff(number + 1)


@hypothesis_settings(max_examples=30)
@given(turning=TURNING, at=INSTANTS)
def test_an_unrestricted_schedule_says_who_at_every_instant(turning: Rotation, at: datetime) -> None:
    end = at + 20 * length_of(turning)
    shifts = final([layer(turning)], [], at, end)
    assert (shifts[0].start, shifts[-1].end) == (at, end)
    assert all(before.end == after.start for before, after in pairwise(shifts))
    assert all(shift.user == turning.at(shift.start) for shift in shifts)


def length_of(turning: Rotation) -> timedelta:
    return timedelta(hours=turning.length * LENGTHS[turning.unit])
