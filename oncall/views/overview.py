"""Who is on call now, who comes next, and what the next days lack."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from oncall import ahead
from oncall.outlook import mine, outlooks


@require_safe
def overview(request: ConsoleRequest) -> HttpResponse:
    """Show every schedule, those of teams first."""
    now = timezone.now()
    context = {
        "rows": outlooks(now),
        "warnings": ahead.warnings(now),
        "mine": mine(request.user, now),
        "now": now,
    }
    return render(request, "oncall/overview.html", context)
