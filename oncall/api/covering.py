"""``/api/v1/schedules/{id}/overrides``, ``/take`` and ``/swap``."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.routers import UUID
from accounts.api.views import ApiViewSet
from oncall.api import asked
from oncall.api.caller import caller
from oncall.api.output import OverrideSerializer, StretchInput, SwapInput
from oncall.models import Override, Schedule

FROM = OpenApiParameter("from", OpenApiTypes.DATETIME, description="Only those that end after this.")
TO = OpenApiParameter("to", OpenApiTypes.DATETIME, description="Only those that begin before this.")


class CoveringActions(ApiViewSet[Schedule]):
    """Standing in for each other."""

    @extend_schema(parameters=[FROM, TO], responses=OverrideSerializer(many=True))
    @action(detail=True, methods=["get"])
    def overrides(self, request: Request, **_: str) -> Response:
        """List overrides by their start: all of them, or those that meet a time."""
        asked.refuse_others(request, ("from", "to"))
        rows = self.get_object().overrides.order_by("start", "number", "id")
        if start := asked.instant(request, "from"):
            rows = rows.filter(end__gt=start)
        if end := asked.instant(request, "to"):
            rows = rows.filter(start__lt=end)
        return self.page(rows, OverrideSerializer)

    @extend_schema(request=OverrideSerializer, responses={201: OverrideSerializer})
    @overrides.mapping.post
    def cover(self, _request: Request, **_: str) -> Response:
        """Put somebody on call for a while. What has gone by is not rewritten: one that has begun begins now."""
        schedule = self.get_object()
        return self._made(schedule.cover(by=self.actor, **self.parse(OverrideSerializer)))

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path=f"overrides/(?P<override>{UUID})", url_name="override")
    def finish(self, _request: Request, override: str, **_: str) -> Response:
        """End an override now; one that has not begun is taken back."""
        get_object_or_404(self.get_object().overrides.select_related("schedule"), pk=override).finish(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=StretchInput, responses={201: OverrideSerializer})
    @action(detail=True, methods=["post"])
    def take(self, request: Request, **_: str) -> Response:
        """Take a shift: whoever calls is on call instead."""
        schedule, user = self.get_object(), caller(request)
        return self._made(schedule.take(user, by=self.actor, **self.parse(StretchInput)))

    @extend_schema(request=SwapInput, responses={201: OverrideSerializer(many=True)})
    @action(detail=True, methods=["post"], pagination_class=None)
    def swap(self, _request: Request, **_: str) -> Response:
        """Let two people swap shifts: two overrides, or none."""
        schedule, said = self.get_object(), self.parse(SwapInput)
        first, second = ((said[name]["start"], said[name]["end"]) for name in ("first", "second"))
        made = schedule.swap(first, second, by=self.actor)
        return Response(OverrideSerializer(made, many=True).data, status.HTTP_201_CREATED)

    def _made(self, override: Override) -> Response:
        return Response(OverrideSerializer(override).data, status.HTTP_201_CREATED)
