"""The figures of pages for ``/metrics``, read from the database: right whichever process did the work."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Sum
from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from alerts.models.page import Page


def collect(everything: bool) -> Iterator[Metric]:  # noqa: FBT001 - the collectors' common signature
    """Yield the families. Who is paged is nobody's business outside, so they are there for ``everything`` alone."""
    if not everything:
        return
    family = CounterMetricFamily("opstatus_escalations", "Steps of pages that fired, by team.", labels=["team"])
    for team, fired in Page.objects.order_by("team_name").values_list("team_name").annotate(Sum("fired")):
        family.add_metric([team], fired)
    yield family
    states = GaugeMetricFamily("opstatus_pages", "Pages of open incidents, by state.", labels=["state"])
    found = dict(Page.objects.present().order_by().values_list("state").annotate(Count("pk")))
    for state in Page.State:
        if state is not Page.State.RESOLVED:
            states.add_metric([state], found.get(state, 0))
    yield states
