from __future__ import annotations

from oncall.final import Cover, Shift, final, merged
from tests.oncall.turns import OFFICE, layer, rotation, utc

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (utc(f"2026-03-0{day}T00:00") for day in (2, 3, 4, 5))
DAILY = rotation("2026-03-02T00:00", "UTC", "days", people="ab")
ALWAYS_Z = rotation("2026-03-02T00:00", "UTC", "weeks", people="z")


def said(shifts: list[Shift]) -> list[tuple[str, str, str, str]]:
    return [(f"{each.start:%a %H}", f"{each.end:%a %H}", each.user, each.layer) for each in shifts]


def test_the_turns_of_one_layer_follow_each_other() -> None:
    assert final([layer(DAILY)], [], MONDAY, WEDNESDAY) == [
        Shift(MONDAY, TUESDAY, "a", "First"),
        Shift(TUESDAY, WEDNESDAY, "b", "First"),
    ]


def test_lower_layers_show_through_the_gaps_of_higher_ones() -> None:
    office = layer(DAILY, OFFICE, name="Office")
    assert said(final([office, layer(ALWAYS_Z, name="Rest")], [], MONDAY, WEDNESDAY)) == [
        ("Mon 00", "Mon 09", "z", "Rest"),
        ("Mon 09", "Mon 17", "a", "Office"),
        ("Mon 17", "Tue 09", "z", "Rest"),
        ("Tue 09", "Tue 17", "b", "Office"),
        ("Tue 17", "Wed 00", "z", "Rest"),
    ]


def test_the_rotation_keeps_turning_outside_its_hours() -> None:
    monday_and_wednesday = {"days": [0, 2], "from": "09:00", "to": "17:00"}
    shifts = final([layer(DAILY, monday_and_wednesday)], [], MONDAY, THURSDAY)
    assert [each.user for each in shifts if each.user] == ["a", "a"]


def test_where_nobody_is_on_call_there_is_a_gap() -> None:
    assert final([], [], MONDAY, TUESDAY) == [Shift(MONDAY, TUESDAY, "", "")]
    assert said(final([layer(DAILY, OFFICE)], [], MONDAY, TUESDAY)) == [
        ("Mon 00", "Mon 09", "", ""),
        ("Mon 09", "Mon 17", "a", "First"),
        ("Mon 17", "Tue 00", "", ""),
    ]


def test_a_layer_of_nobody_is_looked_through() -> None:
    nobody = layer(rotation("2026-03-02T00:00", "UTC", "days", people=""), name="Nobody")
    assert said(final([nobody, layer(ALWAYS_Z)], [], MONDAY, TUESDAY)) == [("Mon 00", "Tue 00", "z", "First")]


def test_a_handoff_underneath_cuts_nothing() -> None:
    upper = layer(rotation("2026-03-02T00:00", "UTC", "weeks", people="z"), name="Upper")
    assert said(final([upper, layer(DAILY)], [], MONDAY, THURSDAY)) == [("Mon 00", "Thu 00", "z", "Upper")]


def test_an_override_beats_the_layers_across_a_handoff() -> None:
    over = Cover(utc("2026-03-02T20:00"), utc("2026-03-03T04:00"), "x")
    assert said(final([layer(DAILY)], [over], MONDAY, WEDNESDAY)) == [
        ("Mon 00", "Mon 20", "a", "First"),
        ("Mon 20", "Tue 04", "x", "override"),
        ("Tue 04", "Wed 00", "b", "First"),
    ]


def test_of_overrides_at_one_time_the_newest_holds() -> None:
    older = Cover(utc("2026-03-02T04:00"), utc("2026-03-02T20:00"), "x")
    nested = Cover(utc("2026-03-02T08:00"), utc("2026-03-02T12:00"), "y")
    inside = [
        ("Mon 00", "Mon 04", "a", "First"),
        ("Mon 04", "Mon 08", "x", "override"),
        ("Mon 08", "Mon 12", "y", "override"),
        ("Mon 12", "Mon 20", "x", "override"),
        ("Mon 20", "Tue 00", "a", "First"),
    ]
    assert said(final([layer(DAILY)], [older, nested], MONDAY, TUESDAY)) == inside
    assert [each[2] for each in said(final([layer(DAILY)], [nested, older], MONDAY, TUESDAY))] == ["a", "x", "a"]


def test_an_override_holds_for_as_long_as_it_says_when_clocks_change() -> None:
    turning = rotation("2026-03-27T09:00", "Europe/Berlin", "weeks", people="ab")
    over = Cover(utc("2026-03-28T23:00"), utc("2026-03-29T05:00"), "x")
    shifts = final([layer(turning)], [over], utc("2026-03-28T00:00"), utc("2026-03-30T00:00"))
    assert [(each.start, each.end) for each in shifts if each.user == "x"] == [(over.start, over.end)]


def test_an_override_fills_a_gap() -> None:
    over = Cover(utc("2026-03-02T04:00"), utc("2026-03-02T06:00"), "x")
    assert [each.user for each in final([], [over], MONDAY, TUESDAY)] == ["", "x", ""]


def test_what_begins_before_and_ends_after_is_cut_to_what_was_asked() -> None:
    over = Cover(utc("2026-02-01T00:00"), utc("2026-04-01T00:00"), "x")
    assert final([layer(DAILY)], [over], MONDAY, TUESDAY) == [Shift(MONDAY, TUESDAY, "x", "override")]


def test_turns_of_one_person_are_apart_until_they_are_merged() -> None:
    alone = layer(rotation("2026-03-02T00:00", "UTC", "days", people="a"))
    shifts = final([alone], [], MONDAY, THURSDAY)
    assert [(each.start, each.end) for each in shifts] == [
        (MONDAY, TUESDAY),
        (TUESDAY, WEDNESDAY),
        (WEDNESDAY, THURSDAY),
    ]
    assert merged(shifts) == [Shift(MONDAY, THURSDAY, "a", "First")]


def test_gaps_keep_people_apart_when_they_are_merged() -> None:
    alone = layer(rotation("2026-03-02T00:00", "UTC", "days", people="a"), OFFICE)
    assert [each.user for each in merged(final([alone], [], MONDAY, WEDNESDAY))] == ["", "a", "", "a", ""]
