"""One window as a file for a calendar."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from services.maintenance import calendar
from services.maintenance.lifecycle import Stage
from services.models import Maintenance


@require_safe
def window_file(_request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Answer with the window, private services and all: whoever reads this is signed in."""
    window = get_object_or_404(Maintenance, pk=pk)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    text = calendar.build(window.title, [_entry(window)], host=host)
    name = f'attachment; filename="maintenance-{window.pk}.ics"'
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": name})


def _entry(window: Maintenance) -> calendar.Entry:
    return calendar.Entry(
        id=window.id,
        title=window.title,
        description=window.description,
        services=sorted(window.services.values_list("name", flat=True)),
        url=settings.SITE_URL + reverse("maintenance:detail", args=[window.pk]),
        start=window.begins,
        end=window.ends,
        cancelled=window.stage is Stage.CANCELLED,
        sequence=window.sequence,
        created_at=window.created_at,
        updated_at=window.updated_at,
    )
