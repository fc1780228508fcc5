"""Dashboards and rules ask ``/metrics`` for what is there; and it has what is promised."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.parser import text_string_to_metric_families

from events.actors import SYSTEM
from events.streams.app import OPEN
from services.models import Component, Heartbeat, Service
from statuspage.publisher import publish
from tests.factories import bearer
from tests.observability import promql
from tests.observability.deployed import queries

# Labels that Prometheus itself adds.
OF_A_SCRAPE = {"job", "instance"}
SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}

PROMISED = """
service_status{service_id,service} service_sla_target{service_id,service} service_uptime_24h{service_id,service}
component_status{service_id,service,component_id,component}
component_latency_ms{service_id,service,component_id,component}
component_consecutive_failures{service_id,service,component_id,component} services_total components_total
incidents_active incidents_total incidents_by_severity{severity} incidents_by_status{status}
maintenances_active maintenances_scheduled sla_breaches_unacknowledged
alerts_received_total{severity} alerts_correlated_total{result} alert_processing_seconds_bucket{le}
incidents_created_total{severity} incident_mtta_seconds_bucket{le} incident_mttr_seconds_bucket{le}
oncall_notifications_sent_total{channel} escalations_total{team} notifications_sent_total{channel,status}
events_undispatched snapshot_age_seconds
"""


@pytest.fixture
def figures(db: None) -> dict[str, set[str]]:
    """Return the names of all figures of a scrape with a key, each with its labels."""
    component = Component.add(Service.add(by=SYSTEM, name="Checkout", public=True), by=SYSTEM, name="Redis")
    Heartbeat.objects.create(
        component=component, kind="http", url="https://example.com", last_checked_at=timezone.now()
    )
    publish(timezone.now())
    # Those of the streams are made by the process that serves them.
    assert OPEN in REGISTRY._collector_to_names
    scraped = Client().get("/metrics", headers=bearer("read")).content.decode()
    labels = dict(labelled())
    return {
        f"{family.name}{suffix}": labels.get(family.name, set())
        for family in text_string_to_metric_families(scraped)
        for suffix in SUFFIXES.get(family.type, ())
    }


def labelled() -> Iterator[tuple[str, set[str]]]:
    """Yield each family with the labels that it may have, samples or not."""
    for path in settings.METRIC_COLLECTORS:
        for family in import_string(path)(True):
            yield family.name, set(family._labelnames) | ({"le"} if family.type == "histogram" else set())
    for collector in REGISTRY._collector_to_names:
        if isinstance(collector, MetricWrapperBase):
            yield collector._name, set(collector._labelnames) | ({"le"} if collector._type == "histogram" else set())


def test_every_query_names_figures_and_labels_that_there_are(figures: dict[str, set[str]]) -> None:
    known = {**figures, "up": set()}
    wrong = []
    for where, query in queries().items():
        found = list(promql.asked(query))
        assert found, where
        wrong += [f"{where}: there is no {each.name}" for each in found if each.name not in known]
        labels = set().union(*(known.get(each.name, set()) for each in found)) | OF_A_SCRAPE
        chosen = {label for each in found for label in each.labels - known.get(each.name, set()) - OF_A_SCRAPE}
        wrong += [f"{where}: no label {label}" for label in chosen | (promql.grouped(query) - labels)]
    assert not wrong, wrong


def test_what_is_promised_is_exported_with_its_labels(figures: dict[str, set[str]]) -> None:
    for promise in PROMISED.split():
        name, _, labels = promise.partition("{")
        assert f"opstatus_{name}" in figures, promise
        assert set(labels.rstrip("}").split(",")) - {""} <= figures[f"opstatus_{name}"], promise


def test_a_query_is_read_as_prometheus_reads_it() -> None:
    query = 'sum by (le) (rate(a_bucket{j="x", s=~"5.."}[5m])) > on (instance) 0.01 * b{c!="d"} unless e offset 1h'
    assert [(each.name, set(each.labels)) for each in promql.asked(query)] == [
        ("a_bucket", {"j", "s"}),
        ("b", {"c"}),
        ("e", set()),
    ]
    assert promql.grouped(query) == {"le", "instance"}
