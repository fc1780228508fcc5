"""Figures about the published page, read from the database and so right whichever process published."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from statuspage import store


def collect(everything: bool) -> Iterator[Metric]:  # noqa: ARG001, FBT001 - the hook's signature; nothing here is private
    """Yield how old the newest publication is."""
    age = store.age(timezone.now())
    if age is not None:
        yield GaugeMetricFamily("opstatus_snapshot_age_seconds", "Seconds since something was last published.", age)
