"""Whether a contact way is somebody's: whoever opens the link sees a button, and the button says yes.

Mail programs and scanners follow links, so a GET does nothing.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events.errors import Gone
from oncall.links import way_of


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and note the answer. The token is what lets in: there is no session that could be abused."""
    way = way_of(token, timezone.now())
    if way is None:
        return _page("spent", status=410)
    if request.method != "POST":
        return _page("verified" if way.verified_at else "verify", way=way, token=token)
    try:
        way.verify(by=way.user.actor)
    except Gone:
        return _page("spent", status=410)
    return _page("verified", way=way)


def _page(template: str, *, status: int = 200, **context: object) -> HttpResponse:
    response = HttpResponse(render_to_string(f"oncall/links/{template}.html", context), status=status)
    response["Cache-Control"] = "no-store, private"
    return response
