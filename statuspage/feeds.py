"""RSS and Atom: one item a public update, newest first. The same items give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext

from statuspage import addresses
from statuspage.face import Face
from statuspage.feed_items import Item

ITEMS = 50
# What an empty feed says instead of the time of day, which would make it another feed each time.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class Rss(Rss201rev2Feed):
    """RSS 2.0 whose date follows from its items."""

    def latest_post_date(self) -> datetime:
        """Return when the newest item was written."""
        return _latest(self)


class Atom(Atom1Feed):
    """Atom 1.0 whose date follows from its items."""

    def latest_post_date(self) -> datetime:
        """Return when the newest item was written."""
        return _latest(self)


def feed(base: str, site: str, items: Iterable[Item], face: Face, *, slug: str = "", name: str = "") -> bytes:
    """Return the feed at ``base`` (RSS or Atom), of one service if ``slug`` is given."""
    kind = Atom if base == addresses.ATOM else Rss
    made = kind(
        title=f"{name} · {face.name}" if name else face.name,
        link=site + (addresses.service_page(slug) if slug else addresses.PAGE),
        description=gettext("Incidents and maintenance of %(service)s") % {"service": name}
        if name
        else gettext("Incidents and maintenance"),
        feed_url=site + (addresses.feed(base, slug) if slug else base),
        language=face.speaks,
    )
    for item in _newest(items):
        made.add_item(**_written(item, site))
    stream = BytesIO()
    made.write(stream, "utf-8")
    return stream.getvalue()


def _newest(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.at, reverse=True)[:ITEMS]


def _written(item: Item, site: str) -> dict[str, Any]:
    html = render_to_string(f"statuspage/{item.template}.html", {"of": item.of, "update": item.update})
    return {
        "title": f"[{item.said}] {item.of.title}",
        "link": site + item.address,
        "description": html.strip() or item.of.title,
        "unique_id": f"urn:uuid:{item.id}",
        "unique_id_is_permalink": False,
        "pubdate": item.at,
        "updateddate": item.at,
        "categories": list(item.services),
    }


def _latest(made: SyndicationFeed) -> datetime:
    return max((item["updateddate"] for item in made.items), default=BEGINNING)
