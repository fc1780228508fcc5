"""Whether nobody runs checks, told from when each last ran and is due. Without a database or a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from statuspage.checks import LARGE, Check, Checks, pulse

NOW = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def checks(*of: tuple[int | None, int | None]) -> Checks:
    """Return checks that ran and are due so many minutes after now."""
    rows = [Check(*(None if at is None else NOW + at * MINUTE for at in one)) for one in of]
    return Checks(NOW, {uuid4(): row for row in rows})


@pytest.mark.parametrize(
    ("of", "overdue"),
    [
        ([(-1, 0)], False),
        ([(-5, -4)], True),
        ([(-4, -3)], False),
        ([(-90, -89), (-1, 0)], False),
        ([(-90, -89), (-60, -59)], True),
        ([(-90, -59), (-60, -58)], True),
        ([(None, -10)], True),
        ([(None, 0)], False),
    ],
)
def test_nobody_checks_when_one_waits_and_none_ran_lately(
    of: list[tuple[int | None, int | None]], overdue: bool
) -> None:
    freshness = checks(*of).freshness
    assert freshness is not None
    assert freshness.overdue is overdue


def test_without_a_check_that_is_due_there_is_nothing_to_say() -> None:
    assert checks().freshness is None
    assert checks((-1, None)).freshness is None


def test_seconds_are_not_shown() -> None:
    key = uuid4()
    one, other = (Checks(NOW, {key: Check(NOW + n * MINUTE / 6, NOW + MINUTE)}) for n in (1, 5))
    assert one.shows_the_same(other)
    assert one.last_checked(key) == NOW


def test_a_large_page_is_not_made_anew_each_minute() -> None:
    assert (pulse(LARGE), pulse(LARGE + 1)) == (MINUTE, 5 * MINUTE)
