"""The figures of incidents for Prometheus, read from the database: right whichever process did the work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from incidents.lifecycle import IncidentStatus, Severity
from incidents.models import Incident, Update

MINUTE, HOUR = 60, 3600
MTTA_BUCKETS = [MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR]
MTTR_BUCKETS = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR, 72 * HOUR]


def collect(everything: bool) -> Iterator[Metric]:  # noqa: FBT001 - the collectors' signature
    """Yield the families; without ``everything`` only public incidents count."""
    incidents = Incident.objects.all() if everything else Incident.objects.visible()
    by_status = _counts(incidents, "status", IncidentStatus)
    by_severity = _counts(incidents, "severity", Severity)
    total = sum(by_status.values())
    yield _gauge("incidents_active", "Incidents that are not resolved.", total - by_status[IncidentStatus.RESOLVED])
    yield _gauge("incidents_total", "All incidents.", total)
    yield _by("incidents_by_severity", "Open incidents.", "severity", _counts(incidents.open(), "severity", Severity))
    yield _by("incidents_by_status", "All incidents.", "status", by_status)
    yield _created(by_severity)
    answered = incidents.exclude(acknowledged_at=None).annotate(took=_took("created_at", "acknowledged_at"))
    yield _histogram("mtta", "From declared to first acknowledged.", answered, MTTA_BUCKETS)
    yield _histogram("mttr", "From declared to resolved, each time.", _resolutions(incidents), MTTR_BUCKETS)


def _counts(incidents: QuerySet[Incident], field: str, values: type[IncidentStatus] | type[Severity]) -> dict[str, int]:
    found = dict(incidents.order_by().values_list(field).annotate(Count("pk")))
    return {value: found.get(value, 0) for value in values}


def _gauge(name: str, about: str, value: int) -> Metric:
    return GaugeMetricFamily(f"opstatus_{name}", about, value)


def _by(name: str, about: str, label: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(f"opstatus_{name}", about, labels=[label])
    for value, count in counts.items():
        family.add_metric([value], count)
    return family


def _created(counts: dict[str, int]) -> Metric:
    family = CounterMetricFamily("opstatus_incidents_created", "Incidents declared, by severity.", labels=["severity"])
    for severity, count in counts.items():
        family.add_metric([severity], count)
    return family


def _resolutions(incidents: QuerySet[Incident]) -> QuerySet[Update]:
    """Return how long it took until each resolution, from the timelines: what was observed stays so when it reopens."""
    ends = Update.objects.filter(kind=Update.Kind.TRANSITION, status=IncidentStatus.RESOLVED, incident__in=incidents)
    return ends.annotate(took=_took("incident__created_at", "created_at"))


def _took(start: str, end: str) -> ExpressionWrapper[Combinable]:
    return ExpressionWrapper(F(end) - F(start), output_field=DurationField())


def _histogram(name: str, about: str, rows: QuerySet[Any], buckets: list[int]) -> Metric:
    figures: dict[str, Any] = {
        f"le_{bucket}": Count("pk", filter=Q(took__lte=timedelta(seconds=bucket))) for bucket in buckets
    }
    found = rows.order_by().aggregate(everything=Count("pk"), together=Sum("took"), **figures)
    cumulated = [(str(float(bucket)), found[f"le_{bucket}"]) for bucket in buckets]
    total = (found["together"] or timedelta()).total_seconds()
    family = HistogramMetricFamily(f"opstatus_incident_{name}_seconds", about)
    family.add_metric([], [*cumulated, ("+Inf", found["everything"])], total)
    return family
