"""How the catalogue looks in JSON, going out and coming in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from accounts.api.serializers import StrictFields
from events.api import ActorSerializer
from services.api.fields import StatusWord
from services.api.heartbeat_json import HeartbeatSerializer
from services.models import Component, Group, Service, StatusChange
from services.status import LIGHTS

# The model says by itself, and better, when a name is taken.
UNIQUE_BY_MODEL: dict[str, Any] = {"validators": []}


class ComponentSerializer(StrictFields, serializers.ModelSerializer[Component]):
    """A part or dependency of a service."""

    light = serializers.ChoiceField(LIGHTS, read_only=True)
    heartbeat = HeartbeatSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Component
        fields = [
            "id",
            "service",
            "name",
            "description",
            "position",
            "depends_on",
            "status",
            "light",
            "rule",
            "status_since",
        ]
        fields += ["manual_status", "manual_message", "unknown", "heartbeat", "created_at", "updated_at"]
        read_only_fields = ["service", "status", "rule", "status_since", "manual_status", "manual_message", "unknown"]
        # The pair of service and name is checked by the model, which knows the service.
        validators: list[Any] = []


class ServiceSerializer(StrictFields, serializers.ModelSerializer[Service]):
    """Something that users depend on. Send ``version`` with a change to be refused if somebody else came first."""

    light = serializers.ChoiceField(LIGHTS, read_only=True)
    sla_target = serializers.DecimalField(
        max_digits=6,
        decimal_places=3,
        min_value=Decimal(0),
        max_value=Decimal(100),
        allow_null=True,
        required=False,
        coerce_to_string=False,
    )
    components = ComponentSerializer(many=True, read_only=True)
    version = serializers.IntegerField(min_value=1, required=False)

    class Meta:
        model = Service
        fields = ["id", "slug", "name", "description", "url", "owner", "group", "position", "public"]
        fields += ["sla_target", "sla_period", "show_latency", "auto_incident", "auto_incident_after"]
        fields += [
            "status",
            "light",
            "rule",
            "in_maintenance",
            "status_since",
            "manual_status",
            "manual_message",
            "components",
        ]
        fields += ["created_at", "updated_at", "version"]
        read_only_fields = ["status", "rule", "in_maintenance", "status_since", "manual_status", "manual_message"]
        read_only_fields += ["created_at", "updated_at"]
        extra_kwargs = {"name": UNIQUE_BY_MODEL, "slug": {**UNIQUE_BY_MODEL, "required": False}}


class GroupSerializer(StrictFields, serializers.ModelSerializer[Group]):
    """A heading under which services stand."""

    services = serializers.PrimaryKeyRelatedField[Service](many=True, read_only=True)

    class Meta:
        model = Group
        fields = ["id", "name", "position", "services"]
        extra_kwargs = {"name": UNIQUE_BY_MODEL}


class StatusInput(StrictFields, serializers.Serializer[Any]):
    """A status set by hand; null goes back to the derived one."""

    status = StatusWord()
    message = serializers.CharField(max_length=5000, allow_blank=True, default="")


class OrderInput(StrictFields, serializers.Serializer[Any]):
    """All of them, in the order wanted."""

    order = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=10_000)


class StatusChangeSerializer(serializers.ModelSerializer[StatusChange]):
    """One turn of a service or of one of its components. ``old`` is empty for the first."""

    old = serializers.CharField(read_only=True, help_text="A status; empty for the first turn.")
    actor = ActorSerializer(source="*", read_only=True)

    class Meta:
        model = StatusChange
        fields = ["id", "service", "component", "old", "new", "old_rule", "rule", "message", "source", "actor", "at"]
        read_only_fields = fields
