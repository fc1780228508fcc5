"""The front, put together: the published page from memory first, then Django, synchronous, in threads.

``docs/adr`` says why the front is ASGI and Django is not.
"""

from __future__ import annotations

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from config.life import FitForWsgi, Life
from config.request_id import request_id
from statuspage.edge import App, Edge
from statuspage.mirror import Mirror
from statuspage.shelf import Shelf
from statuspage.shelter import Shelter
from statuspage.watch import Watcher

# Below the size of the database pool, so that no request waits for a connection.
THREADS = 16

shelf = Shelf()
watcher = Watcher(shelf, Mirror(settings.VAR_DIR / "published"))
django = cast("App", WSGIMiddleware(cast("Any", WSGIHandler()), workers=THREADS))
hsts = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload".encode()
edge = Edge(
    Shelter(FitForWsgi(django), lambda: watcher.database_down, request_id),
    shelf,
    hosts=settings.ALLOWED_HOSTS,
    request_id=request_id,
    session_cookie=settings.SESSION_COOKIE_NAME,
    extra=[(b"strict-transport-security", hsts)] if settings.SECURE_HSTS_SECONDS else [],
)
application = Life(edge, watcher)
