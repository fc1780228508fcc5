"""What the API takes: the bodies of the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import LongTextField, StrictFields
from accounts.models import User
from incidents.api.output import STATUSES, IncidentSerializer
from incidents.lifecycle import Severity
from incidents.tags import LONGEST, MOST
from services.models import Service
from services.status import Light, Status, parse

MAX_SERVICES = 500
QUIET = "The public page shows it, but subscribers are sent no message."
PROMISE = "By when readers hear next. A public update without it ends the promise that stands."
STARTED = "When it began, if that was before it is declared; null where it began then."
HAPPENED = "When what it tells of happened, if that was before; readers see that it was added later."
# Who reads an affected service, changes one and sends the list back means no harm with the rest.
_READ_ONLY = {"slug", "name", "public", "own_impact"}
_SERVICES_SCHEMA = {
    "type": "array",
    "maxItems": MAX_SERVICES,
    "items": {
        "oneOf": [
            {"type": "string", "format": "uuid"},
            {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "impact": {"type": "string", "nullable": True, "enum": [*Status, *Light, None]},
                },
            },
        ]
    },
}


@extend_schema_field(_SERVICES_SCHEMA)
class ServicesField(serializers.Field[Any, Any, Any, Any]):
    """A list of ids, or of ``{id, impact}``; without an impact, or with null, the service follows the severity."""

    def to_internal_value(self, data: object) -> dict[Service, Status | None]:
        """Return the impact by service; raises ``ValidationError`` by place in the list."""
        if not isinstance(data, list) or len(data) > MAX_SERVICES:
            raise serializers.ValidationError([f"Give a list of at most {MAX_SERVICES} services."])
        wanted: dict[UUID, Status | None] = {}
        for place, item in enumerate(data):
            key, impact = _read(item, place)
            if key in wanted:
                raise _wrong(place, "This service is named twice.")
            wanted[key] = impact
        found = Service.objects.in_bulk(wanted)
        for place, key in enumerate(wanted):
            if key not in found:
                raise _wrong(place, f"There is no service {key}.")
        return {found[key]: impact for key, impact in wanted.items()}

    def to_representation(self, value: object) -> object:
        """Return it as it is; this field only reads."""
        return value


def _read(item: object, place: int) -> tuple[UUID, Status | None]:
    if isinstance(item, str):
        return _uuid(item, place), None
    if not isinstance(item, Mapping) or "id" not in item:
        raise _wrong(place, "Give an id, or an object with id and impact.")
    if unknown := sorted(set(item) - {"id", "impact"} - _READ_ONLY):
        raise _wrong(place, f"There is no such field: {', '.join(unknown)}.")
    return _uuid(item["id"], place), _impact(item.get("impact"), place)


def _uuid(text: object, place: int) -> UUID:
    try:
        return UUID(text) if isinstance(text, str) else UUID("")
    except ValueError:
        raise _wrong(place, "This is not the id of a service.") from None


def _impact(value: object, place: int) -> Status | None:
    if value is None:
        return None
    try:
        return parse(value if isinstance(value, str) else repr(value))
    except ValueError as error:
        raise _wrong(place, str(error)) from None


def _wrong(place: int, sentence: str) -> serializers.ValidationError:
    return serializers.ValidationError({str(place): [sentence]})


class IncidentInput(StrictFields, serializers.Serializer[Any]):
    """A new incident."""

    let_through = (*IncidentSerializer.Meta.fields, "updates", "notes", "alerts", "metrics")

    title = serializers.CharField(max_length=200)
    severity = serializers.ChoiceField(choices=[(severity.value, severity.short) for severity in Severity])
    body = LongTextField(allow_blank=True, required=False)
    services = ServicesField(required=False)
    public = serializers.BooleanField(required=False)
    status = serializers.ChoiceField(choices=STATUSES, required=False)
    started_at = serializers.DateTimeField(required=False, allow_null=True, help_text=STARTED)
    assignee = serializers.PrimaryKeyRelatedField(queryset=User.objects.all(), allow_null=True, required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=LONGEST), max_length=MOST, required=False)
    root_cause = LongTextField(allow_blank=True, required=False)
    resolution = LongTextField(allow_blank=True, required=False)
    quiet = serializers.BooleanField(required=False, help_text=QUIET)


class IncidentPatch(IncidentInput):
    """Changes of an incident. ``status`` is a transition, ``message`` its text; ``version`` refuses an old edit."""

    message = LongTextField(allow_blank=True)
    version = serializers.IntegerField(min_value=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a message that would go nowhere."""
        if "message" in attrs and "status" not in attrs:
            raise serializers.ValidationError({"message": ["Send it with a status, or POST it to updates."]})
        return attrs


class UpdateInput(StrictFields, serializers.Serializer[Any]):
    """An entry of the timeline; a note when ``public`` is false."""

    message = LongTextField()
    status = serializers.ChoiceField(choices=STATUSES, required=False, allow_null=True)
    estimated_resolution = serializers.DateTimeField(required=False, allow_null=True)
    next_update_by = serializers.DateTimeField(required=False, allow_null=True, help_text=PROMISE)
    happened_at = serializers.DateTimeField(required=False, allow_null=True, help_text=HAPPENED)
    public = serializers.BooleanField(required=False)
    quiet = serializers.BooleanField(required=False, help_text=QUIET)


class PromiseInput(StrictFields, serializers.Serializer[Any]):
    """By when readers hear next; null takes the promise back."""

    next_update_by = serializers.DateTimeField(allow_null=True)


class MessageInput(StrictFields, serializers.Serializer[Any]):
    """What is said with the move; a plain sentence is written when there is nothing."""

    message = LongTextField(allow_blank=True, required=False)
    quiet = serializers.BooleanField(required=False, help_text=QUIET)


class TransitionInput(MessageInput):
    """Where to."""

    status = serializers.ChoiceField(choices=STATUSES)


class ResolveInput(MessageInput):
    """What was found and what was done."""

    root_cause = LongTextField(allow_blank=True, required=False)
    resolution = LongTextField(allow_blank=True, required=False)


class AssignInput(StrictFields, serializers.Serializer[Any]):
    """To whom; null to nobody."""

    user = serializers.PrimaryKeyRelatedField(queryset=User.objects.all(), allow_null=True)
