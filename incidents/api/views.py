"""``/api/v1/incidents``: each address says one verb of the incident."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.problems import Problem
from accounts.api.serializers import NothingInput
from accounts.api.views import ApiViewSet
from accounts.models import User
from events.command import join
from events.errors import StaleEdit
from incidents.api import input as bodies
from incidents.api.filters import IncidentFilters
from incidents.api.output import IncidentDetailSerializer, IncidentSerializer, MetricsSerializer, UpdateSerializer
from incidents.lifecycle import TransitionDenied
from incidents.models import Incident
from services.models import Service
from services.status import Status


@extend_schema_view(
    list=extend_schema(responses=IncidentSerializer(many=True)),
    retrieve=extend_schema(responses=IncidentDetailSerializer),
)
class IncidentViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Incident]):
    """Incidents. They are never deleted: what was said to the public stays said."""

    queryset = Incident.objects.select_related("assignee").prefetch_related("affected__service")
    filterset_class = IncidentFilters
    ordering_fields = ["created_at", "updated_at", "resolved_at", "title", "status"]
    http_method_names = ["get", "head", "options", "post", "patch"]
    # Nobody declares or says the same thing twice within seconds; a script that lost its connection does.
    repeats = {"create": timedelta(seconds=5), "post_update": timedelta(seconds=5)}

    def get_queryset(self) -> QuerySet[Incident]:
        """Read the timeline too where it is shown."""
        incidents = super().get_queryset()
        return incidents if self.action == "list" else incidents.prefetch_related("updates")

    def get_serializer_class(self) -> type[BaseSerializer[Incident]]:
        """Return the short form for lists."""
        return IncidentSerializer if self.action == "list" else IncidentDetailSerializer

    def handle_exception(self, exc: Exception) -> Response:
        """Answer a refused move or edit with the incident as it is now."""
        if isinstance(exc, TransitionDenied | StaleEdit):
            now = IncidentSerializer(self.get_object()).data
            exc = Problem(409, str(exc), code=exc.code, more={"current": now})
        return super().handle_exception(exc)

    @extend_schema(request=bodies.IncidentInput, responses={201: IncidentDetailSerializer})
    def create(self, _request: Request) -> Response:
        """Declare an incident."""
        return self.created(Incident.declare(by=self.actor, **self.parse(bodies.IncidentInput)))

    @extend_schema(request=bodies.IncidentPatch, responses=IncidentDetailSerializer)
    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change fields, hand it over, move it: all of it or nothing."""
        incident = self.get_object()
        data = self.parse(bodies.IncidentPatch, partial=True)
        with join():
            self._patch(incident, data)
        return self.reply(incident)

    def _patch(self, incident: Incident, data: dict[str, Any]) -> None:
        moves = {name: data.pop(name) for name in ("status", "message") if name in data}
        quiet = data.pop("quiet", False)
        version, alone = data.pop("version", None), not data
        services = _as_read(incident, data.pop("services")) if "services" in data else None
        hands_over, assignee = "assignee" in data, data.pop("assignee", None)
        incident.edit(by=self.actor, changes=data, services=services, version=version, quiet=quiet)
        if hands_over:
            self._hand_over(incident, assignee)
        # The status it has already is no move when it comes along with other fields: somebody sent back what they read.
        if moves and (alone or moves["status"] != incident.status):
            incident.transition(by=self.actor, quiet=quiet, **moves)

    def _hand_over(self, incident: Incident, assignee: User | None) -> None:
        try:
            incident.assign(assignee, by=self.actor)
        except ValidationError as error:
            # Of a PATCH it is another field than of the verb's own address.
            raise ValidationError({"assignee": error.messages}) from None

    @extend_schema(methods=["GET"], responses=UpdateSerializer(many=True))
    @action(detail=True, filter_backends=[])
    def updates(self, _request: Request, **_: str) -> Response:
        """List the timeline, oldest first."""
        return self.page(self.get_object().updates.all(), UpdateSerializer)

    @extend_schema(methods=["POST"], request=bodies.UpdateInput, responses={201: UpdateSerializer})
    @updates.mapping.post
    def post_update(self, _request: Request, **_: str) -> Response:
        """Say something, perhaps with a move."""
        update = self.get_object().post_update(by=self.actor, **self.parse(bodies.UpdateInput))
        return Response(UpdateSerializer(update).data, status.HTTP_201_CREATED)

    @extend_schema(request=bodies.PromiseInput, responses=IncidentDetailSerializer)
    @action(detail=True, methods=["post"], url_path="next-update")
    def next_update(self, _request: Request, **_: str) -> Response:
        """Promise readers the next update, or take the promise back."""
        incident = self.get_object()
        incident.promise_update(self.parse(bodies.PromiseInput)["next_update_by"], by=self.actor)
        return self.reply(incident)

    @extend_schema(request=bodies.TransitionInput, responses=IncidentDetailSerializer)
    @action(detail=True, methods=["post"])
    def transition(self, _request: Request, **_: str) -> Response:
        """Move forward."""
        return self._say("transition", bodies.TransitionInput)

    @extend_schema(request=NothingInput, responses=IncidentDetailSerializer)
    @action(detail=True, methods=["post"])
    def acknowledge(self, _request: Request, **_: str) -> Response:
        """Say "I have it": with a session you are the assignee where nobody is; a key assigns nobody."""
        return self._say("acknowledge", NothingInput)

    @extend_schema(request=bodies.AssignInput, responses=IncidentDetailSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, _request: Request, **_: str) -> Response:
        """Hand it to somebody, or to nobody; with a session and yourself as `user` you acknowledge it, too."""
        return self._say("assign", bodies.AssignInput)

    @extend_schema(request=bodies.ResolveInput, responses=IncidentDetailSerializer)
    @action(detail=True, methods=["post"])
    def resolve(self, _request: Request, **_: str) -> Response:
        """End it."""
        return self._say("resolve", bodies.ResolveInput)

    @extend_schema(request=bodies.MessageInput, responses=IncidentDetailSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, _request: Request, **_: str) -> Response:
        """Go back from resolved to investigating."""
        return self._say("reopen", bodies.MessageInput)

    @extend_schema(responses=MetricsSerializer)
    @action(detail=True)
    def metrics(self, _request: Request, **_: str) -> Response:
        """Return how long it took."""
        return Response(MetricsSerializer(self.get_object()).data)

    def _say(self, verb: str, body: type[BaseSerializer[Any]]) -> Response:
        incident = self.get_object()
        getattr(incident, verb)(by=self.actor, **self.parse(body))
        return self.reply(incident)


def _as_read(incident: Incident, services: dict[Service, Status | None]) -> dict[Service, Status | None]:
    """Let an impact that was read from the severity and sent back go on following the severity."""
    following = {row.service_id: row.suffers for row in incident.affected.all() if row.impact is None}
    return {service: None if following.get(service.id) is own else own for service, own in services.items()}
