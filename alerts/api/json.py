"""Alerts, silences and integrations in JSON."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import StrictFields
from accounts.models.api_key import STATES as KEY_STATES
from alerts import mapping
from alerts.limits import FINGERPRINT, MESSAGE, NAME
from alerts.models import Alert, Integration, RawSignal, Silence
from alerts.models.integration import DAY
from alerts.states import Result, State, Suppressed
from events.text import many_lines
from incidents.lifecycle import Severity
from incidents.models import Incident
from services.models import Service

STATES = [(state.value, state.value) for state in State]
RESULTS = [(result.value, result.value) for result in Result]
REASONS = [(why.value, why.value) for why in Suppressed]
SEVERITIES = [(severity.value, severity.short) for severity in Severity]


class LinkSerializer(serializers.Serializer[Any]):
    """Where to look further."""

    href = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)


class AlertSerializer(serializers.ModelSerializer[Alert]):
    """An alert. ``starts_at`` and ``ends_at`` are by its sender's clock, the other times by ours."""

    integration_name = serializers.CharField(source="integration.name", read_only=True)
    status = serializers.ChoiceField(STATES, read_only=True)
    labels = serializers.DictField(child=serializers.CharField(allow_blank=True), read_only=True)
    annotations = serializers.DictField(child=serializers.CharField(allow_blank=True), read_only=True)
    links = LinkSerializer(many=True, read_only=True)
    suppressed_by = serializers.ChoiceField(REASONS, allow_blank=True, read_only=True)

    class Meta:
        model = Alert
        fields = ["id", "integration", "integration_name", "fingerprint", "service", "service_name", "severity"]
        fields += [
            "message",
            "labels",
            "annotations",
            "links",
            "status",
            "suppressed_by",
            "silence",
            "count",
            "incident",
        ]
        fields += ["starts_at", "ends_at", "received_at", "last_received_at", "acknowledged_at", "closed_at"]
        read_only_fields = fields


class AnswerSerializer(serializers.Serializer[Any]):
    """What became of a report. ``id`` and what follows are null where it changed nothing that is known."""

    result = serializers.ChoiceField(RESULTS, read_only=True)
    reason = serializers.CharField(read_only=True, help_text="Why, where it was suppressed or ignored.")
    fingerprint = serializers.CharField(read_only=True)
    id = serializers.UUIDField(read_only=True, allow_null=True)
    status = serializers.ChoiceField(STATES, read_only=True, allow_null=True)
    count = serializers.IntegerField(read_only=True, allow_null=True)
    incident = serializers.UUIDField(read_only=True, allow_null=True)


class SignalSerializer(serializers.ModelSerializer[RawSignal]):
    """A signal as it came, and what became of it."""

    result = serializers.ChoiceField(RESULTS, read_only=True)
    raw = serializers.JSONField(read_only=True, allow_null=True)

    class Meta:
        model = RawSignal
        fields = ["id", "alert", "fingerprint", "raw", "result", "reason", "took_ms", "received_at"]
        read_only_fields = fields


class SeverityField(serializers.ChoiceField):
    """One of the four words, in any case; the words of monitoring systems are understood, too."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the severity."""
        known = mapping.known_severity(data) if isinstance(data, str) else None
        return known.value if known else super().to_internal_value(data)


class AlertInput(StrictFields, serializers.Serializer[Any]):
    """One thing that is wrong, or is over."""

    service = serializers.CharField(max_length=NAME, help_text="A service's name or slug; others are taken, too.")
    severity = SeverityField(SEVERITIES)
    message = serializers.CharField(max_length=MESSAGE)
    labels = serializers.DictField(child=serializers.CharField(max_length=MESSAGE, allow_blank=True), required=False)
    annotations = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)
    timestamp = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When it began or, with `resolved`, ended; now unless given."
    )
    status = serializers.ChoiceField([("firing", "firing"), ("resolved", "resolved")], default="firing")
    fingerprint = serializers.CharField(
        max_length=FINGERPRINT,
        required=False,
        help_text="What makes two reports one alert; unless given, service, severity, message and labels do.",
    )


class LabelsField(serializers.ListField):
    """Names of labels, in order."""

    child = serializers.CharField(max_length=200)

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 20, **options})


class IntegrationSerializer(StrictFields, serializers.ModelSerializer[Integration]):
    """A source of alerts."""

    service_labels = LabelsField(help_text="Labels that may name the service; the first that is there does.")
    ignored_labels = LabelsField(help_text="Labels that are dropped: they tell only which of two equal senders spoke.")
    stale_after = serializers.IntegerField(
        min_value=0,
        max_value=90 * DAY,
        required=False,
        help_text="Seconds after which an alert that was not heard of again is closed; 0: never.",
    )
    key_beginning = serializers.SerializerMethodField()
    key_state = serializers.SerializerMethodField()
    last_received_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = Integration
        fields = ["id", "name", "service_labels", "ignored_labels", "stale_after", "creates_services", "publish"]
        fields += ["key_beginning", "key_state", "last_received_at", "created_by", "created_at", "updated_at"]
        read_only_fields = ["id", "created_by", "created_at", "updated_at"]

    def get_key_beginning(self, integration: Integration) -> str:
        """Return how its key begins."""
        return integration.key.beginning if integration.key else ""

    @extend_schema_field({"type": "string", "enum": [*KEY_STATES, "gone"]})
    def get_key_state(self, integration: Integration) -> str:
        """Return whether its key lets it in."""
        return integration.key_state(timezone.now())


class NewIntegrationSerializer(IntegrationSerializer):
    """An integration with its key, shown in this one answer; null when the answer is given again."""

    key = serializers.CharField(read_only=True, allow_null=True)

    class Meta(IntegrationSerializer.Meta):
        fields = [*IntegrationSerializer.Meta.fields, "key"]


class MatcherField(StrictFields, serializers.Serializer[Any]):
    """A label, and the value that it must have or, with ``equal`` false, must not have."""

    name = serializers.CharField(max_length=200)
    value = serializers.CharField(max_length=MESSAGE, allow_blank=True)
    equal = serializers.BooleanField(default=True)


class SilenceSerializer(StrictFields, serializers.ModelSerializer[Silence]):
    """Alerts that make no incident until ``ends_at``: one of ``alert``, ``service`` and ``matchers`` names them."""

    alert = serializers.PrimaryKeyRelatedField(queryset=Alert.objects.all(), required=False, allow_null=True)
    service = serializers.PrimaryKeyRelatedField(queryset=Service.objects.all(), required=False, allow_null=True)
    matchers = serializers.ListField(child=MatcherField(), required=False, max_length=20)
    why = serializers.CharField(max_length=500, required=False, allow_blank=True, validators=[many_lines])
    ends_at = serializers.DateTimeField()
    active = serializers.SerializerMethodField()

    class Meta:
        model = Silence
        fields = [
            "id",
            "alert",
            "service",
            "matchers",
            "why",
            "starts_at",
            "ends_at",
            "active",
            "created_by",
            "created_at",
        ]
        read_only_fields = ["id", "starts_at", "created_by", "created_at"]

    def get_active(self, silence: Silence) -> bool:
        """Say whether it holds now."""
        return silence.starts_at <= timezone.now() < silence.ends_at


class MergeInput(StrictFields, serializers.Serializer[Any]):
    """The incident that goes on."""

    into = serializers.PrimaryKeyRelatedField(queryset=Incident.objects.all())
