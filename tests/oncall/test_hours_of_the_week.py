from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from oncall.restrictions import is_open, open_times, windows
from tests.oncall.turns import OFFICE, utc

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ALL_DAYS = [0, 1, 2, 3, 4, 5, 6]


def inside(
    zone: ZoneInfo, start: str, end: str, *restrictions: Mapping[str, object]
) -> list[tuple[datetime, datetime]]:
    return list(open_times(windows(restrictions), zone, utc(start), utc(end)))


def test_office_hours_follow_the_clock_on_the_wall() -> None:
    # Clocks in Berlin go forward on Sunday the 29th.
    assert inside(BERLIN, "2026-03-27T00:00", "2026-03-31T00:00", OFFICE) == [
        (utc("2026-03-27T08:00"), utc("2026-03-27T16:00")),
        (utc("2026-03-30T07:00"), utc("2026-03-30T15:00")),
    ]


def test_a_night_belongs_to_the_day_it_starts_on() -> None:
    friday_night = {"days": [4], "from": "22:00", "to": "06:00"}
    assert inside(BERLIN, "2026-03-02T00:00", "2026-03-09T00:00", friday_night) == [
        (utc("2026-03-06T21:00"), utc("2026-03-07T05:00"))
    ]


def test_a_night_that_has_begun_already_is_cut() -> None:
    nights = {"days": ALL_DAYS, "from": "22:00", "to": "06:00"}
    assert inside(BERLIN, "2026-03-03T00:00", "2026-03-03T12:00", nights) == [
        (utc("2026-03-03T00:00"), utc("2026-03-03T05:00"))
    ]


def test_an_end_that_comes_twice_is_the_second() -> None:
    morning = {"days": [6], "from": "00:00", "to": "01:30"}
    assert inside(NEW_YORK, "2026-11-01T00:00", "2026-11-02T00:00", morning) == [
        (utc("2026-11-01T04:00"), utc("2026-11-01T06:30"))
    ]


def test_an_end_that_is_skipped_is_when_clocks_change() -> None:
    morning = {"days": [6], "from": "00:00", "to": "02:30"}
    assert inside(NEW_YORK, "2026-03-08T00:00", "2026-03-09T00:00", morning) == [
        (utc("2026-03-08T05:00"), utc("2026-03-08T07:00"))
    ]


def test_a_window_that_lies_in_a_gap_does_not_take_place() -> None:
    gap = {"days": [6], "from": "02:10", "to": "02:50"}
    assert inside(NEW_YORK, "2026-03-08T00:00", "2026-03-09T00:00", gap) == []


def test_windows_that_touch_or_overlap_are_one() -> None:
    parts = [
        {"days": [0], "from": "08:00", "to": "12:00"},
        {"days": [0], "from": "12:00", "to": "15:00"},
        {"days": [0], "from": "14:00", "to": "16:00"},
    ]
    assert inside(ZoneInfo("UTC"), "2026-03-02T00:00", "2026-03-03T00:00", *parts) == [
        (utc("2026-03-02T08:00"), utc("2026-03-02T16:00"))
    ]


def test_the_same_time_twice_means_a_whole_day() -> None:
    whole = {"days": ALL_DAYS, "from": "00:00", "to": "00:00"}
    assert inside(BERLIN, "2026-03-01T00:00", "2026-04-01T00:00", whole) == [
        (utc("2026-03-01T00:00"), utc("2026-04-01T00:00"))
    ]


def test_without_restrictions_it_is_always() -> None:
    assert inside(BERLIN, "2026-03-01T00:00", "2026-04-01T00:00") == [
        (utc("2026-03-01T00:00"), utc("2026-04-01T00:00"))
    ]
    assert is_open((), BERLIN, utc("2026-03-01T00:00"))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-02T07:59", False),
        ("2026-03-02T08:00", True),
        ("2026-03-02T15:59", True),
        ("2026-03-02T16:00", False),
        ("2026-03-01T10:00", False),
    ],
)
def test_the_beginning_is_inside_and_the_end_is_not(at: str, *, expected: bool) -> None:
    assert is_open(windows([OFFICE]), BERLIN, utc(at)) is expected
