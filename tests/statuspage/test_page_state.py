"""The page's state, without a database or a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from services.lengths import duration
from services.status import Status
from services.uptime import Day, Uptime
from statuspage.headline import headline
from statuspage.history import Turn, history
from statuspage.runs import runs
from statuspage.service_view import ServiceView, figures

NOW = datetime(2026, 3, 10, 12, 34, 56, tzinfo=UTC)
NOTHING = timedelta()
UP, DOWN, PLANNED = Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.MAINTENANCE


def service(name: str, status: Status) -> ServiceView:
    days = history([], status, NOW)
    return ServiceView(
        *(uuid4(), name.lower(), name, "", "", None, 0, status, NOW, "", (), runs(days), figures(days), NOW, NOW)
    )


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([], "No services are published yet"),
        ([UP, UP], "All services are operational"),
        ([UP, DOWN], "Major outage of B"),
        ([Status.DEGRADED, Status.PARTIAL_OUTAGE], "Partial outage of B, 1 other service affected"),
        ([DOWN, DOWN], "Major outage of A and B"),
        ([DOWN, DOWN, DOWN], "Major outage of all services"),
        ([UP, DOWN, DOWN], "Major outage of B and C"),
        ([UP, DOWN, DOWN, DOWN], "Major outage of B and C, 1 other service affected"),
        ([DOWN, Status.DEGRADED, Status.PARTIAL_OUTAGE, UP], "Major outage of A, 2 other services affected"),
        ([UP, Status.MAINTENANCE], "Maintenance of B"),
        ([PLANNED, PLANNED, PLANNED, UP], "Maintenance of A and B, 1 other service affected"),
        ([DOWN, PLANNED, Status.DEGRADED, PLANNED], "Major outage of A, 1 other service affected"),
        ([DOWN, PLANNED], "Major outage of A"),
        ([Status.DEGRADED], "Degraded performance of A"),
    ],
)
def test_the_headline_names_the_worst(statuses: list[Status], said: str) -> None:
    services = [service(name, status) for name, status in zip("ABCD", statuses, strict=False)]
    assert headline(services) == said


def test_equal_days_are_one_run_and_a_day_with_an_outage_stands_alone() -> None:
    first = date(2026, 3, 1)
    whole, bad = Uptime(timedelta(1), NOTHING, NOTHING), Uptime(timedelta(1), timedelta(hours=1), NOTHING)
    statuses = [(None, Uptime(NOTHING, NOTHING, NOTHING)), (UP, whole), (UP, whole), (DOWN, bad), (DOWN, bad)]
    days = [Day(first + timedelta(number), status, uptime) for number, (status, uptime) in enumerate(statuses)]
    drawn = [(run.css, run.offset, run.length, run.down_text) for run in runs(days)]
    assert drawn == [
        ("no_data", 0, 1, ""),
        ("operational", 1, 2, ""),
        ("major_outage", 3, 1, "1 h"),
        ("major_outage", 4, 1, "1 h"),
    ]


def test_before_its_birth_there_is_no_data() -> None:
    days = history([Turn(NOW - timedelta(days=2), None, UP)], UP, NOW)
    assert [day.status for day in days[-4:]] == [None, UP, UP, UP]
    assert len(days) == 90


def test_what_it_is_now_shows_on_today_at_once() -> None:
    assert history([Turn(NOW, UP, DOWN)], DOWN, NOW)[-1].status is DOWN
    assert history([], Status.DEGRADED, NOW)[-1].status is Status.DEGRADED
    midnight = NOW.replace(hour=0, minute=0, second=0)
    assert history([], UP, midnight)[-1].status is UP


def test_an_outage_that_is_over_counts_to_its_last_second() -> None:
    turns = [Turn(NOW - timedelta(seconds=100), UP, DOWN), Turn(NOW - timedelta(seconds=1), DOWN, UP)]
    assert figures(history(turns, UP, NOW))[0].uptime.down == timedelta(seconds=99)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (160, "2 min 40 s"),
        (3177, "52 min"),
        (3661, "1 h 1 min"),
        (90_000, "1 d 1 h"),
        (86_400, "1 d"),
        (3605, "1 h"),
    ],
)
def test_a_length_has_two_units_at_most(seconds: int, said: str) -> None:
    assert duration(timedelta(seconds=seconds)) == said
