"""``/api/v1/sla``: how promises are kept, and where they were broken."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import StrictFields
from accounts.api.views import ApiViewSet
from events.days import SinceFilter, UntilFilter
from events.sheets import MEDIA_TYPE, sheet
from services.api import sla_query as query
from services.api import sla_report as report
from services.api.formats import wanted_format
from services.models import Service, SlaBreach
from services.models.promises import promises


class ReportFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``service`` may be given several times, and asks for services without a target, too."""

    service = django_filters.ModelMultipleChoiceFilter(
        queryset=Service.objects.all(), field_name="id", method="by_service"
    )

    class Meta:
        model = Service
        fields = ["service"]

    def by_service(self, services: QuerySet[Service], _name: str, wanted: list[Service]) -> QuerySet[Service]:
        """Return those asked for, or all that a target is promised of."""
        if wanted:
            return services.filter(pk__in=[service.pk for service in wanted])
        return services.exclude(sla_target=None)


class SlaReportViewSet(ApiViewSet[Service]):
    """Reports on promises."""

    queryset = Service.objects.order_by("name")
    serializer_class = report.SlaReportSerializer
    filterset_class = ReportFilters
    query_parameters = ("period", "from", "to", "format")

    @extend_schema(
        parameters=query.PARAMETERS,
        responses={
            (200, "application/json"): report.SlaReportSerializer(many=True),
            (200, MEDIA_TYPE): OpenApiTypes.STR,
        },
    )
    def list(self, request: Request) -> Any:
        """Return how services keep their promises in their own period, the one before, or any time."""
        now = timezone.now()
        span, form = query.wanted_span(request, now), wanted_format(request)
        services = self.filter_queryset(self.get_queryset())
        if form == "csv":
            return sheet("sla.csv", report.HEAD, report.cells(promises(services, now, span)))
        rows = promises(self.paginate_queryset(services) or [], now, span)
        return self.get_paginated_response(report.SlaReportSerializer(rows, many=True).data)


class BreachFilters(django_filters.FilterSet):  # type: ignore[misc]  # it ships no types
    """``from`` and ``to`` speak of when it was recorded."""

    service = django_filters.ModelChoiceFilter(queryset=Service.objects.all())
    level = django_filters.MultipleChoiceFilter(choices=SlaBreach.Level.choices)
    period = django_filters.MultipleChoiceFilter(choices=Service.SlaPeriod.choices)
    acknowledged = django_filters.TypedChoiceFilter(
        choices=[("true", "Acknowledged"), ("false", "Not acknowledged")],
        coerce=lambda word: word == "true",
        empty_value=None,
        field_name="acknowledged_at",
        lookup_expr="isnull",
        exclude=True,
    )

    class Meta:
        model = SlaBreach
        fields = ["service", "level", "period", "acknowledged"]


# ``from`` and ``to`` are Python's words, so they cannot be written as attributes.
BreachFilters.base_filters |= {
    "from": SinceFilter("at"),
    "to": UntilFilter("at"),
}


class SlaBreachSerializer(serializers.ModelSerializer[SlaBreach]):
    """A promise that was broken, or nearly (``warning``), with what was known at that moment."""

    service_name = serializers.CharField(source="service.name", read_only=True)
    target = serializers.FloatField(read_only=True)
    allowance_seconds = serializers.FloatField(source="allowance", read_only=True)
    downtime_seconds = serializers.FloatField(source="downtime", read_only=True)

    class Meta:
        model = SlaBreach
        fields = ["id", "service", "service_name", "level", "period", "period_start", "period_end", "target"]
        fields += ["allowance_seconds", "downtime_seconds", "at", "over_at"]
        fields += ["acknowledged_at", "acknowledged_by", "note"]
        read_only_fields = fields


class AcknowledgeInput(StrictFields, serializers.Serializer[Any]):
    """What was found, or what follows."""

    note = serializers.CharField(max_length=5000, allow_blank=True, required=False, trim_whitespace=False)


class SlaBreachViewSet(ListModelMixin, RetrieveModelMixin, ApiViewSet[SlaBreach]):
    """Promises that were broken, or nearly. Rows are recorded by the clock and stay as they were known."""

    queryset = SlaBreach.objects.select_related("service")
    serializer_class = SlaBreachSerializer
    filterset_class = BreachFilters
    search_fields = ["service__name", "note", "acknowledged_by"]
    ordering_fields = ["at", "period_start", "downtime"]

    @extend_schema(request=AcknowledgeInput, responses=SlaBreachSerializer)
    @action(detail=True, methods=["post"])
    def acknowledge(self, _request: Request, **_: str) -> Response:
        """Say that somebody has looked at it, once."""
        breach = self.get_object()
        breach.acknowledge(by=self.actor, **self.parse(AcknowledgeInput))
        return self.reply(breach)
