"""How figures look in JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from incidents.analytics.stretch import CHOICES
from incidents.lifecycle import IncidentStatus, Severity
from services.api.fields import SecondsField

Many = serializers.IntegerField


def _counts(words: type[Severity] | type[IncidentStatus], about: str) -> type[serializers.Serializer[Any]]:
    fields = {word.value: Many() for word in words}
    return type(f"IncidentsBy{words.__name__}Serializer", (serializers.Serializer,), {"__doc__": about, **fields})


BySeverity = _counts(Severity, "How many incidents of each severity.")
ByStatus = _counts(IncidentStatus, "How many of the incidents stand where today.")


class SpreadSerializer(serializers.Serializer[Any]):
    """How long something took; null where nothing was measured. The 90th percentile lies between the two nearest."""

    count = serializers.IntegerField()
    mean_seconds = serializers.FloatField(source="mean", allow_null=True)
    median_seconds = serializers.FloatField(source="median", allow_null=True)
    p90_seconds = serializers.FloatField(source="p90", allow_null=True)


class AnswersSerializer(serializers.Serializer[Any]):
    """Who acknowledged: a person, a machine alone, nobody."""

    person = serializers.IntegerField()
    machine = serializers.IntegerField()
    nobody = serializers.IntegerField()


class CountsSerializer(serializers.Serializer[Any]):
    """The incidents that were declared meanwhile; ``automatic`` ones by machines."""

    total = serializers.IntegerField()
    open = serializers.IntegerField()
    automatic = serializers.IntegerField()
    by_severity = BySeverity()
    by_status = ByStatus()
    acknowledged_by = AnswersSerializer(source="answers")


class UptimeFigureSerializer(serializers.Serializer[Any]):
    """Uptime, cut to three decimals; null when nothing was observed. Of several services their time is added up."""

    percent = serializers.FloatField(allow_null=True)
    observed_seconds = SecondsField(source="observed")
    downtime_seconds = SecondsField(source="down")
    maintenance_seconds = SecondsField(source="maintenance")


class IncidentBlockSerializer(serializers.Serializer[Any]):
    """A time in figures. Times to acknowledge and to resolve are those of the incidents declared meanwhile.

    Only people answer: incidents that a machine or nobody acknowledged are not in ``mtta``.
    """

    since = serializers.DateTimeField(source="stretch.start")
    until = serializers.DateTimeField(source="stretch.end")
    incidents = CountsSerializer()
    mtta = SpreadSerializer(source="incidents.mtta")
    mttr = SpreadSerializer(source="incidents.mttr")


class BlockSerializer(IncidentBlockSerializer):
    """The same with uptime."""

    uptime = UptimeFigureSerializer()


class IncidentStepSerializer(serializers.Serializer[Any]):
    """A day, or a week from Monday on."""

    since = serializers.DateTimeField(source="start")
    until = serializers.DateTimeField(source="end")
    incidents = serializers.IntegerField(source="incidents.total")
    mtta_mean_seconds = serializers.FloatField(source="incidents.mtta.mean", allow_null=True)
    mttr_mean_seconds = serializers.FloatField(source="incidents.mttr.mean", allow_null=True)


class StepSerializer(IncidentStepSerializer):
    """The same with uptime."""

    uptime_percent = serializers.FloatField(source="uptime.percent", allow_null=True)
    downtime_seconds = SecondsField(source="uptime.down")


class IncidentAnalyticsSerializer(IncidentBlockSerializer):
    """The incidents of the last hours or days, of the same time before, and day by day or week by week."""

    period = serializers.ChoiceField(choices=CHOICES)
    before = IncidentBlockSerializer()
    trend = IncidentStepSerializer(many=True)


class ServiceAnalyticsSerializer(BlockSerializer):
    """The same of one service and the incidents that affect it."""

    service = serializers.UUIDField()
    period = serializers.ChoiceField(choices=CHOICES)
    status_changes = serializers.IntegerField()
    before = BlockSerializer()
    trend = StepSerializer(many=True)


class NoisySerializer(serializers.Serializer[Any]):
    """A service, and how many or how many seconds."""

    service = serializers.UUIDField(source="service.id")
    name = serializers.CharField(source="service.name")
    amount = serializers.FloatField()


class NoisiestSerializer(serializers.Serializer[Any]):
    """The services that were the most trouble, five at most; ``downtime`` in seconds."""

    incidents = NoisySerializer(many=True)
    status_changes = NoisySerializer(many=True)
    downtime = NoisySerializer(many=True)


class AnalyticsSerializer(BlockSerializer):
    """The same of everything, and which services stand out."""

    period = serializers.ChoiceField(choices=CHOICES)
    before = BlockSerializer()
    trend = StepSerializer(many=True)
    noisiest = NoisiestSerializer()
