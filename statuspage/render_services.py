"""A service's own page, picture and JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from django.utils.safestring import SafeString

from services.figure import Weight, rule
from services.uptime import DAY, LONGEST, floor
from statuspage import addresses, badges, shapes
from statuspage.detail import Detail
from statuspage.document import JSON, SVG, Document, document
from statuspage.face import Face
from statuspage.html import html
from statuspage.html import pages as pages_of
from statuspage.read_details import details
from statuspage.service_view import ServiceView
from statuspage.snapshot import Snapshot
from statuspage.spells import Spell

# So many services are read and rendered in one go: all of them do not fit into memory twice.
PORTION = 200


def pages(snapshot: Snapshot, keys: Collection[UUID]) -> Iterator[Document]:
    """Yield what is each service's own, but for its feeds."""
    chosen = sorted(keys)
    for first in range(0, len(chosen), PORTION):
        portion = chosen[first : first + PORTION]
        found = details(snapshot.services, portion, snapshot.at)
        for key in portion:
            yield from _of(snapshot, snapshot.services[key], found.pop(key))


def _of(snapshot: Snapshot, service: ServiceView, detail: Callable[[], Detail]) -> Iterator[Document]:
    # From midnight: what drops out is to do so when everything is published anew.
    since = floor(snapshot.at, DAY) - timedelta(days=LONGEST)
    windows = snapshot.windows_of(service.id)

    def said(face: Face) -> dict[str, object]:
        found = detail()
        rows = [_spell(spell, face.speaks, face.timezone, Weight.partial) for spell in found.spells]
        return {"detail": found, "spells": rows, "rule": rule()}

    context = {
        "service": service,
        "incidents": [one for one in snapshot.of_service(service.id) if one.is_open or one.declared_at >= since],
        "ahead": [window for window in reversed(windows) if not window.is_over],
        "past_windows": [window for window in windows if window.took_place and window.over_at >= since],
    }
    yield from pages_of(addresses.service_page(service.slug), "service", snapshot.face, said, **context)
    yield document(addresses.service_badge(service.slug), SVG, badges.badge(service.name, service.mark))
    yield document(addresses.service_api(service.id), JSON, shapes.service(service, snapshot.group_name(service)))


@lru_cache(maxsize=4_000)
def _spell(spell: Spell, speaks: str, timezone: str, _weight: float) -> SafeString:
    """Render a row of the list; after the next event all but the newest are the same. The weight is in its words."""
    return html("_spell", Face(speaks=speaks, timezone=timezone), spell=spell)
