"""``/api/v1/audit``: the log, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from events.filters import SEARCHED, EventFilters
from events.models import Event
from events.people import hide_people

R = TypeVar("R")


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
    before = serializers.DictField(read_only=True)
    after = serializers.DictField(read_only=True)

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

    def paginate_queryset(self, queryset: QuerySet[Event, R] | Sequence[R]) -> list[R] | None:
        """Leave out of the page what is for admins."""
        page = super().paginate_queryset(queryset)
        hide_people(cast("list[Event]", page or []), self.request.auth or self.request.user)
        return page
