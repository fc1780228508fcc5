"""Maintenance windows as pages, as JSON and as calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext

from services.maintenance.calendar import Entry, build
from services.maintenance.lifecycle import Stage
from services.uptime import DAY, floor
from statuspage import addresses, shapes
from statuspage.document import ICS, JSON, Document, document
from statuspage.face import Face
from statuspage.html import pages
from statuspage.snapshot import Snapshot
from statuspage.window_view import WindowView, soonest_first

# Calendars and JSON hold what is to come, and so much of the past.
KEPT = timedelta(days=90)


def of_window(window: WindowView, face: Face) -> Iterator[Document]:
    """Yield what is a window's own."""
    yield from pages(addresses.window_page(window.id), "maintenance", face, window=window)
    yield _calendar(addresses.window_calendar(window.id), window.title, [window])


def lists(snapshot: Snapshot) -> Iterator[Document]:
    """Yield what every change of a window shows on, but for pages and feeds."""
    kept = _kept(snapshot, snapshot.windows.values())
    rows = [shapes.window(window) for window in kept if window.stage is not Stage.CANCELLED]
    yield document(addresses.API_MAINTENANCE, JSON, shapes.dump({"maintenance_windows": rows}))
    yield _calendar(addresses.CALENDAR, f"{gettext('Maintenance')} · {snapshot.face.name}", kept, addresses.CALENDAR)


def service_calendar(snapshot: Snapshot, windows: Iterable[WindowView], slug: str, name: str) -> Document:
    """Return the calendar of one service."""
    address = addresses.feed(addresses.CALENDAR, slug)
    heading = f"{gettext('Maintenance of %(service)s') % {'service': name}} · {snapshot.face.name}"
    return _calendar(address, heading, _kept(snapshot, windows), address)


def _kept(snapshot: Snapshot, windows: Iterable[WindowView]) -> list[WindowView]:
    # From midnight: what drops out is to do so when everything is published anew.
    since = floor(snapshot.at, DAY) - KEPT
    return soonest_first(window for window in windows if max(window.end, window.over_at) >= since)


def _calendar(address: str, name: str, windows: Iterable[WindowView], subscribed: str = "") -> Document:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    url = settings.SITE_URL + subscribed if subscribed else ""
    return document(address, ICS, build(name, map(_entry, windows), host=host, url=url))


def _entry(window: WindowView) -> Entry:
    return Entry(
        id=window.id,
        title=window.title,
        description=window.description,
        services=[service.name for service in window.services],
        url=settings.SITE_URL + addresses.window_page(window.id),
        start=window.begun_at,
        end=window.end if window.stage is Stage.CANCELLED else window.over_at,
        cancelled=window.stage is Stage.CANCELLED,
        sequence=window.sequence,
        created_at=window.created_at,
        updated_at=window.moved_at,
    )
