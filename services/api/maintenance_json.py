"""What the API says of a maintenance window."""

from __future__ import annotations

from rest_framework import serializers

from services.models import Maintenance, MaintenanceUpdate, Service


class WorkedOnSerializer(serializers.ModelSerializer[Service]):
    """A service that is worked on."""

    class Meta:
        model = Service
        fields = ["id", "slug", "name", "public", "status"]
        read_only_fields = fields


class MaintenanceUpdateSerializer(serializers.ModelSerializer[MaintenanceUpdate]):
    """An entry of a window's timeline. ``status`` is the window's at that time."""

    author = serializers.CharField(read_only=True)

    class Meta:
        model = MaintenanceUpdate
        fields = ["id", "message", "status", "public", "author", "created_at"]
        read_only_fields = fields


class MaintenanceSerializer(serializers.ModelSerializer[Maintenance]):
    """A window. ``started_at`` and ``ended_at`` are what really happened; windows of one rule share ``series``."""

    services = WorkedOnSerializer(many=True, read_only=True)
    series = serializers.UUIDField(source="series_id", allow_null=True, read_only=True)
    recurrence_words = serializers.CharField(source="repeats", read_only=True)

    class Meta:
        model = Maintenance
        fields = ["id", "title", "description", "status", "public", "services"]
        fields += ["scheduled_start", "scheduled_end", "timezone", "started_at", "ended_at"]
        fields += ["recurrence", "recurrence_words", "series", "remind_before", "reminded_at"]
        fields += ["created_at", "updated_at", "version"]
        read_only_fields = fields


class MaintenanceDetailSerializer(MaintenanceSerializer):
    """A window with its timeline."""

    updates = MaintenanceUpdateSerializer(many=True, read_only=True)

    class Meta(MaintenanceSerializer.Meta):
        fields = [*MaintenanceSerializer.Meta.fields, "updates"]
        read_only_fields = fields


class OccurrenceSerializer(serializers.Serializer[object]):
    """A window of a rule. ``local_start`` and ``local_end`` are wall times of its zone; ``warnings`` are sentences."""

    start = serializers.DateTimeField(read_only=True)
    end = serializers.DateTimeField(read_only=True)
    local_start = serializers.CharField(read_only=True)
    local_end = serializers.CharField(read_only=True)
    warnings = serializers.ListField(child=serializers.CharField(), read_only=True)


class PreviewSerializer(serializers.Serializer[object]):
    """The next windows of a rule."""

    recurrence = serializers.CharField(read_only=True)
    words = serializers.CharField(read_only=True)
    occurrences = OccurrenceSerializer(many=True, read_only=True)
