"""``/api/v1/status-changes``: the change history, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts.api.views import ApiViewSet
from events.sheets import MEDIA_TYPE, sheet
from services.api.filters import StatusChangeFilters
from services.api.formats import FORMAT, wanted_format
from services.api.serializers import StatusChangeSerializer
from services.models import StatusChange

HEAD = ("at", "service", "component", "old", "new", "old_rule", "rule", "source", "actor_kind", "actor", "message")
# Rows that are held in memory at a time.
CHUNK = 2000


class StatusChangeViewSet(ApiViewSet[StatusChange]):
    """Every turn of every service and component."""

    queryset = StatusChange.objects.select_related("service", "component").order_by("-at", "-id")
    serializer_class = StatusChangeSerializer
    filterset_class = StatusChangeFilters
    search_fields = ["message", "actor_name"]
    ordering_fields = ["at"]
    query_parameters = ("format",)

    @extend_schema(
        parameters=[FORMAT],
        responses={(200, "application/json"): StatusChangeSerializer(many=True), (200, MEDIA_TYPE): OpenApiTypes.STR},
    )
    def list(self, request: Request) -> Any:
        """Return the turns, or how time counted from then on; as a list, or as a sheet."""
        form = wanted_format(request)
        changes = self.filter_queryset(self.get_queryset())
        if form == "csv":
            return sheet("status-changes.csv", HEAD, cells(changes.iterator(CHUNK)))
        return self.page(changes, StatusChangeSerializer)


def cells(changes: Iterable[StatusChange]) -> Iterator[list[object]]:
    """Yield the rows of the sheet under ``HEAD``."""
    for change in changes:
        component = change.component.name if change.component else ""
        turn = (change.old, change.new, change.old_rule, change.rule, change.source)
        who = (change.actor_kind, change.actor_name, change.message)
        yield [change.at, change.service.name, component, *turn, *who]
