"""The figures of incidents, read from the rows."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.registry import Collector

from incidents.metrics import collect
from incidents.models import Incident
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> None:
    slow = Incident.declare(by=ANN, title="Slow", severity="high", now=NOON)
    slow.acknowledge(by=ANN, now=NOON + timedelta(minutes=4))
    slow.resolve(by=ANN, now=NOON + timedelta(minutes=45))
    Incident.declare(by=ANN, title="Down", severity="critical", now=NOON)
    Incident.declare(by=ANN, title="Secret", severity="critical", public=False, now=NOON)


def figures(*, everything: bool) -> dict[str, float]:
    class Rows(Collector):
        def collect(self) -> Iterator[Metric]:
            yield from collect(everything)

    registry = CollectorRegistry()
    registry.register(Rows())
    return {
        f"{sample.name.removeprefix('opstatus_')}{','.join(sample.labels.values())}": sample.value
        for family in registry.collect()
        for sample in family.samples
    }


def test_incidents_are_counted_by_severity_and_status(three: None) -> None:
    found = figures(everything=True)
    assert (found["incidents_active"], found["incidents_total"]) == (2, 3)
    assert (found["incidents_by_severitycritical"], found["incidents_by_severityhigh"]) == (2, 0)
    assert (found["incidents_by_statusresolved"], found["incidents_by_statusidentified"]) == (1, 0)
    assert (found["incidents_created_totalhigh"], found["incidents_created_totallow"]) == (1, 0)


def test_who_scrapes_without_a_key_sees_no_internal_incident(three: None) -> None:
    found = figures(everything=False)
    assert (found["incidents_active"], found["incidents_by_severitycritical"]) == (1, 1)


def test_times_fall_into_buckets(three: None) -> None:
    found = figures(everything=True)
    assert (found["incident_mtta_seconds_bucket120.0"], found["incident_mtta_seconds_bucket300.0"]) == (0, 1)
    assert (found["incident_mttr_seconds_bucket1800.0"], found["incident_mttr_seconds_bucket3600.0"]) == (0, 1)
    assert (found["incident_mttr_seconds_count"], found["incident_mttr_seconds_sum"]) == (1, 2700)


def test_what_was_resolved_is_counted_still_when_it_is_open_again(three: None) -> None:
    slow = Incident.objects.get(title="Slow")
    slow.reopen(by=ANN, now=NOON + timedelta(minutes=50))
    found = figures(everything=True)
    assert (found["incident_mttr_seconds_count"], found["incident_mttr_seconds_sum"]) == (1, 2700)
    slow.resolve(by=ANN, now=NOON + timedelta(minutes=60))
    slow.post_update(by=ANN, message="All is well.", now=NOON + timedelta(minutes=70))
    found = figures(everything=True)
    assert (found["incident_mttr_seconds_count"], found["incident_mttr_seconds_sum"]) == (2, 2700 + 3600)
    assert figures(everything=False)["incident_mttr_seconds_count"] == 2
    assert found["incident_mtta_seconds_count"] == 1


def test_without_incidents_everything_is_nought(db: None) -> None:
    assert set(figures(everything=True).values()) == {0}
