from __future__ import annotations

from datetime import timedelta

import pytest

from oncall.rotation import Rotation, Turn
from tests.oncall.turns import handoffs, rotation, utc

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("turning", "numbers", "expected"),
    [
        pytest.param(
            rotation("2026-03-02T09:00", "America/New_York", "weeks"),
            (0, 1, 2),
            ["2026-03-02T14:00", "2026-03-09T13:00", "2026-03-16T13:00"],
            id="at nine before and after clocks go forward",
        ),
        pytest.param(
            rotation("2026-03-01T02:30", "America/New_York", "weeks"),
            (0, 1, 2),
            ["2026-03-01T07:30", "2026-03-08T07:00", "2026-03-15T06:30"],
            id="at a time that is skipped once",
        ),
        pytest.param(
            rotation("2026-10-31T01:30", "America/New_York", "days"),
            (0, 1, 2),
            ["2026-10-31T05:30", "2026-11-01T05:30", "2026-11-02T06:30"],
            id="at a time that comes twice",
        ),
        pytest.param(
            rotation("2026-03-28T08:00", "Europe/Berlin", "hours", 12),
            (1, 2),
            ["2026-03-28T19:00", "2026-03-29T06:00"],
            id="twelve hours that are eleven",
        ),
        pytest.param(
            rotation("2026-10-04T02:15", "Australia/Lord_Howe", "days"),
            (0, 1),
            ["2026-10-03T15:30", "2026-10-04T15:15"],
            id="a gap of half an hour",
        ),
        pytest.param(
            rotation("2026-03-02T09:00", "Asia/Kathmandu", "days"), (0,), ["2026-03-02T03:15"], id="an odd offset"
        ),
        pytest.param(
            rotation("2026-01-31T00:00", "UTC", "months"),
            (-2, -1, 0, 1, 2, 3, 13),
            [
                *("2025-11-30T00:00", "2025-12-31T00:00", "2026-01-31T00:00", "2026-02-28T00:00"),
                *("2026-03-31T00:00", "2026-04-30T00:00", "2027-02-28T00:00"),
            ],
            id="months on the 31st",
        ),
    ],
)
def test_handoffs_are_where_the_wall_clock_says(
    turning: Rotation, numbers: tuple[int, ...], expected: list[str]
) -> None:
    assert handoffs(turning, *numbers) == [utc(each) for each in expected]


def test_a_week_across_the_change_of_clocks_is_an_hour_shorter() -> None:
    first, second = handoffs(rotation("2026-03-02T09:00", "America/New_York", "weeks"), 0, 1)
    assert second - first == 167 * HOUR


def test_a_turn_across_a_repeated_hour_is_an_hour_longer() -> None:
    first, second = handoffs(rotation("2026-10-31T01:30", "America/New_York", "days"), 1, 2)
    assert second - first == 25 * HOUR


def test_a_handoff_belongs_to_whoever_comes() -> None:
    turning = rotation("2026-03-02T09:00", "Europe/Berlin", "weeks", people="abc")
    at = turning.handoff(1)
    assert [turning.at(at - SECOND), turning.at(at)] == ["a", "b"]


def test_turns_go_back_before_the_anchor() -> None:
    turning = rotation("2026-03-02T09:00", "Europe/Berlin", "weeks", people="abc")
    assert [turning.at(turning.handoff(number)) for number in (-3, -2, -1, 0, 1)] == list("abcab")


def test_one_person_has_every_turn_and_each_is_one_of_its_own() -> None:
    turning = rotation("2026-03-02T09:00", "UTC", "days", people="a")
    turns = list(turning.turns(utc("2026-03-02T09:00"), utc("2026-03-04T09:00")))
    assert turns == [
        Turn(utc("2026-03-02T09:00"), utc("2026-03-03T09:00"), "a"),
        Turn(utc("2026-03-03T09:00"), utc("2026-03-04T09:00"), "a"),
    ]


def test_nobody_has_no_turn() -> None:
    nobody = rotation("2026-03-02T09:00", "UTC", "days", people="")
    assert list(nobody.turns(utc("2026-03-02T09:00"), utc("2026-03-04T09:00"))) == []
    assert nobody.at(utc("2026-03-02T09:00")) == ""


def test_handoffs_that_fall_on_one_instant_skip_a_turn_and_the_list_goes_on() -> None:
    hourly = rotation("2026-03-08T00:30", "America/New_York", "hours", people="abcde")
    turns = list(hourly.turns(utc("2026-03-08T05:30"), utc("2026-03-08T09:00")))
    # 02:30 does not happen: it is three o'clock at once, half an hour before 03:30.
    assert [(turn.start, turn.participant) for turn in turns] == [
        (utc("2026-03-08T05:30"), "a"),
        (utc("2026-03-08T06:30"), "b"),
        (utc("2026-03-08T07:00"), "c"),
        (utc("2026-03-08T07:30"), "d"),
        (utc("2026-03-08T08:30"), "e"),
    ]
    half_past = rotation("2026-03-08T02:00", "America/New_York", "hours", people="abcde")
    assert [turn.participant for turn in half_past.turns(utc("2026-03-08T06:00"), utc("2026-03-08T09:00"))] == [
        "e",
        "b",
        "c",
    ]


def test_turns_are_whole_even_where_only_a_part_was_asked_for() -> None:
    turning = rotation("2026-03-02T09:00", "UTC", "weeks")
    assert list(turning.turns(utc("2026-03-04T00:00"), utc("2026-03-05T00:00"))) == [
        Turn(utc("2026-03-02T09:00"), utc("2026-03-09T09:00"), "a")
    ]


@pytest.mark.parametrize("unit", ["hours", "days", "weeks", "months"])
@pytest.mark.parametrize("year", [1971, 2199])
def test_the_number_is_found_far_from_the_anchor(unit: str, year: int) -> None:
    turning = rotation("2026-01-31T02:30", "America/New_York", unit, 7)
    number = turning.index_at(utc(f"{year}-07-01T00:00"))
    assert turning.handoff(number) <= utc(f"{year}-07-01T00:00") < turning.handoff(number + 1)
