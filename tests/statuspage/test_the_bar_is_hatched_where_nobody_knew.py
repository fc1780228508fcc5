"""A day of which a part is unknown is cut: the hours known in their color, the others hatched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.status import Status
from services.uptime import HOUR
from statuspage.history import Turn, gaps, history
from statuspage.runs import Gap, Run, runs

NOW = datetime(2026, 3, 10, 12, 34, 56, tzinfo=UTC)
TODAY = NOW.replace(hour=0, minute=0, second=0)
UP, DOWN = Status.OPERATIONAL, Status.MAJOR_OUTAGE


def drawn(turns: list[Turn], current: Status | None) -> list[Run]:
    return list(runs(history(turns, current, NOW), gaps(turns, current, NOW)))


def silence(first: float, last: float | None) -> list[Turn]:
    """Return the turns of a silence from one hour of today to another; without the latter it goes on."""
    begun = [Turn(TODAY + first * HOUR, UP, None)]
    return begun if last is None else [*begun, Turn(TODAY + last * HOUR, None, UP)]


def pieces(run: Run) -> list[tuple[str, str, str]]:
    return [(piece.x, piece.width, piece.css) for piece in run.pieces]


def test_a_silence_that_is_over_is_cut_out_of_its_day() -> None:
    *_, today = drawn(silence(6, 12), UP)
    assert pieces(today) == [
        ("89", "0.25", "operational"),
        ("89.25", "0.25", "no_data"),
        ("89.5", "0.5", "operational"),
    ]


def test_one_that_goes_on_reaches_to_midnight_so_that_the_clock_moves_nothing() -> None:
    *_, today = drawn(silence(6, None), None)
    assert pieces(today) == [("89", "0.25", "operational"), ("89.25", "0.75", "no_data")]


def test_a_day_with_a_gap_stands_alone_and_the_others_do_not() -> None:
    found = drawn(silence(6, 12), UP)
    assert [(run.offset, run.length, run.gaps) for run in found] == [(0, 89, ()), (89, 1, (Gap(6, 12),))]


def test_minutes_are_not_drawn() -> None:
    assert [run.gaps for run in drawn(silence(6, 6.3), UP)] == [()]


def test_over_midnight_each_day_has_its_part_and_a_whole_day_is_no_gap() -> None:
    turns = [Turn(TODAY - 30 * HOUR, UP, None), Turn(TODAY + 2 * HOUR, None, UP)]
    before, yesterday, today = drawn(turns, UP)[-3:]
    assert (before.gaps, yesterday.gaps, today.gaps) == ((Gap(18, 24),), (), (Gap(0, 2),))
    assert yesterday.status is None


def test_an_outage_and_a_silence_of_one_day_are_both_told() -> None:
    turns = [Turn(TODAY + HOUR, UP, DOWN), *silence(2, 4)]
    *_, today = drawn([turns[0], Turn(TODAY + 2 * HOUR, DOWN, None), Turn(TODAY + 4 * HOUR, None, UP)], UP)
    assert (today.css, today.down, today.gaps) == ("major_outage", HOUR, (Gap(2, 4),))


@pytest.mark.parametrize("hours", [1, 24, 48])
def test_all_pieces_of_a_bar_fill_ninety_days(hours: int) -> None:
    turns = [Turn(TODAY - timedelta(hours=hours + 5), UP, None), Turn(TODAY - 5 * HOUR, None, UP)]
    widths = sum(float(piece.width) for run in drawn(turns, UP) for piece in run.pieces)
    assert widths == pytest.approx(90, abs=0.05)
