"""Saving what a batch changed, with few statements: in a storm most alerts change alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F

from alerts.models import Alert

_PLAIN = ["status", "suppressed_by", "silence_id", "lease_until", "acknowledged_at", "ends_at", "closed_at"]
_PLAIN += ["last_received_at"]
_ALL = ["status", "suppressed_by", "silence", "lease_until", "acknowledged_at", "ends_at", "closed_at"]
_ALL += ["last_received_at", "count", "annotations"]
_SAID = ["lease_until", "last_received_at", "count", "annotations"]


def stands(alert: Alert) -> dict[str, Any]:
    """Return what :func:`save` compares with: the row as it was read."""
    found = {name: getattr(alert, name) for name in _PLAIN}
    return {**found, "count": alert.count, "annotations": alert.annotations}


def save(alerts: Iterable[Alert], were: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Save those that changed; ``were`` holds what :func:`stands` returned of each. The caller holds the rows."""
    groups: dict[tuple[Any, ...], list[UUID]] = defaultdict(list)
    apart: list[Alert] = []
    for alert in alerts:
        was = were[alert.pk]
        if alert.annotations != was["annotations"]:
            apart.append(alert)
            continue
        patch = tuple((name, value) for name in _PLAIN if (value := getattr(alert, name)) != was[name])
        more = alert.count - was["count"]
        if more or patch:
            groups[(more, *patch)].append(alert.pk)
    for (more, *changed), ids in groups.items():
        Alert.objects.filter(pk__in=ids).update(count=F("count") + more, **dict(changed))
    if apart:
        Alert.objects.bulk_update(apart, _SAID if all(alert.is_open for alert in apart) else _ALL, batch_size=100)
