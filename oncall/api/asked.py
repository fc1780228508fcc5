"""What may be asked of shifts and of who is on call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from accounts.api.problems import Problem
from oncall.layers import YEARS, weight
from oncall.models import Team

# Without a word, and at the most.
SPAN: Final = timedelta(days=14)
LONGEST: Final = timedelta(days=400)
# Turns and windows laid over each other in one answer: about a second's work.
HEAVIEST: Final = 50_000
DAY, NO_TIME = timedelta(days=1), timedelta()
FROM = OpenApiParameter("from", OpenApiTypes.DATETIME, description="Now, unless given; a day begins at midnight UTC.")
TO = OpenApiParameter(
    "to", OpenApiTypes.DATETIME, description=f"{SPAN.days} days later, unless given; a day counts as a whole."
)
MERGE = OpenApiParameter("merge", bool, description="Show adjoining shifts of one person as one.")
TEAM = OpenApiParameter("team", str, description="Its id, slug or name; all of them unless given.")


def stretch(request: Request, now: datetime) -> tuple[datetime, datetime]:
    """Read ``from`` and ``to``; raises ``ValidationError`` by parameter."""
    start = instant(request, "from") or now
    end = instant(request, "to") or start + SPAN
    if end <= start:
        raise serializers.ValidationError({"to": ["It must be after from."]})
    if end - start > LONGEST:
        raise serializers.ValidationError({"to": [f"Ask for at most {LONGEST.days} days at a time."]})
    return start, end


def refuse_heavy(layers: Sequence[Mapping[str, Any]], start: datetime, end: datetime) -> None:
    """Raise ``ValidationError`` at ``to`` where working it out would keep others waiting."""
    heavy = weight(layers, end - start)
    if heavy > HEAVIEST:
        days = (end - start).days * HEAVIEST // heavy
        raise serializers.ValidationError({"to": [f"Ask for at most {days} days of so many turns and windows."]})


def instant(request: Request, name: str) -> datetime | None:
    """Read ``from`` or ``to``, of a day its beginning or its end; ``None`` where it is not given.

    Raises ``ValidationError``.
    """
    text = request.query_params.get(name, "")
    if not text:
        return None
    try:
        found = _read(text, whole=name == "to")
    except (ValueError, OverflowError, serializers.ValidationError):
        raise serializers.ValidationError(
            {name: ["Give a day or an instant: 2026-03-01, 2026-03-01T12:00:00Z."]}
        ) from None
    return in_reach(found, name)


def in_reach(at: datetime, name: str = "start") -> datetime:
    """Return ``at`` in UTC; raises ``ValidationError`` for a year that calendars cannot count in."""
    if at.year not in YEARS:
        raise serializers.ValidationError({name: [f"Give a year from {YEARS[0]} to {YEARS[-1]}."]})
    return at.astimezone(UTC)


def merge(request: Request) -> bool:
    """Read ``merge``; raises ``ValidationError``."""
    word = request.query_params.get("merge", "false").lower()
    if word not in ("true", "false"):
        raise serializers.ValidationError({"merge": ["Say true or false."]})
    return word == "true"


def team(request: Request) -> Team | None:
    """Read ``team``; raises ``Problem`` 404 for one that is not there."""
    word = request.query_params.get("team", "")
    if not word:
        return None
    try:
        meant = Q(pk=UUID(word))
    except ValueError:
        meant = Q(slug=word) | Q(name=word)
    found = Team.objects.filter(meant).first() if "\x00" not in word else None
    if found is None:
        raise Problem(404, "There is no such team. Name it by its id, slug or name.")
    return found


def refuse_others(request: Request, known: tuple[str, ...]) -> None:
    """Raise ``ValidationError`` for parameters that mean nothing here."""
    unknown = sorted(set(request.query_params) - {*known, "limit", "offset"})
    if unknown:
        raise serializers.ValidationError({name: ["There is no such filter."] for name in unknown})


def _read(text: str, *, whole: bool) -> datetime:
    if len(text) == len("2026-03-01"):
        return datetime.combine(date.fromisoformat(text), time(), UTC) + (DAY if whole else NO_TIME)
    found: datetime = serializers.DateTimeField(default_timezone=UTC).to_internal_value(text)
    return found.astimezone(UTC)
