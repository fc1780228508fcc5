"""Every figure can be traced to the intervals that it is made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.figure import Weight
from services.status import Status
from services.uptime import Change
from statuspage.spells import Spell, spells

START = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_service_that_was_always_well_has_none() -> None:
    assert spells([], START, Status.OPERATIONAL) == ()


def test_each_status_is_an_interval_of_its_own_newest_first() -> None:
    changes = [
        Change(START + HOUR, Status.DEGRADED),
        Change(START + 2 * HOUR, Status.MAJOR_OUTAGE),
        Change(START + 3 * HOUR, Status.OPERATIONAL),
    ]
    assert spells(changes, START, Status.OPERATIONAL) == (
        Spell(START + 2 * HOUR, START + 3 * HOUR, Status.MAJOR_OUTAGE),
        Spell(START + HOUR, START + 2 * HOUR, Status.DEGRADED),
    )


def test_the_one_that_goes_on_has_no_end() -> None:
    found = spells([Change(START + HOUR, Status.DEGRADED)], START, Status.OPERATIONAL)
    assert found == (Spell(START + HOUR, None, Status.DEGRADED),)
    assert found[0].lasted == ""


def test_what_began_before_the_window_is_shown_from_its_first_day() -> None:
    found = spells([Change(START + HOUR, Status.OPERATIONAL)], START, Status.PARTIAL_OUTAGE)
    assert found == (Spell(START, START + HOUR, Status.PARTIAL_OUTAGE),)
    assert found[0].lasted == "1 h"


def test_time_of_which_nobody_knows_is_an_interval_and_left_out() -> None:
    (found,) = spells([Change(START + HOUR, Status.OPERATIONAL)], START, None)
    assert (found.mark, found.lasted, found.rule) == ("no_data", "1 h", "left out")


@pytest.mark.parametrize(
    ("status", "weight", "rule"),
    [
        (Status.DEGRADED, 1.0, "counts as up"),
        (Status.MAINTENANCE, 1.0, "left out"),
        (Status.MAJOR_OUTAGE, 0.5, "downtime"),
        (Status.PARTIAL_OUTAGE, 1.0, "downtime"),
        (Status.PARTIAL_OUTAGE, 0.5, "50% of it is downtime"),
    ],
)
def test_each_says_by_which_rule_it_counts(
    status: Status, weight: float, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Weight, "partial", weight)
    assert Spell(START, None, status).rule == rule


def test_a_status_that_held_for_no_time_is_left_out() -> None:
    changes = [Change(START + HOUR, Status.DEGRADED), Change(START + HOUR, Status.OPERATIONAL)]
    assert spells(changes, START, Status.OPERATIONAL) == ()
