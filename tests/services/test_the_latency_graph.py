"""Latency as a picture: broken where nobody checked, marked where checks failed; the same in words and as a table."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from services.graphs.axis import Tick, along, latencies, latency, scale
from services.graphs.latency import Graph, Point, draw

START = datetime(2026, 3, 10, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GAP = (0, 0, None, None)


def graph(*hours: tuple[int, int, float | None, float | None], step: timedelta = HOUR) -> Graph:
    points = [Point(START + number * step, *hour) for number, hour in enumerate(hours)]
    return draw(points, step, name="Redis", span="4 hours")


def test_the_line_stands_where_the_figures_say() -> None:
    found = graph((60, 60, 100, 200), (60, 60, 50, 400), (60, 60, 400, 400))
    assert [tick.text for tick in found.up] == ["0", "100 ms", "200 ms", "300 ms", "400 ms"]
    assert found.p50 == "M150 300 450 350 750 0"
    assert found.p95 == "M150 200 450 0 750 0"


def test_a_gap_breaks_the_line_and_is_hatched() -> None:
    found = graph((60, 60, 10, 20), (60, 60, 10, 20), GAP, (60, 60, 10, 20))
    assert found.p50.count("M") == 2
    assert [(band.x, band.width) for band in found.bands] == [("45", "22.5")]
    assert [(row.time, row.checks) for row in found.rows][2] == ("10 Mar 11:00", "")
    assert "no checks in 1 of 4 hours" in found.label


def test_failures_are_marked_by_shape() -> None:
    found = graph((60, 60, 10, 20), (60, 57, 10, 20), (60, 0, None, None), (60, 0, None, None))
    assert [(mark.status, mark.at, mark.width) for mark in found.marks] == [
        ("partial_outage", "37.5", "25"),
        ("major_outage", "75", "50"),
    ]
    assert not found.bands
    assert "123 of 240 checks failed" in found.label
    assert [row.checks for row in found.rows] == ["0 of 60", "3 of 60", "60 of 60", "60 of 60"]
    html = render_to_string("services/graphs/latency.html", {"graph": found})
    assert "Some checks failed" in html
    assert "All failed" in html


def test_the_picture_says_in_one_sentence_what_it_shows() -> None:
    html = render_to_string("services/graphs/latency.html", {"graph": graph((60, 60, 12, 80), (60, 60, 15, 1200))})
    label = re.search(r'role="img" aria-label="([^"]+)"', html)
    assert label
    assert label[1] == (
        "Latency of Redis, last 4 hours: half of the checks within 12 ms to 15 ms, 95 % within 1.20 s; "
        "none of 120 checks failed."
    )
    assert "style=" not in html


def test_where_nothing_was_ever_checked_there_is_a_sentence_and_no_picture() -> None:
    html = render_to_string("services/graphs/latency.html", {"graph": graph(GAP, GAP)})
    assert "nothing was checked" in html
    assert "<svg" not in html


def test_adjoining_gaps_are_one_line_of_the_table() -> None:
    found = graph((1, 1, 5, 5), GAP, GAP, (1, 1, 5, 5))
    assert [row.time for row in found.rows] == ["10 Mar 09:00", "10 Mar 10:00 to 12:00", "10 Mar 12:00"]
    found = graph((1, 1, 5, 5), GAP, GAP, step=DAY)
    assert [row.time for row in found.rows] == ["10 Mar", "11 Mar to 12 Mar"]


@pytest.mark.parametrize(
    ("days", "texts"),
    [
        (1, ["12:00", "18:00", "00:00", "06:00"]),
        (7, ["11 Mar", "13 Mar", "15 Mar", "17 Mar"]),
        (30, ["16 Mar", "23 Mar", "30 Mar", "6 Apr"]),
    ],
)
def test_times_along_the_foot_are_round(days: int, texts: list[str]) -> None:
    ticks = along(START, START + days * DAY)
    assert [tick.text for tick in ticks] == texts
    assert all(0 <= float(tick.at) < 100 for tick in ticks)


def test_the_first_hour_of_a_day_is_a_tick() -> None:
    midnight = START.replace(hour=0)
    assert along(midnight, midnight + DAY)[0] == Tick("0", "00:00")


@pytest.mark.parametrize(
    ("value", "text"), [(0.34, "0.3 ms"), (9.94, "9.9 ms"), (9.96, "10 ms"), (999.4, "999 ms"), (999.6, "1.00 s")]
)
def test_a_latency_is_written_as_people_read_it(value: float, text: str) -> None:
    assert latency(value) == text


@given(st.floats(0.01, 1e6), st.floats(0, 1))
def test_a_scale_holds_every_figure_in_a_few_even_steps(most: float, share: float) -> None:
    values = scale(most, most * share)
    assert 2 <= len(values) <= 7
    assert values[0] <= most * share * (1 + 1e-6)
    assert values[-1] >= most * (1 - 1e-6)
    steps = [after - before for before, after in pairwise(values)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-3)
    assert len(set(latencies(values))) == len(values)
