"""The figures come from the rows, and never fall when rows go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import Metric

from alerts.metrics import collect
from alerts.models import Alert, RawSignal
from alerts.models.raw_signal import pace
from alerts.pruning import prune
from alerts.states import Result
from incidents.lifecycle import Severity
from tests.alerts.conftest import Report, at, firing, resolved

pytestmark = pytest.mark.django_db


def samples(family: Metric) -> dict[tuple[str, ...], float]:
    return {(sample.name.removeprefix("opstatus_"), *sample.labels.values()): sample.value for sample in family.samples}


def figures() -> dict[tuple[str, ...], float]:
    found: dict[tuple[str, ...], float] = {}
    for family in collect(True):
        found |= samples(family)
    return found


def test_they_count_what_came_and_what_became_of_it(report: Report) -> None:
    report(0, firing("a"), firing("a"), firing("b", severity="low"), resolved("a"))
    found = figures()
    assert found["alerts_received_total", "high"] == 3
    assert found["alerts_received_total", "low"] == 1
    assert found["alerts_correlated_total", "new"] == 2
    assert found["alerts_correlated_total", "duplicate"] == 1
    assert found["alerts_correlated_total", "resolved"] == 1
    assert found["alert_processing_seconds_count",] == 4
    assert found["alert_processing_seconds_bucket", "+Inf"] == 4
    assert found["alert_processing_seconds_sum",] > 0


def test_what_has_not_happened_yet_is_counted_as_0() -> None:
    found = figures()
    assert {sample[1] for sample in found if sample[0] == "alerts_received_total"} == set(Severity)
    assert {sample[1] for sample in found if sample[0] == "alerts_correlated_total"} == set(Result)
    assert set(found.values()) == {0}


def test_they_do_not_fall_when_old_rows_are_forgotten(report: Report) -> None:
    report(0, firing("a"), firing("b"))
    report(10, resolved("a"))
    before = figures()
    prune(at(0) + timedelta(days=31))
    assert RawSignal.objects.count() == 0
    assert Alert.objects.count() == 2
    assert figures() == pytest.approx(before)
    prune(at(0) + timedelta(days=401))
    assert list(Alert.objects.values_list("fingerprint", flat=True)) == ["b"]


def test_outsiders_see_none_of_them(report: Report) -> None:
    report(0, firing("a"))
    assert list(collect(False)) == []


@pytest.mark.parametrize(("milliseconds", "place"), [(0, 0), (5, 0), (5.1, 1), (5000, 9), (60000, 10)])
def test_a_time_has_its_place_among_the_bounds(milliseconds: float, place: int) -> None:
    assert pace(milliseconds) == place
