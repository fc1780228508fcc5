"""What the API takes: the bodies of a window's verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import StrictFields
from services.api.maintenance_json import MaintenanceDetailSerializer
from services.maintenance.limits import MAX_REMINDER
from services.maintenance.rule import MAX_LENGTH
from services.models import Service

MAX_SERVICES = 500
QUIET = "The public page shows it, but subscribers are sent no message."
_ID = {"type": "string", "format": "uuid"}
_ONE = {"oneOf": [_ID, {"type": "object", "required": ["id"], "properties": {"id": _ID}}]}


@extend_schema_field({"type": "array", "minItems": 1, "maxItems": MAX_SERVICES, "items": _ONE})
class ServiceIds(serializers.Field[Any, Any, Any, Any]):
    """A list of ids, or of objects with an id, such as were read."""

    def to_internal_value(self, data: object) -> list[Service]:
        """Return the services; raises ``ValidationError`` by place in the list."""
        if not isinstance(data, list) or not 0 < len(data) <= MAX_SERVICES:
            raise serializers.ValidationError([f"Give a list of 1 to {MAX_SERVICES} services."])
        wanted = [_uuid(item, place) for place, item in enumerate(data)]
        found = Service.objects.in_bulk(wanted)
        for place, key in enumerate(wanted):
            if key not in found:
                raise _wrong(place, f"There is no service {key}.")
        return [found[key] for key in dict.fromkeys(wanted)]

    def to_representation(self, value: object) -> object:
        """Return it as it is; this field only reads."""
        return value


def _uuid(item: object, place: int) -> UUID:
    text = item.get("id") if isinstance(item, Mapping) else item
    try:
        return UUID(text) if isinstance(text, str) else UUID("")
    except ValueError:
        raise _wrong(place, "This is not the id of a service.") from None


def _wrong(place: int, message: str) -> serializers.ValidationError:
    return serializers.ValidationError({str(place): [message]})


class MaintenanceInput(StrictFields, serializers.Serializer[Any]):
    """A window to plan. ``recurrence`` is an RRULE, judged in ``timezone``; ``remind_before`` minutes, or null."""

    let_through = {*MaintenanceDetailSerializer.Meta.fields}

    title = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=20_000, allow_blank=True, required=False, trim_whitespace=False)
    services = ServiceIds()
    public = serializers.BooleanField(required=False)
    scheduled_start = serializers.DateTimeField()
    scheduled_end = serializers.DateTimeField()
    timezone = serializers.CharField(max_length=64, required=False)
    recurrence = serializers.CharField(max_length=MAX_LENGTH, allow_blank=True, required=False)
    remind_before = serializers.IntegerField(min_value=1, max_value=MAX_REMINDER, allow_null=True, required=False)
    quiet = serializers.BooleanField(required=False, help_text=QUIET)


class MaintenancePatch(MaintenanceInput):
    """Changes of a window. ``later`` changes all later ones of its series too; ``version`` refuses an old edit."""

    later = serializers.BooleanField()
    version = serializers.IntegerField(min_value=1)


class SayInput(StrictFields, serializers.Serializer[Any]):
    """What is said with the move; a plain sentence is written when there is nothing."""

    message = serializers.CharField(max_length=20_000, allow_blank=True, required=False, trim_whitespace=False)
    quiet = serializers.BooleanField(required=False, help_text=QUIET)


class CancelInput(SayInput):
    """Whether all later ones of the series are cancelled too."""

    later = serializers.BooleanField(required=False)


class ExtendInput(SayInput):
    """Until when."""

    until = serializers.DateTimeField()


class MaintenanceUpdateInput(StrictFields, serializers.Serializer[Any]):
    """An entry of the timeline; one that is not public stays among ourselves."""

    message = serializers.CharField(max_length=20_000, trim_whitespace=False)
    public = serializers.BooleanField(required=False)
    quiet = serializers.BooleanField(required=False, help_text=QUIET)


class PreviewInput(StrictFields, serializers.Serializer[Any]):
    """A rule and its first window; ``count`` windows are shown."""

    scheduled_start = serializers.DateTimeField()
    scheduled_end = serializers.DateTimeField()
    timezone = serializers.CharField(max_length=64, default="UTC")
    recurrence = serializers.CharField(max_length=MAX_LENGTH, allow_blank=True, default="")
    count = serializers.IntegerField(min_value=1, max_value=50, default=10)
