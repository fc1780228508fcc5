"""Figures about the published page, read from the database and so right whichever process published."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from statuspage import store
from statuspage.models import Copy


def collect(everything: bool) -> Iterator[Metric]:  # noqa: ARG001, FBT001 - the hook's signature; nothing here is private
    """Yield how old the newest publication is."""
    age = store.age(timezone.now())
    if age is not None:
        yield GaugeMetricFamily("opstatus_snapshot_age_seconds", "Seconds since something was last published.", age)
    copy = Copy.objects.filter(place=settings.PUBLISH_TO).first() if settings.PUBLISH_TO else None
    if copy is not None:
        said = "Whether the copy of the public page (PUBLISH_TO) could not be written at the last try."
        yield GaugeMetricFamily("opstatus_copy_failing", said, float(copy.failing_since is not None))
    if copy is not None and copy.confirmed_at:
        said = "Seconds since the copy of the public page was last known to be current."
        since = (timezone.now() - copy.confirmed_at).total_seconds()
        yield GaugeMetricFamily("opstatus_copy_age_seconds", said, since)
