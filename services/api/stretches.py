"""The intervals behind an uptime figure in JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from services.models import Rule
from services.reckoning import downtime
from services.status import CHOICES
from services.turns import Stretch


class IntervalSerializer(serializers.Serializer[Any]):
    """Half open ``[start, end)`` in one status (null: before the first), how it counts, and what caused it.

    ``rule`` is ``counted``, ``maintenance`` or ``no_data``; the latter two are left out of both sides.
    """

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    seconds = serializers.FloatField()
    status = serializers.ChoiceField(CHOICES, source="turn.status", default=None, allow_null=True)
    rule = serializers.ChoiceField(Rule.choices, source="counts.rule")
    downtime_seconds = serializers.SerializerMethodField()
    # The field has the name of an attribute of fields; DRF keeps the two apart.
    source = serializers.CharField(source="turn.source", default="")  # type: ignore[assignment]
    message = serializers.CharField(source="turn.message", default="")
    actor = serializers.CharField(source="turn.actor", default="")

    def get_downtime_seconds(self, row: Stretch) -> float:
        """Return how much of it is downtime."""
        return downtime(row).total_seconds()
