"""What waits in the log, by consumer."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from events.models import Cursor, Event


def collect(everything: bool) -> Iterator[Metric]:  # noqa: FBT001 - the hook's signature
    """Yield how many events each consumer has not read yet; without ``everything`` the public ones alone count."""
    family = GaugeMetricFamily(
        "opstatus_events_undispatched", "Events that a consumer has not read yet.", labels=["consumer"]
    )
    positions = dict(Cursor.objects.values_list("consumer", "position"))
    for consumer in settings.EVENT_CONSUMERS:
        waiting = Event.objects.filter(id__gt=positions.get(consumer, 0))
        family.add_metric([consumer], (waiting if everything else waiting.filter(public=True)).count())
    yield family
