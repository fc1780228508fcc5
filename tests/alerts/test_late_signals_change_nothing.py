"""Signals that come late, out of order, or twice."""

from __future__ import annotations

import pytest

from alerts.models import Alert
from alerts.states import Result
from incidents.models import Incident
from tests.alerts.conftest import Report, at, firing, resolved

pytestmark = pytest.mark.django_db


def test_resolved_before_it_was_heard_to_fire(report: Report) -> None:
    (first,) = report(0, resolved("a", starts_at=at(-60), ends_at=at(-10)))
    (late,) = report(5, firing("a", starts_at=at(-60)))
    assert (first.result, late.result) == (Result.RESOLVED, Result.IGNORED)
    assert Incident.objects.count() == 0
    assert Alert.objects.get().status == "resolved"


def test_an_old_firing_after_the_resolve_is_dropped(report: Report) -> None:
    report(0, firing("a", starts_at=at(0)))
    report(5, resolved("a", starts_at=at(0), ends_at=at(4)))
    (late,) = report(6, firing("a", starts_at=at(0)))
    assert late.result is Result.IGNORED
    assert Alert.objects.open().count() == 0


def test_firing_that_began_later_is_a_new_alert(report: Report) -> None:
    report(0, firing("a", starts_at=at(0)))
    report(5, resolved("a", starts_at=at(0), ends_at=at(4)))
    (again,) = report(6, firing("a", starts_at=at(6)))
    assert again.result is Result.NEW


def test_who_gives_no_time_means_now(report: Report) -> None:
    report(0, firing("a"))
    report(5, resolved("a"))
    assert report(6, firing("a"))[0].result is Result.NEW


def test_a_resolve_ends_what_was_said_to_fire_without_a_time(report: Report) -> None:
    report(0, firing("a"))
    (over,) = report(60, resolved("a", starts_at=at(-30), ends_at=at(55)))
    assert over.result is Result.RESOLVED
    assert Alert.objects.open().count() == 0


def test_an_old_resolve_ends_nothing_that_began_since(report: Report) -> None:
    report(0, firing("a", starts_at=at(0)))
    report(1, resolved("a", starts_at=at(0), ends_at=at(1)))
    report(2, firing("a", starts_at=at(1.5)))
    (late,) = report(3, resolved("a", starts_at=at(0), ends_at=at(1)))
    assert late.result is Result.IGNORED
    assert Alert.objects.open().count() == 1


def test_a_resolve_may_be_repeated_for_a_quarter_of_an_hour(report: Report) -> None:
    report(0, firing("a", starts_at=at(0)))
    said = resolved("a", starts_at=at(0), ends_at=at(60))
    results = [report(60 * minute, said)[0].result for minute in range(1, 16)]
    assert results == [Result.RESOLVED] + [Result.IGNORED] * 14
    assert Incident.objects.get().updates.count() == 1


def test_a_message_about_nothing_open_does_nothing(report: Report) -> None:
    assert report(0, resolved("a"))[0].result is Result.IGNORED
    assert Alert.objects.count() == 0
