"""What checks gave, in JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.serializers import StrictFields
from services.models import CheckResult
from services.status import CHOICES


class ResultSerializer(serializers.ModelSerializer[CheckResult]):
    """One check. ``code`` is a word of a fixed list, empty where there is nothing to say; ``detail`` is for people."""

    class Meta:
        model = CheckResult
        fields = ["at", "ok", "latency_ms", "code", "detail"]
        read_only_fields = fields


class CheckSerializer(serializers.Serializer[Any]):
    """What one check gave just now, and how the component is since."""

    ok = serializers.BooleanField(source="outcome.ok")
    latency_ms = serializers.FloatField(source="outcome.latency_ms", allow_null=True)
    code = serializers.CharField(source="outcome.code")
    detail = serializers.CharField(source="outcome.detail")
    status = serializers.ChoiceField(CHOICES, source="heartbeat.component.status")
    consecutive_failures = serializers.IntegerField(source="heartbeat.consecutive_failures")
    checked_at = serializers.DateTimeField(source="heartbeat.last_checked_at")


class EverythingSerializer(serializers.Serializer[Any]):
    """How every component that was checked is now, by ``Service / Component``."""

    message = serializers.CharField()
    results = serializers.DictField(child=serializers.ChoiceField(CHOICES))


class PauseInput(StrictFields, serializers.Serializer[Any]):
    """Until when; null or nothing: until it is resumed."""

    until = serializers.DateTimeField(allow_null=True, default=None)
