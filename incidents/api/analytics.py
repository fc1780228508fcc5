"""``/api/v1/analytics``, of everything, of incidents, of one service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import ApiView
from incidents.analytics import reading
from incidents.analytics.report import Report
from incidents.analytics.stretch import DEFAULT, LENGTHS
from incidents.api.analytics_json import (
    AnalyticsSerializer,
    IncidentAnalyticsSerializer,
    ServiceAnalyticsSerializer,
)
from services.models import Service

PERIOD = OpenApiParameter(
    "period",
    str,
    enum=list(LENGTHS),
    default=DEFAULT,
    description="The last 24 hours, or whole days in UTC of which today is the last.",
)


class Analytics(ApiView):
    """How it went, all in all."""

    @extend_schema(operation_id="analytics", parameters=[PERIOD], responses=AnalyticsSerializer)
    def get(self, request: Request) -> Response:
        """Return uptime, incidents, times to acknowledge and resolve, their trend, and the noisiest services."""
        word = wanted(request)
        found, noisiest = reading.of_everything(word, timezone.now())
        return Response(AnalyticsSerializer(_plain(found, word) | {"noisiest": noisiest}).data)


class IncidentAnalytics(ApiView):
    """How incidents went."""

    @extend_schema(operation_id="incidents_analytics", parameters=[PERIOD], responses=IncidentAnalyticsSerializer)
    def get(self, request: Request) -> Response:
        """Return how many incidents there were, how bad, and how long they took."""
        word = wanted(request)
        return Response(IncidentAnalyticsSerializer(_plain(reading.of_incidents(word, timezone.now()), word)).data)


class ServiceAnalytics(ApiView):
    """How one service went."""

    @extend_schema(operation_id="services_analytics", parameters=[PERIOD], responses=ServiceAnalyticsSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the uptime of one service, and what incidents affected it."""
        word = wanted(request)
        service = get_object_or_404(Service, pk=pk)
        found, turns = reading.of_service(service, word, timezone.now())
        more = {"service": service.pk, "status_changes": turns}
        return Response(ServiceAnalyticsSerializer(_plain(found, word) | more).data)


def wanted(request: Request) -> str:
    """Read ``period``; raises ``ValidationError``, also for parameters that there are not."""
    unknown = sorted(set(request.query_params) - {"period"})
    word: str = request.query_params.get("period", DEFAULT)
    if unknown:
        raise serializers.ValidationError({name: ["There is no such parameter."] for name in unknown})
    if word not in LENGTHS:
        raise serializers.ValidationError({"period": [f"Use one of: {', '.join(LENGTHS)}."]})
    return word


def _plain(found: Report, word: str) -> dict[str, Any]:
    now = found.now
    block = {"stretch": now.stretch, "uptime": now.uptime, "incidents": now.incidents}
    return {"period": word, "before": found.before, "trend": found.trend, **block}
