"""A heartbeat in words: how many in a row, and what it takes to change the status."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.models import Heartbeat
from services.readings import Reading

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def read(**fields: object) -> Reading:
    return Reading(Heartbeat(**{"kind": "http", "url": "https://example.com", **fields}), NOW)


@pytest.mark.parametrize(
    ("failures", "successes", "needed", "words"),
    [
        (0, 0, 1, ""),
        (0, 0, 3, ""),
        (0, 5, 1, ""),
        (1, 0, 1, "1 failure in a row"),
        (3, 0, 1, "3 failures in a row"),
        (0, 1, 3, "1 of 3 successes that it takes"),
        (0, 3, 3, ""),
    ],
)
def test_how_many_stand_in_a_row(failures: int, successes: int, needed: int, words: str) -> None:
    fields = {"consecutive_failures": failures, "consecutive_successes": successes, "recover_after": needed}
    assert read(**fields).row == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Degraded after 1 failure, down after 3 failures in a row, well again after 1 success."),
        (
            {"degraded_after": 2, "down_after": 2, "recover_after": 2},
            "Down after 2 failures in a row, well again after 2 successes in a row.",
        ),
        (
            {"latency_threshold_ms": 800, "down_after": 1},
            "Down after 1 failure, well again after 1 success, degraded when slower than 800 ms.",
        ),
        (
            {"kind": "push"},
            "Down at once when it does not call in time or says that it failed, well again after 1 success.",
        ),
    ],
    ids=["usual", "down at once", "slow", "a job"],
)
def test_what_it_takes(fields: dict[str, object], words: str) -> None:
    assert read(**fields).rule == words


def test_what_it_is_told_leaves_out_what_is_usual_and_every_secret() -> None:
    told = read(options={"keyword": "fine", "headers": "X-Key: hush", "verify_tls": False}).told
    assert told == [("Keyword", "fine"), ("Headers", "••••••"), ("Verify the certificate", "No")]


def test_a_kind_that_this_version_does_not_know_is_shown_all_the_same() -> None:
    assert read(kind="telepathy").told == []
