"""``/api/v1/silences`` and ``/api/v1/integrations``."""

from __future__ import annotations

from django.db.models import Max, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import ADMIN
from accounts.api.views import ApiViewSet
from alerts.api.json import IntegrationSerializer, NewIntegrationSerializer, SignalSerializer, SilenceSerializer
from alerts.models import Integration, Silence


class SilenceViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Silence]):
    """Alerts that make no incident for a while."""

    queryset = Silence.objects.all()
    serializer_class = SilenceSerializer
    filterset_fields = ["alert", "service"]
    search_fields = ["why", "created_by"]
    ordering_fields = ["starts_at", "ends_at"]

    @extend_schema(request=SilenceSerializer, responses={201: SilenceSerializer})
    def create(self, _request: Request) -> Response:
        """Silence one alert, one service, or what labels name, from now on."""
        return self.created(Silence.add(by=self.actor, **self.parse(SilenceSerializer)))

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """End a silence now; it stays listed."""
        self.get_object().end(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)


class IntegrationViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[Integration]):
    """Sources of alerts, each with its key."""

    queryset = Integration.objects.standing().select_related("key")
    serializer_class = IntegrationSerializer
    search_fields = ["name"]
    ordering_fields = ["name", "created_at"]
    access = ADMIN
    shown_once = ("key",)

    def get_queryset(self) -> QuerySet[Integration]:
        """Tell when each was heard of last."""
        return super().get_queryset().annotate(last_received_at=Max("alerts__last_received_at"))

    @extend_schema(request=IntegrationSerializer, responses={201: NewIntegrationSerializer})
    def create(self, _request: Request) -> Response:
        """Make an integration with its key. The answer holds the key, once."""
        made, text = Integration.add(by=self.actor, **self.parse(IntegrationSerializer))
        response = self.created(self.get_queryset().get(pk=made.pk))
        response.data["key"] = text
        return response

    @extend_schema(request=IntegrationSerializer, responses=IntegrationSerializer)
    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change how it is read; what came before stays as it is."""
        self.get_object().edit(by=self.actor, changes=self.parse(IntegrationSerializer, partial=True))
        return self.reply(self.get_object())

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Revoke its key and close what it holds open; its alerts stay listed."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=SignalSerializer(many=True))
    @action(detail=True, filter_backends=[])
    def signals(self, _request: Request, **_: str) -> Response:
        """List what it sent, the latest first, with why something was rejected or ignored."""
        return self.page(self.get_object().signals.all(), SignalSerializer)
