"""Weeks as a picture: seven days on the viewer's clock, what holds first, nothing lost at the edges."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from oncall import drawn
from oncall.final import Shift
from tests.oncall.turns import utc

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = {"a": "Ada Lovelace", "b": "Ben"}


def weeks(*shifts: Shift, first: date = date(2026, 3, 23), number: int = 1, kind: str = "final") -> list[drawn.Week]:
    return drawn.weeks([drawn.Row("On call", kind, shifts)], NAMES, first, number, BERLIN, utc("2026-03-25T12:00"))


def test_a_week_across_a_change_of_clocks_is_an_hour_shorter() -> None:
    [week] = weeks()
    assert week.end - week.start == timedelta(hours=167)
    assert float(week.days[6].width) < float(week.days[5].width)


def test_a_shift_over_a_monday_is_drawn_in_both_weeks() -> None:
    first, second = weeks(Shift(utc("2026-03-27T08:00"), utc("2026-03-31T07:00"), "a", "Weekly"), number=2)
    [before], [after] = first.lines[0].pieces, second.lines[0].pieces
    assert float(before.left) + float(before.width) > 99.99
    assert after.left == "0.000"
    assert before.start == after.start == utc("2026-03-27T08:00")


def test_a_gap_is_drawn_where_it_matters_and_not_in_a_layer() -> None:
    gap = Shift(utc("2026-03-24T08:00"), utc("2026-03-25T08:00"), "", "")
    [week] = weeks(gap)
    assert [(piece.name, piece.tint) for piece in week.lines[0].pieces] == [("Nobody", "gap")]
    [week] = weeks(gap, kind="layer")
    assert week.lines == []


def test_people_keep_their_tint_and_narrow_pieces_have_initials() -> None:
    hours = [Shift(utc(f"2026-03-2{day}T08:00"), utc(f"2026-03-2{day}T12:00"), "a", "Days") for day in (4, 5)]
    [week] = weeks(*hours)
    assert {(piece.tint, piece.short, piece.brief) for piece in week.lines[0].pieces} == {("tint-0", "AL", "AL")}


def test_the_present_is_marked_in_its_week_alone() -> None:
    now, later = weeks(number=2)
    assert 30 < float(now.now) < 40
    assert [day.day for day in now.days if day.is_today] == [date(2026, 3, 25)]
    assert later.now == ""
