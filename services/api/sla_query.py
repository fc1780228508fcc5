"""What may be asked of the report on promises."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from services.api.formats import FORMAT, one_of, refuse
from services.models.promises import Span, from_to, own_period, period_before
from services.uptime import DAY, midnight

SPANS: dict[str, Span] = {"current": own_period, "previous": period_before}
YEARS = range(1971, 3000)
NO_TIME = timedelta()
PARAMETERS = [
    OpenApiParameter("period", str, enum=list(SPANS), default="current", description="Each service's own period."),
    OpenApiParameter("from", OpenApiTypes.DATETIME, description="Instead of `period`; a day begins at midnight UTC."),
    OpenApiParameter("to", OpenApiTypes.DATETIME, description="Where it ends; a day counts as a whole."),
    FORMAT,
]


def wanted_span(request: Request, now: datetime) -> Span:
    """Read ``from`` and ``to``, or ``period``; raises ``ValidationError`` by parameter."""
    words: Any = request.query_params
    named = one_of(request, "period", tuple(SPANS))
    if "from" not in words and "to" not in words:
        return SPANS[named]
    if "period" in words:
        refuse("period", "Give a period, or from and to, not both.")
    if "from" not in words:
        refuse("from", "Say where it begins, too.")
    start = _instant(words["from"], "from")
    end = _instant(words["to"], "to", whole=True) if "to" in words else now
    if start >= end:
        refuse("from", "It must begin before it ends.")
    return from_to(start, end)


def _instant(text: str, name: str, *, whole: bool = False) -> datetime:
    """Read an instant; of a day its beginning, or its end where the day is ``whole``."""
    try:
        if len(text) == len("2026-03-01"):
            found = midnight(date.fromisoformat(text) + (DAY if whole else NO_TIME))
        else:
            found = serializers.DateTimeField(default_timezone=UTC).to_internal_value(text)
    except (ValueError, OverflowError, serializers.ValidationError):
        raise serializers.ValidationError(
            {name: ["Give a day or an instant: 2026-03-01, 2026-03-01T12:00:00Z."]}
        ) from None
    if found.year not in YEARS:
        refuse(name, f"Give a year from {YEARS[0]} to {YEARS[-1]}.")
    return found.astimezone(UTC)
