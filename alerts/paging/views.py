"""The page behind the link in a message: a GET shows a button, only a POST acts (mail scanners follow links)."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alerts.paging.acknowledging import Answer, Standing, acknowledge_by_link, look

_STATUS: Final = {Standing.EXPIRED: 410, Standing.DEMOTED: 403, Standing.BROKEN: 404}


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """Show how it stands, or acknowledge. The link is the permission, so no page elsewhere can make anybody act."""
    now = timezone.now()
    return _page(acknowledge_by_link(token, now) if request.method == "POST" else look(token, now))


def _page(answer: Answer) -> HttpResponse:
    zone = answer.user.timezone if answer.user else "UTC"
    context = {"answer": answer, "incident": answer.incident, "zone": zone}
    # Nobody is signed in here: the link says whose clock it is.
    with timezone.override(zone):
        html = render_to_string("alerts/paging/acknowledge.html", context)
    response = HttpResponse(html, status=_STATUS.get(answer.standing, 200))
    response["Cache-Control"] = "no-store, private"
    # Its address is a secret.
    response["Referrer-Policy"] = "no-referrer"
    return response
