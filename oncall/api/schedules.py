"""``/api/v1/schedules``."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import NothingInput
from oncall import who
from oncall.api import asked
from oncall.api.covering import CoveringActions
from oncall.api.output import CalendarSerializer, PlanInput, PlanSerializer, ScheduleSerializer, ShiftSerializer
from oncall.final import merged
from oncall.links import calendar_url
from oncall.models import Schedule
from oncall.shown import named

# What a PUT that is silent about them means.
SILENT: dict[str, Any] = {"team": None, "timezone": "UTC", "layers": []}


class ScheduleViewSet(ListModelMixin, RetrieveModelMixin, CoveringActions):
    """Who is on call when."""

    queryset = Schedule.objects.select_related("team").prefetch_related("editions")
    serializer_class = ScheduleSerializer
    filterset_fields = ["team"]
    search_fields = ["name"]
    ordering_fields = ["name", "created_at", "updated_at"]

    @extend_schema(responses={201: ScheduleSerializer})
    def create(self, _request: Request) -> Response:
        """Make a schedule. Its first layers hold for all time before they are changed."""
        fields = self.parse(ScheduleSerializer)
        fields.pop("version", None)
        return self.created(Schedule.add(by=self.actor, **fields))

    def update(self, _request: Request, **_: str) -> Response:
        """Replace a schedule from now on: what is left out has its default."""
        return self._edit({**SILENT, **self.parse(ScheduleSerializer)})

    def partial_update(self, _request: Request, **_: str) -> Response:
        """Change the fields that are named from now on; what was before stays.

        Whoever has the turn keeps it; whoever is taken off the list passes it to the next at once.
        """
        return self._edit(self.parse(ScheduleSerializer, partial=True))

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_: str) -> Response:
        """Delete a schedule with its overrides. Refused while an escalation policy pages it."""
        self.get_object().remove(by=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(parameters=[asked.FROM, asked.TO, asked.MERGE], responses=ShiftSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_fields=[], search_fields=[], ordering_fields=[])
    def shifts(self, request: Request, **_: str) -> Response:
        """List who is on call, in order. Times when nobody is are left out."""
        asked.refuse_others(request, ("from", "to", "merge"))
        schedule, (start, end) = self.get_object(), asked.stretch(request, timezone.now())
        for edition in schedule.editions.all():
            asked.refuse_heavy(edition.layers, start, end)
        found = who.shifts(schedule, start, end)
        return self.page(
            named(merged(found) if asked.merge(request) else found),  # type: ignore[arg-type]  # a list is paged as well
            ShiftSerializer,
        )

    @extend_schema(request=PlanInput, responses=PlanSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, _request: Request) -> Response:
        """Show who would be on call by layers, with the overrides of the schedule that is named. Nothing is changed."""
        said = self.parse(PlanInput)
        schedule, start = said.get("schedule") or Schedule(), asked.in_reach(said.get("start") or timezone.now())
        end = start + timedelta(days=said["days"])
        shifts = named(schedule.preview(said["layers"], said["timezone"], start, end))
        return Response(PlanSerializer({"shifts": shifts}).data)

    @extend_schema(responses=CalendarSerializer)
    @action(detail=True, methods=["get"])
    def calendar(self, _request: Request, **_: str) -> Response:
        """Say at which secret address calendars read this schedule."""
        return Response({"url": calendar_url(self.get_object())})

    @extend_schema(request=NothingInput, responses=CalendarSerializer)
    @calendar.mapping.post
    def rotate_calendar(self, _request: Request, **_: str) -> Response:
        """Give the calendar another address; the one before answers no more."""
        self.parse(NothingInput)
        schedule = self.get_object()
        schedule.rotate_feed(by=self.actor)
        return Response({"url": calendar_url(schedule)})

    def _edit(self, changes: dict[str, Any]) -> Response:
        schedule = self.get_object()
        schedule.edit(by=self.actor, version=changes.pop("version", None), changes=changes)
        return self.reply(self.get_object())
