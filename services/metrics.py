"""The catalogue's figures for ``/metrics``, read from the database at each scrape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from services import checks
from services.models import Component, Service
from services.models.history import changes_since
from services.uptime import DAY, HOUR, Change, Uptime, as_of, intervals, uptime

SERVICE = ["service_id", "service"]
COMPONENT = [*SERVICE, "component_id", "component"]


def collect(everything: bool) -> Iterator[GaugeMetricFamily]:  # noqa: FBT001 - the collectors' common signature
    """Yield a family for each figure. Unless ``everything``, private services are in no label and no sum."""
    services = Service.objects.all() if everything else Service.objects.filter(public=True)
    components = Component.objects.filter(service__in=services.order_by().values("pk")).select_related(
        "service", "heartbeat"
    )
    rows, parts = list(services.order_by("id")), list(components.order_by("id"))
    yield _of_services("service_status", "Traffic light: 0 green, 1 yellow, 2 red.", _lights(rows))
    yield _of_services("service_sla_target", "Uptime that is promised, in percent.", _targets(rows))
    yield _of_services("service_uptime_24h", "Uptime of the last 24 hours, in percent.", _uptimes(rows))
    yield _component_status(parts)
    yield from _heartbeats(parts)
    yield from _checks(None if everything else components)
    yield GaugeMetricFamily("opstatus_services_total", "Number of services.", len(rows))
    yield GaugeMetricFamily("opstatus_components_total", "Number of components.", len(parts))


def _of_services(name: str, about: str, figures: list[tuple[Service, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"opstatus_{name}", about, labels=SERVICE)
    for service, figure in figures:
        family.add_metric([str(service.id), service.name], figure)
    return family


def _lights(services: list[Service]) -> list[tuple[Service, float]]:
    return [(service, service.light.number) for service in services]


def _targets(services: list[Service]) -> list[tuple[Service, float]]:
    return [(service, float(service.sla_target)) for service in services if service.sla_target is not None]


def _uptimes(services: list[Service]) -> list[tuple[Service, float]]:
    now = timezone.now()
    # The hour more is what a figure may lie behind the clock.
    since = now - DAY - HOUR
    changes = changes_since(since, Service.objects.filter(id__in=[service.id for service in services]))
    found = [(service, _last_day(changes.get(service.id, []), now).percent) for service in services]
    return [(service, percent) for service, percent in found if percent is not None]


def _last_day(changes: Sequence[Change], now: datetime) -> Uptime:
    until = as_of(changes, now)
    return uptime(intervals(changes, until - DAY, until))


def _heartbeats(components: list[Component]) -> Iterator[GaugeMetricFamily]:
    beats = [(component, component.heartbeat) for component in components if hasattr(component, "heartbeat")]
    took = [(component, beat.last_latency_ms) for component, beat in beats if beat.last_latency_ms is not None]
    yield _of_components("component_latency_ms", "What the last check took that was answered, in ms.", took)
    failed = [(component, beat.consecutive_failures) for component, beat in beats]
    yield _of_components("component_consecutive_failures", "Failed checks in a row.", failed)


def _checks(among: QuerySet[Component] | None) -> Iterator[GaugeMetricFamily]:
    now, ran = timezone.now(), checks.last_ran(among)
    yield GaugeMetricFamily("opstatus_checks_late", "Checks that are overdue.", checks.late(now, among))
    if ran is not None:
        about = "Seconds since the last check was run."
        yield GaugeMetricFamily("opstatus_checks_last_ran_age_seconds", about, (now - ran).total_seconds())


def _component_status(components: list[Component]) -> GaugeMetricFamily:
    lights = [(component, component.light.number) for component in components]
    return _of_components("component_status", "Traffic light: 0 green, 1 yellow, 2 red.", lights)


def _of_components(name: str, about: str, figures: Sequence[tuple[Component, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"opstatus_{name}", about, labels=COMPONENT)
    for component, figure in figures:
        service = component.service
        labels = [str(service.id), service.name, str(component.id), component.name]
        family.add_metric(labels, figure)
    return family
