"""The figure of broken promises for ``/metrics``."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from services.models import SlaBreach


def collect(everything: bool) -> Iterator[Metric]:  # noqa: FBT001 - the collectors' common signature
    """Yield how many breaches nobody has acknowledged; without ``everything`` those of public services."""
    breaches = SlaBreach.objects.unacknowledged().filter(level=SlaBreach.Level.BREACH)
    found = breaches if everything else breaches.filter(service__public=True)
    about = "Promises that were broken and that nobody has looked at."
    yield GaugeMetricFamily("opstatus_sla_breaches_unacknowledged", about, found.count())
