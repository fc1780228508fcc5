"""``/api/v1/escalation-policies``."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import ApiViewSet
from oncall.api.output import PolicySerializer
from oncall.models import EscalationPolicy

# What a PUT that is silent about them means.
SILENT: dict[str, Any] = {
    "team": None,
    "services": [],
    "severity": "",
    "hours": [],
    "timezone": "",
    "repeat": 0,
    "remind_after": 0,
    "position": 0,
    "enabled": True,
}


class PolicyViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[EscalationPolicy]):
    """Whom to reach, in which order, until somebody answers."""

    queryset = EscalationPolicy.objects.select_related("team").prefetch_related("services")
    serializer_class = PolicySerializer
    filterset_fields = ["team", "services", "enabled"]
    search_fields = ["name"]
    ordering_fields = ["position", "name", "created_at", "updated_at"]

    @extend_schema(responses={201: PolicySerializer})
    def create(self, _request: Request) -> Response:
        """Make a policy."""
        fields = self.parse(PolicySerializer)
        fields.pop("version", None)
        return self.created(EscalationPolicy.add(by=self.actor, **fields))

    def update(self, _request: Request, **_: str) -> Response:
        """Replace a policy: what is left out has its default. Pages that run go on as they began."""
        return self._edit({**SILENT, **self.parse(PolicySerializer)})

    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change the fields that are named. Pages that run go on as they began."""
        return self._edit(self.parse(PolicySerializer, partial=True))

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Delete a policy. Pages that run go on."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _edit(self, changes: dict[str, Any]) -> Response:
        policy = self.get_object()
        policy.edit(by=self.actor, version=changes.pop("version", None), changes=changes)
        return self.reply(self.get_object())
