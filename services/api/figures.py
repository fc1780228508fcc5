"""What is read of a component's past: uptime and latency."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import ApiViewSet
from services.api import latency, uptime
from services.latency import DEFAULT, PERIODS
from services.models import Component

DAYS = OpenApiParameter("days", str, description="Lengths in days, with commas between them.", default=uptime.DEFAULT)
INTERVALS = OpenApiParameter("intervals", bool, description="Tell what the longest window is made of.", default=False)
PERIOD = OpenApiParameter("period", str, enum=list(PERIODS), default=DEFAULT)


class FigureActions(ApiViewSet[Component]):
    """Figures of one component."""

    @extend_schema(parameters=[DAYS, INTERVALS], responses=uptime.UptimeSerializer)
    @action(detail=True, methods=["get"])
    def uptime(self, request: Request, **_: str) -> Response:
        """Return the uptime of the last days. Maintenance of its service is left out."""
        return Response(uptime.reply(self.get_object(), request.query_params, timezone.now()))

    @extend_schema(parameters=[PERIOD], responses=latency.LatencySerializer)
    @action(detail=True, methods=["get"])
    def latency(self, request: Request, **_: str) -> Response:
        """Return its latency by hour (up to 7 days) or by UTC day."""
        word = latency.period(request.query_params)
        return Response(latency.LatencySerializer(latency.answer(self.get_object(), word, timezone.now())).data)
