"""What the edge is measured against, under the same server: a bare ASGI application, and a view that reads rows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from a2wsgi import WSGIMiddleware  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.decorators import login_not_required  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

from statuspage import render, snapshot  # noqa: E402

_BODY = (Path(settings.VAR_DIR) / "published/www/status.html.gz").read_bytes()
_HEADERS = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-encoding", b"gzip"),
    (b"content-length", str(len(_BODY)).encode()),
]


async def bare(scope: dict[str, Any], _receive: Any, send: Any) -> None:
    """Answer the same gzip bytes to everything."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": _BODY})


@login_not_required
def status(_request: HttpRequest) -> HttpResponse:
    """Render the page from rows, as a plain Django site does."""
    page = next(render.overview(snapshot.take(timezone.now()), render.Fragments()))
    return HttpResponse(page.body, content_type=page.content_type)


urlpatterns = [path("status", status)]
settings.ROOT_URLCONF = __name__
view = WSGIMiddleware(WSGIHandler(), workers=16)  # type: ignore[arg-type]
