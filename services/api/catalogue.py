"""``/api/v1/services``."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import ApiViewSet
from services.api import uptime
from services.api.figures import DAYS, INTERVALS
from services.api.filters import ServiceFilters
from services.api.serializers import ComponentSerializer, OrderInput, ServiceSerializer, StatusInput
from services.models import Component, Service

# What a PUT that is silent about them means; slug and position stay, because links and the page hang on them.
SILENT: dict[str, Any] = {
    "description": "",
    "url": "",
    "owner": "",
    "group": None,
    "public": False,
    "sla_target": None,
    "sla_period": Service.SlaPeriod.MONTH,
    "show_latency": False,
    "auto_incident": Service.AutoIncident.OFF,
    "auto_incident_after": 5,
}


class ServiceViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Service]):
    """What users depend on."""

    queryset = Service.objects.prefetch_related(Prefetch("components", Component.objects.select_related("heartbeat")))
    serializer_class = ServiceSerializer
    filterset_class = ServiceFilters
    ordering_fields = ["name", "position", "owner", "status_since", "created_at", "updated_at"]

    @extend_schema(responses={201: ServiceSerializer})
    def create(self, _request: Request) -> Response:
        """Make a service, private unless ``public`` says otherwise."""
        fields = self.parse(ServiceSerializer)
        fields.pop("version", None)
        return self.created(Service.add(by=self.actor, **fields))

    def update(self, _request: Request, **_: str) -> Response:
        """Replace a service: what is left out goes back to its default."""
        return self._edit({**SILENT, **self.parse(ServiceSerializer)})

    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change the fields that are named."""
        return self._edit(self.parse(ServiceSerializer, partial=True))

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Delete a service with its components and history. Refused while incidents are open on it."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=StatusInput, responses=ServiceSerializer)
    @action(detail=True, methods=["post"], url_path="status", url_name="status")
    def set_status(self, _request: Request, **_: str) -> Response:
        """Set the status by hand; null goes back to the derived one. It is never better than the derived one."""
        service = self.get_object()
        service.set_status(by=self.actor, **self.parse(StatusInput))
        return self.reply(service)

    @extend_schema(parameters=[DAYS, INTERVALS], responses=uptime.UptimeSerializer)
    @action(detail=True, methods=["get"])
    def uptime(self, request: Request, **_: str) -> Response:
        """Return the uptime of the last days."""
        return Response(uptime.reply(self.get_object(), request.query_params, timezone.now()))

    @extend_schema(responses=ComponentSerializer(many=True))
    @action(detail=True, methods=["get"])
    def components(self, _request: Request, **_: str) -> Response:
        """List the components."""
        return self.page(self.get_object().components.select_related("heartbeat"), ComponentSerializer)

    @extend_schema(request=ComponentSerializer, responses={201: ComponentSerializer})
    @components.mapping.post
    def add_component(self, _request: Request, **_: str) -> Response:
        """Make a component of this service."""
        service = self.get_object()
        component = Component.add(service, by=self.actor, **self.parse(ComponentSerializer))
        return Response(ComponentSerializer(component, context=self.get_serializer_context()).data, 201)

    @extend_schema(request=OrderInput, responses=OrderInput)
    @action(detail=False, methods=["post"])
    def order(self, _request: Request) -> Response:
        """Put the services of one group into an order; all of them must be named."""
        order = self.parse(OrderInput)["order"]
        Service.reorder(order, by=self.actor)
        return Response({"order": order})

    def _edit(self, changes: dict[str, Any]) -> Response:
        service = self.get_object()
        service.edit(by=self.actor, version=changes.pop("version", None), changes=changes)
        return self.reply(self.get_object())
