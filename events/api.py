"""``/api/v1/audit``: the log, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from events.filters import SEARCHED, EventFilters
from events.models import Event
from events.people import hide_people
from events.report import as_sheet
from events.sheets import MEDIA_TYPE

R = TypeVar("R")
FORMATS = ("json", "csv")
FORMAT = OpenApiParameter("format", str, enum=FORMATS, default="json", description="CSV holds all rows, not a page.")


class ActorSerializer(serializers.Serializer[Event]):
    """Who did it."""

    kind = serializers.CharField(source="actor_kind")
    id = serializers.CharField(source="actor_id")
    name = serializers.CharField(source="actor_name")


class SubjectSerializer(serializers.Serializer[Event]):
    """What it happened to."""

    type = serializers.CharField(source="subject_type")
    id = serializers.CharField(source="subject_id")
    name = serializers.CharField(source="subject_name")


class EventSerializer(serializers.ModelSerializer[Event]):
    """One event, with what it changed."""

    actor = ActorSerializer(source="*", read_only=True)
    subject = SubjectSerializer(source="*", read_only=True)
    services = serializers.ListField(source="service_ids", child=serializers.UUIDField(), read_only=True)
    data = serializers.DictField(read_only=True)  # type: ignore[assignment]  # shadows a property that is not used
    before = serializers.DictField(source="was", read_only=True)
    after = serializers.DictField(source="became", read_only=True)

    class Meta:
        model = Event
        fields = ["id", "at", "kind", "public", "actor", "subject", "services"]
        fields += ["data", "before", "after", "request_id"]
        read_only_fields = fields


class AuditViewSet(ListModelMixin, GenericViewSet[Event]):
    """Everything that happened. Mail addresses, and where people signed in from, are shown to admins alone."""

    queryset = Event.objects.order_by("-id")
    serializer_class = EventSerializer
    filterset_class = EventFilters
    search_fields = SEARCHED
    query_parameters = ("format",)

    def paginate_queryset(self, queryset: QuerySet[Event, R] | Sequence[R]) -> list[R] | None:
        """Leave out of the page what is for admins."""
        page = super().paginate_queryset(queryset)
        hide_people(cast("list[Event]", page or []), self.request.auth or self.request.user)
        return page

    @extend_schema(
        parameters=[FORMAT],
        responses={(200, "application/json"): EventSerializer(many=True), (200, MEDIA_TYPE): OpenApiTypes.STR},
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Return a page of it, or all that was asked for as a sheet."""
        form = request.query_params.get("format", FORMATS[0])
        if form not in FORMATS:
            raise serializers.ValidationError({"format": [f"Use one of: {', '.join(FORMATS)}."]})
        if form == "csv":
            return as_sheet(self.filter_queryset(self.get_queryset()), request.auth or request.user)
        return super().list(request, *args, **kwargs)
