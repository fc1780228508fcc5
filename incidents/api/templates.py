"""``/api/v1/incident-templates``."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import LongTextField, StrictFields
from accounts.api.views import ApiViewSet
from incidents.models import IncidentTemplate
from incidents.tags import LONGEST, MOST
from services.api.serializers import UNIQUE_BY_MODEL
from services.models import Service


class IncidentTemplateSerializer(StrictFields, serializers.ModelSerializer[IncidentTemplate]):
    """What an incident or an update begins with; ``{{ name }}`` in its texts is a placeholder."""

    body = LongTextField(allow_blank=True, required=False)
    services = serializers.PrimaryKeyRelatedField(queryset=Service.objects.all(), many=True, required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=LONGEST), max_length=MOST, required=False)

    class Meta:
        model = IncidentTemplate
        fields = ["id", "name", "title", "body", "severity", "status", "services", "tags", "created_at", "updated_at"]
        read_only_fields = ["id", "created_at", "updated_at"]
        extra_kwargs = {"name": UNIQUE_BY_MODEL}


class TemplateViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[IncidentTemplate]):
    """Templates of incidents."""

    queryset = IncidentTemplate.objects.prefetch_related("services")
    serializer_class = IncidentTemplateSerializer
    search_fields = ["name", "title", "body"]
    ordering_fields = ["name", "created_at", "updated_at"]
    http_method_names = ["get", "head", "options", "post", "patch", "delete"]

    @extend_schema(responses={201: IncidentTemplateSerializer})
    def create(self, _request: Request) -> Response:
        """Write one."""
        return self.created(IncidentTemplate.add(by=self.actor, **self.parse(IncidentTemplateSerializer)))

    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change the fields that are named."""
        changes = self.parse(IncidentTemplateSerializer, partial=True)
        self.get_object().edit(by=self.actor, changes=changes)
        return self.reply(self.get_object())

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Delete one; what was written with it stays."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)
