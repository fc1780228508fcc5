"""Figures by week: bars that are counted, lines that are measured."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from services.graphs.trend import Spot, bars, line

MONDAY = date(2026, 3, 2)


def spots(*values: float | None) -> list[Spot]:
    return [Spot(MONDAY + number * timedelta(days=7), value) for number, value in enumerate(values)]


def percent(value: float) -> str:
    return f"{value:.1f} %"


def test_a_bar_is_as_high_as_its_figure_and_says_it() -> None:
    found = bars(spots(0, 4, 2), what="Incidents")
    assert [(bar.height, bar.text) for bar in found.bars] == [("0", "0"), ("100", "4"), ("50", "2")]
    assert [tick.text for tick in found.up] == ["0", "1", "2", "3", "4"]
    assert found.label == "Incidents by week: from 0 (2 Mar) to 4 (9 Mar), lately 2."


def test_weeks_of_nothing_still_have_a_scale() -> None:
    found = bars(spots(0, 0), what="Incidents")
    assert [tick.text for tick in found.up] == ["0", "1"]
    assert found.label == "Incidents by week: 0 throughout."


def test_a_line_is_broken_where_nothing_was_measured() -> None:
    found = line(spots(1, 2, None, 4), what="Hours to resolve", words=lambda value: f"{value:g} h")
    assert found.path == "M112 300 338 200 M784 0h8"
    assert len(found.dots) == 3
    assert found.rows[2] == (date(2026, 3, 16), "")
    assert "No data" in render_to_string("services/graphs/trend.html", {"graph": found})


def test_figures_that_lie_close_together_are_told_apart() -> None:
    found = line(spots(99.9, 99.5, 100), what="Uptime", words=percent)
    assert [tick.text for tick in found.up] == ["99.4 %", "99.6 %", "99.8 %", "100.0 %"]


@pytest.mark.parametrize("value", [0.0, 100.0])
def test_a_figure_that_never_moves_has_a_scale_that_ends_with_it(value: float) -> None:
    texts = [tick.text for tick in line(spots(value, value), what="Uptime", words=percent).up]
    assert percent(value) in texts
    assert "101.0 %" not in texts


def test_where_nothing_was_measured_the_picture_says_so() -> None:
    found = line(spots(None, None), what="Hours to resolve", words=percent)
    assert (found.path, found.dots) == ("", ())
    assert found.label == "Hours to resolve by week: nothing to measure."
