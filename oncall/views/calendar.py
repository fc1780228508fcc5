"""The calendar of a schedule, for whoever knows its address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from oncall import who
from oncall.calendar import build
from oncall.final import Shift
from oncall.links import calendar_url
from oncall.models import Schedule
from oncall.shown import named

BACK: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=120)


@login_not_required
@require_safe
def calendar(_request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the shifts of a month back and four ahead."""
    schedules = Schedule.objects.prefetch_related("editions")
    schedule = get_object_or_404(schedules, feed_token=token.removesuffix(".ics"))
    body = build(
        str(schedule),
        named(shown(schedule, timezone.now())),
        schedule=str(schedule.pk),
        host=str(urlsplit(settings.SITE_URL).hostname),
        url=calendar_url(schedule),
        written=schedule.updated_at,
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    # The address is a secret, and what it shows changes with an override.
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="on-call.ics"'
    return response


def shown(schedule: Schedule, now: datetime) -> list[Shift]:
    """Return the whole shifts that meet the time which a calendar shows."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = today - BACK, today + AHEAD
    return who.whole_shifts(schedule, start, end)
