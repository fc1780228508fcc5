"""What stands around the page, for other sites and for machines that pass by: each follows from its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from django.conf import settings
from django.utils import translation

from branding.languages import DEFAULT
from statuspage import addresses, crawlers, picture, searching, widget
from statuspage.document import JS, JSON, PNG, TEXT, XML, Document, document
from statuspage.face import Face
from statuspage.html import pages
from statuspage.page import PageState
from statuspage.snapshot import Snapshot

ADDRESSES: Final = frozenset(
    {
        addresses.WIDGET,
        addresses.WIDGET_STATE,
        addresses.OG_PICTURE,
        addresses.ROBOTS,
        addresses.SITEMAP,
    }
)


def of_state(snapshot: Snapshot, state: PageState) -> Iterator[Document]:
    """Yield what every change of a service or incident may show on."""
    name, site = snapshot.face.name, settings.SITE_URL
    yield document(addresses.WIDGET_STATE, JSON, widget.state(state, name))
    yield document(addresses.OG_PICTURE, PNG, picture.picture(name, _in_english(state), state.mark, site))
    yield _sitemap(crawlers.sitemap(snapshot, site))
    yield from _constant(site, snapshot.face.offered[1:])


def of_the_past(snapshot: Snapshot) -> Iterator[Document]:
    """Yield what every change of an incident or window shows on: the list that is searched."""

    def said(face: Face) -> dict[str, object]:
        return {"rows": searching.rows(snapshot.incidents.values(), snapshot.windows.values(), face.base)}

    return pages(addresses.SEARCH, "search", snapshot.face, said)


def _in_english(state: PageState) -> str:
    """Return the overall state for a font that knows no other letters."""
    with translation.override(DEFAULT):
        return state.headline


@lru_cache(maxsize=1)
def _sitemap(body: bytes) -> Document:
    """Pressed only when a page came or went: of 10,000 services it is long."""
    return document(addresses.SITEMAP, XML, body)


@cache
def _constant(site: str, languages: Sequence[str]) -> tuple[Document, ...]:
    """Pressed once: they change with the release and with what is set."""
    return (
        document(addresses.WIDGET, JS, widget.script()),
        document(addresses.ROBOTS, TEXT, crawlers.robots(site, languages)),
    )
