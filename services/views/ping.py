"""Where watched jobs tell how they run. Of cron there is nothing but ``curl``, so a GET tells as well as a POST."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from services import checks
from services.probes.push import Signal

TEXT = "text/plain; charset=utf-8"


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ping(_request: HttpRequest, token: str, signal: Signal) -> HttpResponse:
    """Take a signal. Who guesses learns nothing: what never was, is no more or waits for no job is answered alike."""
    if checks.receive(token, signal, timezone.now()):
        return HttpResponse("OK\n", TEXT)
    return HttpResponse("There is no such address.\n", TEXT, status=404)
