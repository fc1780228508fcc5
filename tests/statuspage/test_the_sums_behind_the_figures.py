"""Six figures, each with what it is made of. Without a database or a clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.status import Status
from services.uptime import DAY, HOUR
from statuspage.detail import LISTED, Detail, detail
from statuspage.history import Turn, gaps, history, step
from statuspage.runs import runs
from statuspage.service_view import ServiceView, figures

NOW = datetime(2026, 3, 10, 12, 34, 56, tzinfo=UTC)
UP, DOWN, WORK = Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.MAINTENANCE


def view(turns: Sequence[Turn], current: Status | None) -> ServiceView:
    days = history(turns, current, NOW)
    shown = runs(days, gaps(turns, current, NOW))
    rule = "counted" if current else "no_data"
    names = (uuid4(), "shop", "Shop", "", "", None, 0)
    return ServiceView(*names, current or UP, NOW, "", (), shown, figures(days), NOW, NOW, rule)


def told(turns: Sequence[Turn], current: Status | None = UP) -> Detail:
    return detail(view(turns, current), turns, current, (), NOW)


def spell(hours_ago: float, length: float, status: Status | None) -> list[Turn]:
    begun = NOW - hours_ago * HOUR
    return [Turn(begun, UP, status), Turn(begun + length * HOUR, status, UP)]


def of(found: Detail, key: str) -> tuple[str, str, str]:
    one = next(one for one in found.sums if one.key == key)
    return one.text, one.down, one.left_out


def test_there_are_six_spans() -> None:
    assert [one.label for one in told([]).sums] == ["24 hours", *(f"{days} days" for days in (7, 30, 60, 90, 365))]


def test_each_time_is_counted_once_or_left_out_by_its_rule() -> None:
    found = told([*spell(20, 1, WORK), *spell(15, 2, None), *spell(10, 0.5, DOWN)])
    assert of(found, "24h") == ("97.619 %", "30 min", "1 h maintenance, 2 h no data")
    assert of(found, "365d")[1:] == ("30 min", "1 h maintenance, 2 h no data")
    assert [(one.rule, one.lasted) for one in found.spells] == [
        ("downtime", "30 min"),
        ("left out", "2 h"),
        ("left out", "1 h"),
    ]


def test_the_time_before_it_existed_is_left_out_and_said() -> None:
    found = told([Turn(NOW - 3 * DAY, None, UP, birth=True), *spell(20, 1, WORK)])
    assert of(found, "24h")[2] == "1 h maintenance"
    assert of(found, "7d")[2] == "1 h maintenance, the time before it existed"


def test_a_year_ago_is_seen_in_the_longest_span_alone() -> None:
    found = told(spell(200 * 24, 4, DOWN))
    assert (of(found, "90d")[0], of(found, "365d")[1]) == ("100 %", "4 h")


@pytest.mark.parametrize("span", ["30d", "60d", "90d"])
def test_the_figures_are_those_of_the_page(span: str) -> None:
    turns = [*spell(40 * 24, 3, DOWN), *spell(70 * 24, 1, Status.PARTIAL_OUTAGE), Turn(NOW - HOUR, UP, DOWN)]
    shown = {f"{figure.days}d": figure.text for figure in view(turns, DOWN).figures}
    assert of(told(turns, DOWN), span)[0] == shown[span]


@pytest.mark.parametrize(
    ("turns", "current", "until", "moves"),
    [
        ([], UP, NOW.replace(hour=0, minute=0, second=0), DAY),
        (spell(5, 1, DOWN), UP, NOW.replace(minute=0, second=0), HOUR),
        (spell(5, 1, WORK), UP, NOW.replace(minute=0, second=0), HOUR),
        ([Turn(NOW - HOUR, UP, DOWN)], DOWN, NOW.replace(second=0), timedelta(minutes=1)),
        ([Turn(NOW - HOUR, UP, None)], None, NOW.replace(minute=0, second=0), HOUR),
        ([Turn(NOW, UP, WORK)], WORK, NOW + timedelta(seconds=1), HOUR),
    ],
)
def test_the_counting_ends_where_the_clock_next_renders_it(
    turns: list[Turn], current: Status | None, until: datetime, moves: timedelta
) -> None:
    assert (told(turns, current).until, step(view(turns, current))) == (until, moves)


def test_a_service_born_today_has_a_figure_and_no_spell() -> None:
    found = told([Turn(NOW, None, UP, birth=True)])
    assert (of(found, "365d"), found.spells) == (("100 %", "nothing", "the time before it existed"), ())


def test_of_a_service_that_flaps_the_newest_are_listed() -> None:
    turns = [turn for hours in range(500, 0, -2) for turn in spell(hours, 1, Status.DEGRADED)]
    found = told(turns)
    assert (len(found.spells), found.earlier) == (LISTED, 150)
    assert found.spells[0].start == NOW - 2 * HOUR
