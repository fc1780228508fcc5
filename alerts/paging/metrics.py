"""The figures of pages for ``/metrics``, read from the database: right whichever process did the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Sum
from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from alerts.models.page import Page
from alerts.models.tally import PageTally
from oncall.models import Team


def collect(everything: bool) -> Iterator[Metric]:  # noqa: FBT001 - the collectors' common signature
    """Yield the families. Who is paged is nobody's business outside, so they are there for ``everything`` alone."""
    if not everything:
        return
    family = CounterMetricFamily("opstatus_escalations", "Steps of pages that fired, by team.", labels=["team"])
    for team, fired in sorted(_fired().items()):
        family.add_metric([team], fired)
    yield family
    states = GaugeMetricFamily("opstatus_pages", "Pages of open incidents, by state.", labels=["state"])
    found = dict(Page.objects.present().order_by().values_list("state").annotate(Count("pk")))
    for state in Page.State:
        if state is not Page.State.RESOLVED:
            states.add_metric([state], found.get(state, 0))
    yield states


def _fired() -> dict[str, int]:
    """Return how many steps fired by team; also 0, because what begins at 1 has not grown in the eyes of Prometheus."""
    known = dict.fromkeys(["", *Team.objects.values_list("name", flat=True)], 0)
    stand = Page.objects.order_by().values_list("team_name").annotate(Sum("fired"))
    gone = PageTally.objects.values_list("team_name", "fired")
    sums = Counter(known)
    for team, fired in [*stand, *gone]:
        sums[team] += fired
    return sums
