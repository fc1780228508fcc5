"""A job that calls us: when it is late, what its signals mean, and that nobody asks it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.probes import KINDS
from services.probes.push import due, due_to_end, late, told
from tests.probes.servers import ask

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = 3600

seconds = st.integers(0, 7 * 24 * HOUR)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("by", "started_at", "longest_run", "end"),
    [
        (minutes(70), minutes(5), 0, minutes(70)),
        (minutes(70), minutes(5), 600, minutes(15)),
        (minutes(70), minutes(65), 600, minutes(70)),
        (None, minutes(5), 600, minutes(15)),
        (None, minutes(5), 0, None),
    ],
    ids=["started", "runs-too-long", "started-late", "its-first-run", "its-first-run-is-not-watched"],
)
def test_a_job_that_has_started_is_due_to_end(
    by: timedelta | None, started_at: timedelta, longest_run: float, end: timedelta | None
) -> None:
    found = due_to_end(None if by is None else NINE + by, NINE + started_at, longest_run)
    assert found == (None if end is None else NINE + end)


def test_it_is_late_only_past_that_instant() -> None:
    assert late(NINE, NINE) is None
    outcome = late(NINE, NINE + timedelta(microseconds=1))
    assert outcome is not None
    assert (outcome.ok, outcome.code, outcome.certain) == (False, "late", True)
    assert outcome.detail == "The job should have called by 2 Mar 2026, 09:00:00 UTC."


def test_a_success_tells_how_long_the_run_took() -> None:
    outcome = told("success", NINE, NINE + minutes(2))
    assert outcome is not None
    assert (outcome.ok, outcome.code, outcome.latency_ms) == (True, "", 120_000)


@pytest.mark.parametrize("started_at", [None, NINE + minutes(1)], ids=["no-start", "a-start-to-come"])
def test_without_a_start_nobody_knows_how_long(started_at: datetime | None) -> None:
    outcome = told("success", started_at, NINE)
    assert outcome is not None
    assert outcome.latency_ms is None


def test_a_failure_that_the_job_tells_is_certain() -> None:
    outcome = told("fail", None, NINE)
    assert outcome is not None
    assert (outcome.ok, outcome.code, outcome.certain) == (False, "reported_failure", True)


def test_a_start_alone_says_nothing() -> None:
    assert told("start", None, NINE) is None


def test_nobody_asks_a_job() -> None:
    assert KINDS["push"].waits
    assert [probe.kind for probe in KINDS.values() if probe.waits] == ["push"]
    assert ask("push", "").code == "internal_error"


def test_a_job_is_due_an_interval_and_its_grace_after_its_last_success() -> None:
    assert due(NINE, interval=HOUR, grace=600) == NINE + minutes(70)


@given(st.one_of(st.none(), instants), instants, seconds)
def test_a_start_never_gives_more_time(by: datetime | None, started_at: datetime, longest_run: int) -> None:
    end = due_to_end(by, started_at, longest_run)
    assert by is None or (end is not None and end <= by)
