"""The figures of maintenance for ``/metrics``."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from services.models import Maintenance


def collect(everything: bool) -> Iterator[Metric]:  # noqa: FBT001 - the collectors' common signature
    """Yield how many windows are under way and to come; without ``everything`` those that the public sees."""
    windows = Maintenance.objects.all() if everything else Maintenance.objects.visible()
    active, scheduled = windows.under_way().count(), windows.upcoming().count()
    yield GaugeMetricFamily("opstatus_maintenances_active", "Windows of maintenance under way.", active)
    yield GaugeMetricFamily("opstatus_maintenances_scheduled", "Windows of maintenance to come.", scheduled)
