"""``/api/v1/oncall/current`` and ``/api/v1/oncall/warnings``."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import ApiViewSet
from oncall import ahead, who
from oncall.api import asked
from oncall.api.output import CurrentSerializer
from oncall.models import Schedule

KINDS = [(kind, kind) for kind in ("gap", "unreachable", "policy", "step")]


class GapSerializer(serializers.Serializer[Any]):
    """A time when nobody is on call."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()


class WarningSerializer(serializers.Serializer[Any]):
    """Something to mend: a gap, somebody on call who cannot be reached, a policy or a step that is for nothing.

    ``start`` is when it first matters.
    """

    kind = serializers.ChoiceField(KINDS)
    message = serializers.CharField()
    start = serializers.DateTimeField()
    schedule = serializers.UUIDField(source="schedule.pk", default=None, allow_null=True)
    policy = serializers.UUIDField(source="policy.pk", default=None, allow_null=True)
    user = serializers.UUIDField(source="user.pk", default=None, allow_null=True)
    gaps = GapSerializer(many=True)


@extend_schema_view(list=extend_schema(parameters=[asked.TEAM], responses=CurrentSerializer(many=True)))
class CurrentViewSet(ListModelMixin, ApiViewSet[Schedule]):
    """Who is on call now."""

    queryset = Schedule.objects.none()
    serializer_class = CurrentSerializer
    refusals = ("404",)

    def list(self, request: Request) -> Response:
        """List who is on call now, by each schedule."""
        asked.refuse_others(request, ("team",))
        return self.page(who.current(asked.team(request), at=timezone.now()), CurrentSerializer)  # type: ignore[arg-type]


@extend_schema_view(list=extend_schema(parameters=[asked.TEAM], responses=WarningSerializer(many=True)))
class WarningViewSet(ListModelMixin, ApiViewSet[Schedule]):
    """What the next 14 days lack."""

    queryset = Schedule.objects.none()
    serializer_class = WarningSerializer
    refusals = ("404",)

    def list(self, request: Request) -> Response:
        """List times when nobody is on call, people on call who cannot be reached, and steps that tell nobody."""
        asked.refuse_others(request, ("team",))
        return self.page(ahead.warnings(timezone.now(), asked.team(request)), WarningSerializer)  # type: ignore[arg-type]
