"""How it went: all in all, and service by service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from incidents import attached
from incidents.analytics import reading, shown
from incidents.analytics.report import Report
from incidents.analytics.stretch import DEFAULT, LENGTHS, WORDS
from services.models import Service


@require_safe
def analytics(request: ConsoleRequest) -> HttpResponse:
    """Show the figures of everything, over the time that the address asks for."""
    word = _word(request)
    found, noisiest = reading.of_everything(word, timezone.now())
    more = {"noisiest": noisiest, "besides": attached.counted(found.now.stretch, found.before.stretch)}
    return render(request, "incidents/analytics.html", _context(found, word) | more)


@require_safe
def service_analytics(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show those of one service."""
    word, service = _word(request), get_object_or_404(Service, pk=pk)
    found, turns = reading.of_service(service, word, timezone.now())
    besides = attached.counted(found.now.stretch, found.before.stretch, service=service)
    more = {"service": service, "turns": turns, "besides": besides}
    return render(request, "incidents/service_analytics.html", _context(found, word) | more)


def _word(request: HttpRequest) -> str:
    asked = request.GET.get("period", "")
    return asked if asked in LENGTHS else DEFAULT


def _context(found: Report, word: str) -> dict[str, Any]:
    blocks = (found.now, found.before)
    return {
        "period": word,
        "periods": WORDS.items(),
        "stretch": found.now.stretch,
        "figures": shown.headline(found),
        "severities": shown.severities(found),
        "statuses": shown.statuses(found),
        "answers": shown.answers(found),
        "automatic": [block.incidents.automatic for block in blocks],
        "lengths": shown.lengths(found),
        "graphs": shown.graphs(found),
        "empty": not any(block.incidents.total or block.uptime.observed for block in blocks),
    }
