"""On-call duty in JSON, going out and coming in."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.api.serializers import StrictFields
from accounts.models import User
from oncall.api.fields import HoursField, LayersField, StepsField
from oncall.models import EscalationPolicy, Override, Schedule, Team
from oncall.severities import CHOICES
from services.models import Service

# The model says by itself, and better, when a name is taken.
UNIQUE_BY_MODEL: dict[str, Any] = {"validators": []}
VERSION = "The one that was read: refused if somebody else came first."


def people(**options: Any) -> Any:
    """Return a field that names a person by id."""
    return serializers.PrimaryKeyRelatedField(queryset=User.objects.all(), **options)


class TeamSerializer(StrictFields, serializers.ModelSerializer[Team]):
    """People who answer for something together."""

    members = people(many=True, required=False)

    class Meta:
        model = Team
        fields = ["id", "name", "slug", "members", "created_at"]
        extra_kwargs = {"name": UNIQUE_BY_MODEL, "slug": {**UNIQUE_BY_MODEL, "required": False}}


class ScheduleSerializer(StrictFields, serializers.ModelSerializer[Schedule]):
    """Who is on call by turns. ``layers`` are those that hold now; shifts know those that held before."""

    layers = LayersField(required=False)
    version = serializers.IntegerField(min_value=1, required=False, help_text=VERSION)

    class Meta:
        model = Schedule
        fields = ["id", "name", "team", "timezone", "layers", "created_at", "updated_at", "version"]
        extra_kwargs = {"name": UNIQUE_BY_MODEL}


class OverrideSerializer(StrictFields, serializers.ModelSerializer[Override]):
    """Somebody who is on call from ``start`` to ``end`` whatever the layers say; ``replaces`` is for readers."""

    replaces = people(required=False, allow_null=True)

    class Meta:
        model = Override
        fields = ["id", "user", "start", "end", "replaces", "created_at", "created_by"]
        read_only_fields = ["created_at", "created_by"]


class StretchInput(StrictFields, serializers.Serializer[Any]):
    """A time, half open: ``[start, end)``."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()


class SwapInput(StrictFields, serializers.Serializer[Any]):
    """Two shifts; whoever has the one takes the other."""

    first = StretchInput()
    second = StretchInput()


class ShiftSerializer(serializers.Serializer[Any]):
    """Who is on call in ``[start, end)``, UTC. ``layer`` is its name, or ``override``."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    user = serializers.UUIDField()
    user_name = serializers.CharField()
    layer = serializers.CharField()


class PlanInput(StrictFields, serializers.Serializer[Any]):
    """Layers that are to be: of a schedule, from ``start`` on, or of one that is to be made."""

    schedule = serializers.PrimaryKeyRelatedField(queryset=Schedule.objects.all(), required=False)
    timezone = serializers.CharField(max_length=64, default="UTC")
    layers = LayersField()
    start = serializers.DateTimeField(required=False, help_text="Now, unless given.")
    days = serializers.IntegerField(min_value=1, max_value=100, default=28)


class PlanSerializer(serializers.Serializer[Any]):
    """Who would be on call."""

    shifts = ShiftSerializer(many=True)


class CalendarSerializer(serializers.Serializer[Any]):
    """The secret address of a calendar: whoever knows it reads the schedule."""

    url = serializers.URLField(read_only=True)


class CurrentSerializer(serializers.Serializer[Any]):
    """Who is on call by one schedule. ``user`` is null where nobody can be reached, and ``warning`` says why.

    ``until`` is null where it does not change within two months.
    """

    schedule = serializers.UUIDField(source="schedule.pk")
    schedule_name = serializers.CharField(source="schedule.name")
    team = serializers.UUIDField(source="schedule.team_id", allow_null=True)
    team_name = serializers.CharField(source="schedule.team.name", default=None, allow_null=True)
    user = serializers.UUIDField(source="on_call.user.pk", default=None, allow_null=True)
    user_name = serializers.CharField(source="on_call.user", default=None, allow_null=True)
    until = serializers.DateTimeField(source="on_call.until", allow_null=True)
    layer = serializers.CharField(source="on_call.layer", allow_blank=True)
    warning = serializers.CharField(source="on_call.warning", allow_blank=True)


class PolicySerializer(StrictFields, serializers.ModelSerializer[EscalationPolicy]):
    """Whom to reach, in which order, until somebody answers."""

    services = serializers.PrimaryKeyRelatedField(
        many=True, queryset=Service.objects.all(), required=False, help_text="Empty: all."
    )
    every_service = serializers.BooleanField(
        read_only=True, help_text="False where it named services, even if they have been deleted: it is for none then."
    )
    severity = serializers.ChoiceField(CHOICES, allow_blank=True, required=False, help_text="The least that counts.")
    hours = HoursField(required=False)
    steps = StepsField()
    version = serializers.IntegerField(min_value=1, required=False, help_text=VERSION)

    class Meta:
        model = EscalationPolicy
        fields = ["id", "name", "team", "services", "every_service", "severity", "hours", "timezone", "steps"]
        fields += ["repeat", "remind_after", "position", "enabled", "created_at", "updated_at", "version"]
        read_only_fields = ["created_at", "updated_at"]
        extra_kwargs = {"name": UNIQUE_BY_MODEL}
