"""``/api/v1/components/{id}``."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from services.api.figures import FigureActions
from services.api.heartbeats import HeartbeatActions
from services.api.serializers import ComponentSerializer, StatusInput
from services.models import Component


class ComponentViewSet(RetrieveModelMixin, FigureActions, HeartbeatActions):
    """Parts and dependencies of services; ``services/{id}/components`` lists and makes them."""

    queryset = Component.objects.select_related("service", "heartbeat")
    serializer_class = ComponentSerializer

    def update(self, _request: Request, **_: str) -> Response:
        """Replace a component: what is left out goes back to its default; its place stays."""
        return self._edit({"description": "", "depends_on": None, **self.parse(ComponentSerializer)})

    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change the fields that are named."""
        return self._edit(self.parse(ComponentSerializer, partial=True))

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Delete a component and its history."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=StatusInput, responses=ComponentSerializer)
    @action(detail=True, methods=["post"], url_path="status", url_name="status")
    def set_status(self, _request: Request, **_: str) -> Response:
        """Set the status by hand; null goes back to operational. Its service follows."""
        component = self.get_object()
        component.set_status(by=self.actor, **self.parse(StatusInput))
        return self.reply(component)

    def _edit(self, changes: dict[str, Any]) -> Response:
        component = self.get_object()
        component.edit(by=self.actor, changes=changes)
        return self.reply(component)
