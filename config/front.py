"""The front, put together: the published page from memory first, then live streams, then Django, in threads.

``docs/adr`` says why the front is ASGI and Django is not.
"""

from __future__ import annotations

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from alerts.wire.away import unavailable
from config.life import FitForWsgi, Life
from config.request_id import request_id
from config.streams import address_of, answer, enter, places, serves
from config.unread import Unread
from events.streams.app import Streams
from events.streams.outside import Outside
from statuspage import errors, sight
from statuspage.edge import App, Edge
from statuspage.mirror import Mirror
from statuspage.shelf import Shelf
from statuspage.shelter import Shelter
from statuspage.site.opening import site
from statuspage.watch import Watcher

# Below the size of the database pool, so that no request waits for a connection.
THREADS = 16


def hsts() -> list[tuple[bytes, bytes]]:
    """Return the header as Django's own middleware writes it; none where the settings ask for none."""
    if not settings.SECURE_HSTS_SECONDS:
        return []
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    parts += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
    return [(b"strict-transport-security", "; ".join(parts).encode())]


shelf = Shelf()
copies = [site(settings.PUBLISH_TO)] if settings.PUBLISH_TO else []
watcher = Watcher(shelf, Mirror(settings.VAR_DIR / "published", errors.pages), copies)
django = cast("App", WSGIMiddleware(cast("Any", WSGIHandler()), workers=THREADS))
extra = hsts()
outside = Outside(
    look=sight.look,
    enter=enter,
    answer=answer,
    serves=serves,
    address_of=address_of,
    request_id=request_id,
    down=lambda: watcher.database_down,
    extra=extra,
)
shelter = Shelter(FitForWsgi(django), lambda: watcher.database_down, request_id, unavailable)
streams = Streams(shelter, outside, places(), redis=settings.REDIS_URL)
edge = Edge(
    Unread(streams),
    shelf,
    hosts=settings.ALLOWED_HOSTS,
    request_id=request_id,
    session_cookie=settings.SESSION_COOKIE_NAME,
    extra=extra,
)
application = Life(edge, watcher, streams.close)
