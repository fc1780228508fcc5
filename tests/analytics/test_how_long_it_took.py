"""Mean, median and 90th percentile; of nothing there is none; machines do not answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.analytics.times import Answers, Case, Spread, figures, spread
from tests.analytics.conftest import NOW


def case(answered: float | None = None, resolved: float | None = None, **fields: object) -> Case:
    """Return an incident answered and resolved after so many minutes."""
    return Case(
        **{  # type: ignore[arg-type]
            "created_at": NOW,
            "severity": "high",
            "status": "investigating" if resolved is None else "resolved",
            "answered_at": None if answered is None else NOW + timedelta(minutes=answered),
            "resolved_at": None if resolved is None else NOW + timedelta(minutes=resolved),
            **fields,
        }
    )


def test_of_nothing_there_is_no_mean() -> None:
    found = figures([])
    assert (found.mtta, found.mttr) == (Spread(0, None, None, None), Spread(0, None, None, None))
    assert (found.total, found.open, found.by_severity["critical"]) == (0, 0, 0)


def test_open_and_unanswered_incidents_are_no_zeros() -> None:
    found = figures([case(), case(answered=4), case(answered=8, resolved=60)])
    assert (found.mtta.count, found.mtta.mean) == (2, 360)
    assert (found.mttr.count, found.mttr.mean) == (1, 3600)
    assert (found.total, found.open) == (3, 2)


def test_an_answer_of_a_machine_is_counted_apart() -> None:
    found = figures([case(answered=4), case(answered_by_machine=True), case(), case(automatic=True)])
    assert found.answers == Answers(person=1, machine=1, nobody=2)
    assert (found.mtta.count, found.automatic) == (1, 1)


def test_each_severity_and_status_is_named_also_where_there_is_none() -> None:
    found = figures([case(severity="low"), case(severity="low", resolved=1)])
    assert found.by_severity == {"critical": 0, "high": 0, "medium": 0, "low": 2}
    assert found.by_status == {"investigating": 1, "identified": 0, "monitoring": 0, "resolved": 1}


def test_the_median_bears_an_outlier_and_the_90th_percentile_shows_it() -> None:
    found = spread(timedelta(minutes=number) for number in [*range(1, 11), 1000])
    assert found.mean == pytest.approx(5754.5, abs=0.1)
    assert (found.median, found.p90) == (360, 600)


def test_the_90th_percentile_lies_between_the_two_nearest() -> None:
    assert spread([timedelta(seconds=10), timedelta(seconds=20)]).p90 == pytest.approx(19)


def test_one_is_its_own_mean() -> None:
    assert spread([timedelta(seconds=7)]) == Spread(1, 7, 7, 7)


@given(st.lists(st.integers(0, 10**7), min_size=1))
def test_figures_lie_within_what_was_measured(seconds: list[int]) -> None:
    found = spread(timedelta(seconds=number) for number in seconds)
    assert found.count == len(seconds)
    for figure in (found.mean, found.median, found.p90):
        assert figure is not None
        assert min(seconds) - 1e-6 <= figure <= max(seconds) + 1e-6
    assert found.median is not None
    assert found.p90 is not None
    assert found.median <= found.p90 + 1e-6
