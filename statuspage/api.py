"""``/api/v1/status``: the public JSON, finished ahead. The edge answers these; this is what stands behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request

from accounts.api.permissions import PUBLIC
from accounts.api.problems import Problem
from accounts.api.views import ApiView
from statuspage import addresses, ondemand
from statuspage.api_shapes import (
    IncidentsShape,
    MaintenanceShape,
    PublicIncidentShape,
    PublicPostmortemShape,
    PublicServiceShape,
    StatusShape,
)
from statuspage.views import answer

DAYS = OpenApiParameter("days", int, description="1 to 365; 90 unless given. Open incidents are always among them.")
SERVICE = OpenApiParameter("service", str, description="The slug of the one service to hear of.")


class Published(ApiView):
    """Answers what is published at the address. Private and missing things are not told apart."""

    access = PUBLIC

    def get(self, request: Request, **_: Any) -> HttpResponse:
        """Answer with the finished bytes."""
        self.check(request)
        document = ondemand.find(addresses.canonical(request.path, request.META.get("QUERY_STRING", "")))
        if document is None:
            raise Problem(404, "There is nothing at this address.")
        return answer(document)

    def check(self, request: Request) -> None:
        """Raise :class:`Problem` for a parameter that makes no sense."""


@extend_schema_view(get=extend_schema(responses=StatusShape))
class Status(Published):
    """The state of everything public."""


@extend_schema_view(get=extend_schema(responses=PublicServiceShape))
class StatusService(Published):
    """One public service."""


@extend_schema_view(
    get=extend_schema(operation_id="status_incidents_list", parameters=[DAYS], responses=IncidentsShape)
)
class StatusIncidents(Published):
    """The public incidents of the last days."""

    def check(self, request: Request) -> None:
        """Refuse days beyond the year."""
        days = request.query_params.get("days", "90")
        if not (days.isascii() and days.isdigit() and len(days) <= 3 and 1 <= int(days) <= 365):
            sentence = "Must be a whole number from 1 to 365."
            raise Problem(400, "The request is not valid.", errors={"days": [sentence]})


@extend_schema_view(get=extend_schema(responses=PublicIncidentShape))
class StatusIncident(Published):
    """One public incident with what was said about it."""


@extend_schema_view(get=extend_schema(responses=PublicPostmortemShape))
class StatusPostmortem(Published):
    """The published postmortem of a public incident."""


@extend_schema_view(get=extend_schema(responses=MaintenanceShape))
class StatusMaintenance(Published):
    """Maintenance: under way, planned, and of the last 90 days."""


@extend_schema_view(get=extend_schema(parameters=[SERVICE], responses={(200, "application/rss+xml"): OpenApiTypes.STR}))
class StatusRss(Published):
    """The RSS feed."""

    refusals = ("404",)
