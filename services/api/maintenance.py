"""``/api/v1/maintenance``: each address says one verb of the window."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.problems import Problem
from accounts.api.views import ApiViewSet
from events.errors import StaleEdit
from services.api import maintenance_input as bodies
from services.api.maintenance_filters import MaintenanceFilters
from services.api.maintenance_json import (
    MaintenanceDetailSerializer,
    MaintenanceSerializer,
    MaintenanceUpdateSerializer,
    PreviewSerializer,
)
from services.maintenance.ahead import look_ahead
from services.maintenance.lifecycle import MoveDenied
from services.models import Maintenance

# The verb says ``start`` where the field is ``scheduled_start``: a verb speaks of one window alone.
_ARGUMENTS = {"scheduled_start": "start", "scheduled_end": "end"}


@extend_schema_view(
    list=extend_schema(responses=MaintenanceSerializer(many=True)),
    retrieve=extend_schema(responses=MaintenanceDetailSerializer),
)
class MaintenanceViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Maintenance]):
    """Maintenance windows. They are never deleted: cancel one instead."""

    queryset = Maintenance.objects.prefetch_related("services")
    filterset_class = MaintenanceFilters
    ordering_fields = ["scheduled_start", "scheduled_end", "created_at", "updated_at", "title", "status"]
    http_method_names = ["get", "head", "options", "post", "patch"]
    repeats = {"create": timedelta(seconds=5), "post_update": timedelta(seconds=5)}

    def get_queryset(self) -> QuerySet[Maintenance]:
        """Read the timeline too where it is shown."""
        windows = super().get_queryset()
        return windows if self.action == "list" else windows.prefetch_related("updates")

    def get_serializer_class(self) -> type[BaseSerializer[Maintenance]]:
        """Return the short form for lists."""
        return MaintenanceSerializer if self.action == "list" else MaintenanceDetailSerializer

    def handle_exception(self, exc: Exception) -> Response:
        """Answer a refused move or edit with the window as it is now."""
        if isinstance(exc, MoveDenied | StaleEdit):
            now = MaintenanceSerializer(self.get_object()).data
            exc = Problem(409, str(exc), code=exc.code, more={"current": now})
        return super().handle_exception(exc)

    @extend_schema(request=bodies.MaintenanceInput, responses={201: MaintenanceDetailSerializer})
    def create(self, _request: Request) -> Response:
        """Plan a window, or with ``recurrence`` a series of them; answers with the first."""
        data = self.parse(bodies.MaintenanceInput)
        window = Maintenance.schedule(by=self.actor, **{_ARGUMENTS.get(name, name): data[name] for name in data})
        return self.created(self._anew(window))

    @extend_schema(request=bodies.MaintenancePatch, responses=MaintenanceDetailSerializer)
    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change it, or it and all later ones of its series."""
        window = self.get_object()
        data = self.parse(bodies.MaintenancePatch, partial=True)
        how = {name: data.pop(name) for name in ("services", "version", "later", "quiet") if name in data}
        window.edit(by=self.actor, changes=data, **how)
        return self.reply(self._anew(window))

    @extend_schema(request=bodies.SayInput, responses=MaintenanceDetailSerializer)
    @action(detail=True, methods=["post"])
    def start(self, _request: Request, **_: str) -> Response:
        """Begin the work, early perhaps."""
        return self._say("start", bodies.SayInput)

    @extend_schema(request=bodies.SayInput, responses=MaintenanceDetailSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, _request: Request, **_: str) -> Response:
        """End the work, early perhaps."""
        return self._say("complete", bodies.SayInput)

    @extend_schema(request=bodies.CancelInput, responses=MaintenanceDetailSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, **_: str) -> Response:
        """Call it off."""
        return self._say("cancel", bodies.CancelInput)

    @extend_schema(request=bodies.ExtendInput, responses=MaintenanceDetailSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, _request: Request, **_: str) -> Response:
        """Let it end later."""
        return self._say("extend", bodies.ExtendInput)

    @extend_schema(methods=["GET"], responses=MaintenanceUpdateSerializer(many=True))
    @action(detail=True, filter_backends=[])
    def updates(self, _request: Request, **_: str) -> Response:
        """List the timeline, oldest first."""
        return self.page(self.get_object().updates.all(), MaintenanceUpdateSerializer)

    @extend_schema(
        methods=["POST"], request=bodies.MaintenanceUpdateInput, responses={201: MaintenanceUpdateSerializer}
    )
    @updates.mapping.post
    def post_update(self, _request: Request, **_: str) -> Response:
        """Say something."""
        update = self.get_object().post_update(by=self.actor, **self.parse(bodies.MaintenanceUpdateInput))
        return Response(MaintenanceUpdateSerializer(update).data, status.HTTP_201_CREATED)

    @extend_schema(request=bodies.PreviewInput, responses=PreviewSerializer)
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def preview(self, _request: Request) -> Response:
        """Show the next windows of a rule, with what changes of clocks do to them. Nothing is planned."""
        data = self.parse(bodies.PreviewInput)
        found = look_ahead(
            data["scheduled_start"],
            data["scheduled_end"],
            data["timezone"],
            data["recurrence"],
            timezone.now(),
            data["count"],
        )
        return Response(PreviewSerializer(found).data)

    def _say(self, verb: str, body: type[BaseSerializer[Any]]) -> Response:
        window = self.get_object()
        getattr(window, verb)(by=self.actor, **self.parse(body))
        return self.reply(self._anew(window))

    def _anew(self, window: Maintenance) -> Maintenance:
        """Return the row with the services and the timeline that the verb has written."""
        return self.get_queryset().get(pk=window.pk)
