"""The uptime of a service or component as the API answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rest_framework import serializers

from services.api.stretches import IntervalSerializer
from services.figure import Weight
from services.models import Component, Service
from services.models.checked import Checked, checked, watched
from services.models.history import turns
from services.reckoning import SPANS, Reckoning, Span, reckon
from services.status import CHOICES
from services.uptime import LONGEST, Day, days, window

DEFAULT = "30,60,90"
MOST_DAYS = 365
MOST_WINDOWS = 10


class SumSerializer(serializers.Serializer[Any]):
    """What a window is made of. ``percent`` is null when nothing was observed; maintenance is not observed.

    ``partial_seconds`` are those in partial outages, of which ``downtime_seconds`` holds as much as counts. ``checks``
    are told beside: ``checks_ok`` of them were well, ``checks_percent``.
    """

    since = serializers.DateTimeField()
    percent = serializers.FloatField(allow_null=True)
    observed_seconds = serializers.FloatField()
    downtime_seconds = serializers.FloatField()
    partial_seconds = serializers.FloatField()
    maintenance_seconds = serializers.FloatField()
    no_data_seconds = serializers.FloatField()
    checks = serializers.IntegerField()
    checks_ok = serializers.IntegerField()
    checks_percent = serializers.FloatField(allow_null=True)


class WindowSerializer(SumSerializer):
    """What the last ``days`` days are made of."""

    days = serializers.IntegerField()


class DaySerializer(serializers.Serializer[Any]):
    """One UTC day: its worst status (null: no data) and its uptime."""

    date = serializers.DateField()
    status = serializers.ChoiceField(CHOICES, allow_null=True)
    percent = serializers.FloatField(allow_null=True)
    downtime_seconds = serializers.FloatField()


class UptimeSerializer(serializers.Serializer[Any]):
    """Uptime by window and by day. A window begins at midnight UTC and today is its last day.

    Time is counted until ``as_of``: the last whole minute while it is down, the last whole hour after downtime in the
    last 90 days, but never before the last change of status. The public page counts in the same way. ``component`` is
    null where the whole service is meant. ``intervals``, with ``?intervals=true``, are what the longest window is made
    of, oldest first.
    """

    service = serializers.UUIDField()
    component = serializers.UUIDField(allow_null=True)
    as_of = serializers.DateTimeField()
    uptime = serializers.DictField(child=serializers.FloatField(allow_null=True), help_text="`30_days`: percent.")
    last_24_hours = SumSerializer()
    windows = WindowSerializer(many=True)
    days = DaySerializer(many=True)
    partial_weight = serializers.FloatField(help_text="How much of a partial outage counts as downtime, 0 to 1.")
    intervals = IntervalSerializer(many=True, required=False)


def spans(text: str) -> list[int]:
    """Read ``30,60,90``; raises ``ValidationError`` with a sentence."""
    words = [word.strip() for word in text.split(",")]
    fine = len(words) <= MOST_WINDOWS and all(word.isascii() and word.isdigit() and len(word) <= 3 for word in words)
    numbers = [int(word) for word in words] if fine else []
    if not numbers or not all(1 <= number <= MOST_DAYS for number in numbers):
        raise serializers.ValidationError(
            {"days": [f"Give 1 to {MOST_WINDOWS} whole numbers from 1 to {MOST_DAYS}, with commas between them."]}
        )
    return sorted(set(numbers))


def flag(query: Mapping[str, str], name: str) -> bool:
    """Read ``true`` or ``false``, false where it is not given; raises ``ValidationError`` with a sentence."""
    word = query.get(name, "false").lower()
    if word not in ("true", "false"):
        raise serializers.ValidationError({name: ["Say true or false."]})
    return word == "true"


def reply(thing: Service | Component, query: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Answer a call with this query; raises ``ValidationError``."""
    lengths = spans(query.get("days", DEFAULT))
    return UptimeSerializer(answer(thing, lengths, now, intervals=flag(query, "intervals"))).data


def answer(
    thing: Service | Component, lengths: Sequence[int], now: datetime, *, intervals: bool = False
) -> dict[str, Any]:
    """Return the uptime of the last ``lengths`` days, and each day of the longest."""
    found = turns(thing, window(now, max(*lengths, LONGEST)))
    last_day = reckon(found, SPANS["24h"], now)
    made = {length: reckon(found, Span(str(length), f"{length} days", length), now) for length in lengths}
    until, longest = last_day.until, made[max(lengths)]
    starts = {str(length): one.since for length, one in made.items()}
    checks = checked(watched(thing), {"24h": last_day.since, **starts}, until)
    return {
        "service": thing.service_id if isinstance(thing, Component) else thing.pk,
        "component": thing.pk if isinstance(thing, Component) else None,
        "as_of": until,
        "uptime": {f"{length}_days": one.uptime.percent for length, one in made.items()},
        "last_24_hours": _sum(last_day, checks["24h"]),
        "windows": [{"days": length, **_sum(one, checks[str(length)])} for length, one in made.items()],
        "days": [_day(day) for day in days(longest.intervals, until, longest.span.days, last_day.stands)],
        "partial_weight": Weight.partial,
        **({"intervals": longest.rows} if intervals else {}),
    }


def _sum(made: Reckoning, checks: Checked) -> dict[str, Any]:
    return {
        "since": made.since,
        "percent": made.uptime.percent,
        "observed_seconds": made.uptime.observed.total_seconds(),
        "downtime_seconds": made.uptime.down.total_seconds(),
        "partial_seconds": made.uptime.partial.total_seconds(),
        "maintenance_seconds": made.uptime.maintenance.total_seconds(),
        "no_data_seconds": made.unknown.total_seconds(),
        "checks": checks.count,
        "checks_ok": checks.ok,
        "checks_percent": checks.percent,
    }


def _day(day: Day) -> dict[str, Any]:
    return {
        "date": day.date,
        "status": day.status,
        "percent": day.uptime.percent,
        "downtime_seconds": day.uptime.down.total_seconds(),
    }
