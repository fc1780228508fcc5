"""Uptime by hour as a picture, and as a table by day."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from services.graphs.heatmap import Heat, Heatmap, draw
from services.status import Status
from services.uptime import Change, intervals, window

NOW = datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
UP, MAINT, SLOW, PART, DOWN = Status
HOUR = timedelta(hours=1)


def at(hours: float) -> datetime:
    """Return the time so many hours after midnight of the last day."""
    return NOW.replace(hour=0, minute=0) + hours * HOUR


def heatmap(*changes: Change, days: int = 3) -> Heatmap:
    return draw(intervals(changes, window(NOW, days), NOW), NOW, days, name="Checkout")


def heats(found: Heatmap, line: int) -> list[tuple[Heat, int, int]]:
    """Return the strokes of a day: heat, first hour, how many."""
    strokes = [
        (int(x), int(width), float(y), heat)
        for heat, path in found.paths
        for x, y, width in re.findall(r"M(\d+) ([\d.]+)h(\d+)", path)
    ]
    return [(heat, x // 4, width // 4) for x, width, y, heat in sorted(strokes) if 4 * line < y < 4 * line + 4]


def test_hours_before_the_service_are_hatched_and_those_to_come_are_not_drawn() -> None:
    found = heatmap(Change(at(-24), UP))
    assert heats(found, 0) == [(Heat.NO_DATA, 0, 24)]
    assert heats(found, 1) == [(Heat.NONE, 0, 24)]
    assert heats(found, 2) == [(Heat.NONE, 0, 18)]
    assert 'stroke="url(#hatch)"' in render_to_string("services/graphs/heatmap.html", {"graph": found})


def test_an_hour_is_as_hot_as_it_was_down() -> None:
    found = heatmap(
        Change(at(-100), UP),
        *(Change(at(2), DOWN), Change(at(2.1), UP)),
        *(Change(at(3), PART), Change(at(3.5), UP)),
        *(Change(at(4), DOWN), Change(at(6), SLOW)),
    )
    assert heats(found, 2) == [
        (Heat.NONE, 0, 2),
        (Heat.SOME, 2, 1),
        (Heat.MUCH, 3, 1),
        (Heat.MOST, 4, 2),
        (Heat.NONE, 6, 12),
    ]
    assert found.rows[0].hours == "02:00 6 min, 03:00 30 min, 04:00 1 h, 05:00 1 h"
    assert "4 hours with downtime" in found.label


def test_an_hour_of_maintenance_alone_is_its_own() -> None:
    found = heatmap(Change(at(-100), UP), Change(at(2.5), MAINT), Change(at(4), UP))
    assert heats(found, 2)[:3] == [(Heat.NONE, 0, 3), (Heat.MAINTENANCE, 3, 1), (Heat.NONE, 4, 14)]
    assert [heat for heat, _ in found.paths] == [Heat.NONE, Heat.MAINTENANCE]


@pytest.mark.parametrize("days", [7, 30])
def test_every_shape_in_the_picture_is_in_the_key(days: int) -> None:
    found = heatmap(Change(at(-40), UP), Change(at(-3), DOWN), Change(at(-2), UP), days=days)
    html = render_to_string("services/graphs/heatmap.html", {"graph": found})
    picture, key = html.split('<p class="key"')
    shown = {"cool", "burning", "no_data"}
    assert shown == set(re.findall(r'path class="(\w+)"', picture)) - {"hours"}
    assert shown == set(re.findall(r'path class="(\w+)"', key))
    assert f'viewBox="0 0 96 {4 * days}"' in picture
    assert "style=" not in html


changes = st.lists(st.tuples(st.integers(-100, 20), st.sampled_from([*Status, None])), max_size=20).map(
    lambda rows: [Change(at(hour), status) for hour, status in sorted(rows, key=lambda row: row[0])]
)


def test_days_of_which_the_same_is_to_be_said_are_one_line_of_the_table() -> None:
    found = heatmap(Change(at(-120), UP), Change(at(-40), DOWN), Change(at(-39.5), UP), days=7)
    assert [(row.days, row.uptime, row.hours) for row in found.rows] == [
        ("9 Mar to 10 Mar", "100 %", ""),
        ("8 Mar", "97.916 %", "08:00 30 min"),
        ("5 Mar to 7 Mar", "100 %", ""),
        ("4 Mar", "No data", ""),
    ]


@given(changes)
def test_every_hour_that_was_is_drawn_once(found: list[Change]) -> None:
    drawn = heatmap(*found)
    assert [sum(length for _, _, length in heats(drawn, line)) for line in range(3)] == [24, 24, 18]
