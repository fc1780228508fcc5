"""Moments on which no lease hangs are told by the database's clock without a question for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from notifications.sending.clock import Nearly

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def told(database: list[datetime], machine: list[float]) -> Iterator[datetime]:
    asked, passing = iter(database), [0.0]
    nearly = Nearly(lambda: next(asked), lambda: passing[0])
    for passing[0] in machine:
        yield nearly()


def test_between_two_questions_this_machine_counts_on() -> None:
    assert list(told([NOON], [40.0, 40.25, 41.0])) == [NOON + timedelta(seconds=each) for each in (0, 0.25, 1)]


def test_after_a_second_the_database_is_asked_again() -> None:
    later = NOON + timedelta(hours=1)
    assert list(told([NOON, later], [40.0, 41.5, 42.0])) == [NOON, later, later + timedelta(seconds=0.5)]
