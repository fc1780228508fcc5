"""What search engines are told: which addresses are for them, and which pages there are. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from xml.sax.saxutils import escape

from statuspage import addresses, read
from statuspage.snapshot import Snapshot
from statuspage.window_view import latest_first

# As many as a sitemap may hold; the newest incidents and windows come first.
MOST = 50_000


def robots(site: str, languages: Sequence[str] = ()) -> bytes:
    """Return ``robots.txt``: the public page and what it is drawn with, and nothing else."""
    allowed = ("/$", f"{addresses.PAGE}", "/static/")
    every = ("", *(f"/{code}" for code in languages))
    own = ("search?", "subscribe", "subscriptions/")
    kept_out = (*(f"/status{language}/{path}" for language in every for path in own), "/status/push/", "/")
    lines = ["User-agent: *", *(f"Allow: {path}" for path in allowed), *(f"Disallow: {path}" for path in kept_out)]
    return "\n".join([*lines, "", f"Sitemap: {site}{addresses.SITEMAP}", ""]).encode()


def sitemap(snapshot: Snapshot, site: str) -> bytes:
    """Return the sitemap; whoever sees it sees no more than the page shows."""
    rows = "".join(
        f"<url><loc>{escape(site + path)}</loc>{when}</url>\n" for path, when in islice(_spoken(snapshot), MOST)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()


def _spoken(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield each page in each language."""
    codes = ["", *snapshot.face.offered[1:]]
    return ((addresses.within(path, code), when) for path, when in _pages(snapshot) for code in codes)


def _pages(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    yield addresses.PAGE, ""
    yield addresses.HISTORY, ""
    for slug in sorted(service.slug for service in snapshot.services.values()):
        yield addresses.service_page(slug), ""
    for incident in read.newest_first(snapshot.incidents.values()):
        yield addresses.incident_page(incident.id), _moved(incident.moved_at)
    for window in latest_first(snapshot.windows.values()):
        yield addresses.window_page(window.id), _moved(window.moved_at)


def _moved(at: datetime) -> str:
    return f"<lastmod>{at:%Y-%m-%dT%H:%M:%S}Z</lastmod>"
