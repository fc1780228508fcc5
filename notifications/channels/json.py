"""A channel in JSON, and a note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import StrictFields
from events.text import many_lines, one_line
from incidents.lifecycle import Severity
from notifications.audience import CHOSEN, INSIDE
from notifications.kinds import Audience
from notifications.models import Channel
from notifications.transports.kinds import KINDS
from services.models import Service

OFFERED = [(kind, transport.label) for kind, transport in KINDS.items() if transport.for_channels]
SEVERITIES = [(each.value, each.short) for each in Severity]
TOLD = sorted(map(str, INSIDE | CHOSEN))
# As long as a subject may be, with room for the mark of a test.
LONGEST_TITLE, LONGEST_MESSAGE = 300, 20_000


@extend_schema_field({"type": "object", "additionalProperties": {}})
class OptionsField(serializers.Field[Any, Any, Any, Any]):
    """What its kind asks for, by name. The kind judges it, in the same words as in the console."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return it as it came."""
        if not isinstance(data, Mapping):
            raise serializers.ValidationError("Write an object: options by name.")
        return {str(name): value for name, value in data.items()}

    def to_representation(self, value: Any) -> Any:
        """Return it as it is."""
        return value


class ChannelSerializer(StrictFields, serializers.Serializer[Channel]):
    """A place inside that is told. Secret options come as dots, and dots that are sent back leave them as they are."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=120, validators=[one_line])
    kind = serializers.ChoiceField(OFFERED, help_text="It cannot be changed later.")
    options = OptionsField(source="shown", help_text="What the kind asks for; docs/channels.md lists it.")
    audience = serializers.ChoiceField(
        [(each.value, each.value) for each in Audience],
        default=Audience.INTERNAL.value,
        help_text="`public`: told what the public page shows, and no more.",
    )
    event_kinds = serializers.ListField(
        child=serializers.ChoiceField(TOLD), default=list, help_text="Empty: all but changes of a service's status."
    )
    services = serializers.PrimaryKeyRelatedField(
        many=True, queryset=Service.objects.all(), default=list, help_text="Empty: all."
    )
    severity = serializers.ChoiceField(SEVERITIES, allow_blank=True, default="", help_text="The least that is told.")
    enabled = serializers.BooleanField(default=True)
    version = serializers.IntegerField(
        min_value=1, required=False, help_text="Goes up with each edit. Sent back, it refuses an edit of an older one."
    )

    off_because = serializers.CharField(read_only=True, help_text="Why it was switched off by itself.")
    off_by = serializers.CharField(read_only=True, help_text="Who switched it off; empty where it was by itself.")
    off_at = serializers.DateTimeField(read_only=True, allow_null=True)
    failures = serializers.IntegerField(read_only=True, help_text="Tries in vain since the last message that arrived.")
    failing_since = serializers.DateTimeField(read_only=True, allow_null=True)
    failing_because = serializers.CharField(read_only=True, help_text="Why the last of these tries was in vain.")
    created_at = serializers.DateTimeField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class MadeChannelSerializer(ChannelSerializer):
    """A channel that was just made, with what it signs with."""

    signing_secret = serializers.CharField(
        read_only=True, help_text="Shown here, and to admins in the console; empty for kinds that do not sign."
    )


class SecretSerializer(serializers.Serializer[Any]):
    """What a channel signs with from now on."""

    signing_secret = serializers.CharField(read_only=True)


class NoteInput(StrictFields, serializers.Serializer[Any]):
    """A note to one channel."""

    channel = serializers.CharField(max_length=120, help_text="Its id, or its name.")
    title = serializers.CharField(max_length=LONGEST_TITLE, validators=[one_line])
    message = serializers.CharField(max_length=LONGEST_MESSAGE, validators=[many_lines], help_text="Markdown.")


def fields(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the verbs take."""
    found = dict(parsed)
    if "shown" in found:
        found["options"] = found.pop("shown")
    return found


def refuse_kind(channel: Channel, kind: str | None) -> None:
    """Raise ``ValidationError`` where another kind is asked for."""
    if kind is not None and kind != channel.kind:
        raise ValidationError({"kind": f"It is a channel of {channel.kind}, and stays one. Make another."})
