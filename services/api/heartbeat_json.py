"""A heartbeat in JSON: what can be said of any kind, the options of each kind flat beside it, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import SkipField

from accounts.api.serializers import StrictFields
from accounts.roles import Role
from services.models import Heartbeat
from services.ping import address
from services.probes import KINDS, Option
from services.probes.secrets import masked
from services.status import CHOICES

if TYPE_CHECKING:
    Base = serializers.Serializer[Heartbeat]
else:
    Base = serializers.Serializer

KIND_CHOICES = [(kind, probe.label) for kind, probe in KINDS.items()]
# Named for every kind, null where a kind has none of them: who reads the contract's fields finds them.
ALWAYS = ("method", "expected_status", "keyword")


class Raw(serializers.Field[Any, Any, Any, Any]):
    """A value that the kind judges by itself, so that the API and the console refuse in the same words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Return it as it came."""
        return data

    def to_representation(self, value: Any) -> Any:
        """Return it as it is."""
        return value

    def get_attribute(self, instance: Heartbeat) -> Any:
        """Return what the heartbeat has, secrets masked; other kinds' options are left out."""
        values = masked(instance.kind, instance.options)
        if self.field_name not in (*values, *ALWAYS):
            raise SkipField
        return values.get(str(self.field_name))


@extend_schema_field({"type": "string", "nullable": True})
class Text(Raw):
    """A text, lines, or a choice."""


@extend_schema_field({"type": "integer", "nullable": True})
class Number(Raw):
    """A whole number."""


@extend_schema_field({"type": "boolean", "nullable": True})
class Flag(Raw):
    """Yes or no."""


_FIELDS = {"text": Text, "lines": Text, "choice": Text, "integer": Number, "boolean": Flag}


def option_fields() -> dict[str, Raw]:
    """Return a field for every option of every kind."""
    found: dict[str, Raw] = {}
    for probe in KINDS.values():
        for option in probe.options:
            found.setdefault(option.name, _FIELDS[option.type](help_text=_help(option)))
    return found


def _help(option: Option) -> str:
    kinds = ", ".join(kind for kind, probe in KINDS.items() if option.name in _names(probe.options))
    choices = f" One of {', '.join(option.choices)}." if option.choices else ""
    return f"{option.help}{choices} Of: {kinds}.".strip()


def _names(options: Iterable[Option]) -> set[str]:
    return {option.name for option in options}


class HeartbeatSerializer(StrictFields, Base):
    """How a component is checked, and how its checks stand. Seconds; latencies in ms.

    What belongs to one kind alone is shown, and taken, of that kind alone. Secret values come as dots, and dots that
    are sent back leave them as they are. ``ping_url``, the address that a watched job calls, is for operators.
    """

    kind = serializers.ChoiceField(KIND_CHOICES, default="http")
    url = serializers.CharField(
        max_length=2000, allow_blank=True, default="", help_text="The target, as the kind has it."
    )
    interval = serializers.IntegerField(default=60, help_text="10 to 86400.")
    timeout = serializers.FloatField(default=10)
    degraded_after = serializers.IntegerField(default=1, help_text="Failures in a row.")
    down_after = serializers.IntegerField(default=3, help_text="Failures in a row.")
    recover_after = serializers.IntegerField(default=1, help_text="Successes in a row.")
    latency_threshold_ms = serializers.IntegerField(
        default=None, allow_null=True, help_text="Slower is degraded; null: never."
    )
    enabled = serializers.BooleanField(default=True, help_text="False while it is paused without an end.")

    paused_until = serializers.DateTimeField(read_only=True, allow_null=True)
    status = serializers.ChoiceField(
        CHOICES, source="verdict", read_only=True, allow_null=True, help_text="What its checks say; null: nobody knows."
    )
    consecutive_failures = serializers.IntegerField(read_only=True)
    consecutive_successes = serializers.IntegerField(read_only=True)
    last_checked_at = serializers.DateTimeField(read_only=True, allow_null=True)
    last_ok_at = serializers.DateTimeField(read_only=True, allow_null=True)
    last_latency_ms = serializers.FloatField(read_only=True, allow_null=True)
    last_code = serializers.CharField(read_only=True)
    last_detail = serializers.CharField(read_only=True)
    next_check_at = serializers.DateTimeField(read_only=True, allow_null=True)
    ping_url = serializers.SerializerMethodField()
    version = serializers.IntegerField(min_value=1, required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Return the fields of all heartbeats, and those of the kinds."""
        return {**super().get_fields(), **option_fields()}

    def get_ping_url(self, heartbeat: Heartbeat) -> str | None:
        """Return the address that the job calls; null for other kinds, and for those who only read."""
        view = self.context.get("view")
        role = getattr(view, "role", None)
        return address(heartbeat) if heartbeat.waits and role and role.includes(Role.OPERATOR) else None


def split(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the verb takes: the options by themselves. Raises ``ValidationError`` for those of other kinds.

    Null is let through: it is what is shown in their place.
    """
    known, own = option_fields(), _names(KINDS[fields["kind"]].options)
    foreign = [name for name, value in fields.items() if name in known and name not in own and value is not None]
    if foreign:
        raise ValidationError(dict.fromkeys(foreign, f"A heartbeat of the kind {fields['kind']} has no such option."))
    common = {name: value for name, value in fields.items() if name not in known}
    return {**common, "options": {name: value for name, value in fields.items() if name in own}}
