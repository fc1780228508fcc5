"""The latency of a component as the API answers it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rest_framework import serializers

from services.latency import DEFAULT, PERIODS, starts, sums
from services.models import CheckRollup, Component


class PointSerializer(serializers.Serializer[Any]):
    """An hour or UTC day. Latencies in ms; all null where nothing was checked, latencies where nothing answered."""

    start = serializers.DateTimeField()
    checks = serializers.IntegerField(allow_null=True)
    ok = serializers.IntegerField(allow_null=True)
    min = serializers.FloatField(allow_null=True)
    mean = serializers.FloatField(allow_null=True)
    p50 = serializers.FloatField(allow_null=True)
    p95 = serializers.FloatField(allow_null=True)
    max = serializers.FloatField(allow_null=True)


class LatencySerializer(serializers.Serializer[Any]):
    """Latency over a period, oldest first, without a step missing: ``step`` is hour up to 7 days, day above."""

    component = serializers.UUIDField()
    period = serializers.ChoiceField(list(PERIODS))
    step = serializers.ChoiceField(CheckRollup.Period.choices)
    points = PointSerializer(many=True)


def period(query: Mapping[str, str]) -> str:
    """Read the period; raises ``ValidationError`` with a sentence."""
    word = query.get("period", DEFAULT)
    if word not in PERIODS:
        raise serializers.ValidationError({"period": [f"Use one of: {', '.join(PERIODS)}."]})
    return word


def answer(component: Component, word: str, now: datetime) -> dict[str, Any]:
    """Return the latency of the last ``word``."""
    chosen = PERIODS[word]
    found = sums([component.pk], chosen, now)[component.pk]
    points = [_point(at, found.get(at)) for at in starts(found, chosen, now)]
    return {"component": component.pk, "period": word, "step": chosen.kind, "points": points}


def _point(start: datetime, row: CheckRollup | None) -> dict[str, Any]:
    measures = {name: getattr(row, name, None) for name in ("ok", "min", "mean", "p50", "p95", "max")}
    return {"start": start, "checks": row.count if row else None, **measures}
