"""What the API says of an incident."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from incidents.attached import AlertSummary, alerts_of
from incidents.lifecycle import IncidentStatus, Response, Severity
from incidents.models import Affected, Incident, Update
from services.status import CHOICES

STATUSES = [(status.value, status.value) for status in IncidentStatus]


class AffectedSerializer(serializers.ModelSerializer[Affected]):
    """One affected service. ``impact`` is what it suffers; ``own_impact`` is null where that follows the severity."""

    id = serializers.UUIDField(source="service_id", read_only=True)
    slug = serializers.SlugField(source="service.slug", read_only=True)
    name = serializers.CharField(source="service.name", read_only=True)
    public = serializers.BooleanField(source="service.public", read_only=True)
    impact = serializers.ChoiceField(choices=CHOICES, source="suffers", read_only=True)
    own_impact = serializers.ChoiceField(choices=CHOICES, source="impact", allow_null=True, read_only=True)

    class Meta:
        model = Affected
        fields = ["id", "slug", "name", "public", "impact", "own_impact"]


class UpdateSerializer(serializers.ModelSerializer[Update]):
    """One entry of the timeline; a note is one that is not public."""

    author = serializers.CharField(read_only=True)

    class Meta:
        model = Update
        fields = ["id", "kind", "message", "status", "public", "author", "estimated_resolution", "happened_at"]
        fields += ["created_at"]
        read_only_fields = fields


class MetricsSerializer(serializers.Serializer[Incident]):
    """How long it took."""

    mtta_seconds = serializers.FloatField(read_only=True, allow_null=True)
    mttr_seconds = serializers.FloatField(read_only=True, allow_null=True)


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    """An incident as lists show it."""

    status = serializers.ChoiceField(choices=STATUSES, read_only=True)
    response = serializers.ChoiceField(choices=[(response, response) for response in Response], read_only=True)
    services = AffectedSerializer(source="affected", many=True, read_only=True)
    assignee = serializers.UUIDField(source="assignee_id", allow_null=True, read_only=True)
    assignee_name = serializers.SerializerMethodField()
    merged_into = serializers.UUIDField(source="merged_into_id", allow_null=True, read_only=True)
    severity_label = serializers.SerializerMethodField()
    tags = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Incident
        fields = ["id", "title", "body", "severity", "severity_label", "status", "response", "public", "services"]
        fields += ["root_cause", "resolution", "assignee", "assignee_name", "tags", "declared_by", "automatic"]
        fields += ["merged_into", "next_update_by", "started_at"]
        fields += ["acknowledged_at", "acknowledged_by", "resolved_at", "created_at", "updated_at", "version"]
        read_only_fields = fields

    def get_assignee_name(self, incident: Incident) -> str | None:
        """Return how people call who has it."""
        return str(incident.assignee) if incident.assignee else None

    def get_severity_label(self, incident: Incident) -> str:
        """Return ``SEV1`` to ``SEV4``."""
        return Severity(incident.severity).short


class IncidentDetailSerializer(IncidentSerializer):
    """An incident with its timeline. ``notes`` are those ``updates`` that responders wrote to each other."""

    updates = UpdateSerializer(many=True, read_only=True)
    notes = serializers.SerializerMethodField()
    alerts = serializers.SerializerMethodField()
    metrics = MetricsSerializer(source="*", read_only=True)

    class Meta(IncidentSerializer.Meta):
        fields = [*IncidentSerializer.Meta.fields, "updates", "notes", "alerts", "metrics"]
        read_only_fields = fields

    @extend_schema_field(UpdateSerializer(many=True))
    def get_notes(self, incident: Incident) -> list[object]:
        """Return the notes."""
        notes = [update for update in incident.updates.all() if update.kind == Update.Kind.NOTE]
        return list(UpdateSerializer(notes, many=True).data)

    def get_alerts(self, incident: Incident) -> list[AlertSummary]:
        """Return the alerts that led to it, or joined it."""
        return list(alerts_of(incident))
