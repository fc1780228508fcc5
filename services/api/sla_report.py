"""The report on promises: how a row looks in JSON and in CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from services.api.fields import SecondsField
from services.models import Service
from services.models.promises import Promise
from services.sla.budget import WINDOWS, State

STATES = [(state.value, state.label) for state in State]


@extend_schema_field({"type": "object", "additionalProperties": {"type": "number", "nullable": True}})
class BurnsField(serializers.DictField):
    """Burn rates by window."""


class SlaReportSerializer(serializers.Serializer[Any]):
    """How one service keeps its promise in a period, as of ``as_of``.

    ``availability`` and ``target`` are percent; the former is cut, not rounded, to three decimals. The allowance of
    downtime = (1 - target) x (the whole period - maintenance so far - time without data so far). A burn rate =
    (downtime / time observed) / (1 - target), 1 using the budget up just by the end; ``burn_rates`` are those of the
    last hour, six hours and day. ``budget_ends_at`` says when nothing is left if it goes on like this; null when it
    lasts, when nothing is left already, and where the period rolls.
    """

    service = serializers.UUIDField(source="service.id")
    name = serializers.CharField(source="service.name")
    target = serializers.FloatField(source="budget.target", allow_null=True)
    sla_period = serializers.ChoiceField(choices=Service.SlaPeriod.choices, source="service.sla_period")
    since = serializers.DateTimeField(source="budget.period.start")
    until = serializers.DateTimeField(source="budget.period.end")
    as_of = serializers.DateTimeField(source="budget.at")
    sla_state = serializers.ChoiceField(choices=STATES, source="budget.state")
    availability = serializers.FloatField(source="budget.seen.percent", allow_null=True)
    observed_seconds = SecondsField(source="budget.seen.observed")
    downtime_seconds = SecondsField(source="budget.seen.down")
    maintenance_seconds = SecondsField(source="budget.seen.maintenance")
    no_data_seconds = SecondsField(source="budget.unseen")
    allowance_seconds = SecondsField(source="budget.allowance", allow_null=True)
    allowance_left_seconds = SecondsField(source="budget.left", allow_null=True, help_text="Below 0: overdrawn.")
    allowance_used = serializers.FloatField(source="budget.used", allow_null=True, help_text="A share; 1 is all of it.")
    burn_rate = serializers.FloatField(source="budget.burn_rate", allow_null=True)
    burn_rates = BurnsField(source="burns")
    budget_ends_at = serializers.DateTimeField(source="budget.ends_at", allow_null=True)


_PLAIN = [name for name in SlaReportSerializer().get_fields() if name != "burn_rates"]
HEAD = [*_PLAIN, *(f"burn_rate_{name}" for name in WINDOWS)]


def cells(rows: list[Promise]) -> Iterator[list[object]]:
    """Yield the rows of the sheet under ``HEAD``."""
    for row in SlaReportSerializer(rows, many=True).data:
        yield [*(row[name] for name in _PLAIN), *(row["burn_rates"][name] for name in WINDOWS)]
