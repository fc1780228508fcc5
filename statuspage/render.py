"""From the snapshot to documents: which addresses there are, and what each answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date
from uuid import UUID

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from services.figure import rule
from statuspage import addresses, badges, feed_items, feeds, render_around, render_windows, shapes
from statuspage.document import ATOM, JSON, RSS, SVG, Document, document
from statuspage.face import Face
from statuspage.html import html, pages
from statuspage.incident_view import IncidentView
from statuspage.page import MonthView
from statuspage.read import AHEAD, newest_first
from statuspage.service_view import ServiceView
from statuspage.shelf import YEAR, within
from statuspage.snapshot import Snapshot, following, months, previous
from statuspage.v2.documents import Lines, documents
from statuspage.v2.shapes import Page
from statuspage.window_view import WindowView, latest_first

DEFAULT_DAYS = 90


@dataclass(slots=True)
class Fragments:
    """The pieces of each service that the page and ``status`` are joined from, made again when it changes."""

    pieces: dict[tuple[str, UUID], tuple[ServiceView, str, list[WindowView], SafeString, str]] = field(
        default_factory=dict
    )
    components: Lines = field(default_factory=Lines)
    face: Face | None = None

    def wear(self, face: Face) -> None:
        """Forget what was made with another face."""
        if self.face != face:
            self.face = face
            self.pieces.clear()

    def of(self, service: ServiceView, group: str, under_way: list[WindowView], face: Face) -> tuple[SafeString, str]:
        """Return the service's row of the page and its object in ``status``, which the last check has yet to end."""
        key = face.speaks, service.id
        kept = self.pieces.get(key)
        if kept is None or kept[0] != service or kept[1:3] != (group, under_way):
            row = html("_service", face, service=service, under_way=under_way)
            line = shapes.dump(shapes.service_line(service, group)).decode()[:-1]
            kept = self.pieces[key] = service, group, under_way, row, line
        return kept[3], kept[4]


def overview(snapshot: Snapshot, fragments: Fragments) -> Iterator[Document]:
    """Yield what every change of a service or incident shows on: the page, ``status``, the badge."""
    state = snapshot.page()
    under_way = _by_service(state.under_way)
    face = snapshot.face
    fragments.wear(face)
    lines: list[str] = []

    def said(each: Face) -> dict[str, object]:
        groups = []
        for group in state.groups:
            pieces = [fragments.of(one, group.name, under_way.get(one.id, []), each) for one in group.services]
            groups.append({"group": group, "html": mark_safe("\n".join(row for row, _ in pieces))})  # noqa: S308
            if each is face:
                last = (snapshot.checks.last_checked(service.id) for service in group.services)
                lines.extend(shapes.checked(line, at) for (_, line), at in zip(pieces, last, strict=True))
        return {"groups": groups, "rule": rule()}

    yield from pages(addresses.PAGE, "page", face, said, page=state)
    yield document(addresses.API, JSON, shapes.status(state, lines, drop_in_page(face)))
    yield document(addresses.BADGE, SVG, badges.badge(gettext("status"), state.mark))
    yield from render_around.of_state(snapshot, state)


def drop_in(snapshot: Snapshot, fragments: Fragments) -> Iterator[Document]:
    """Yield what clients made for Atlassian Statuspage read."""
    return documents(snapshot, drop_in_page(snapshot.face), fragments.components)


def drop_in_page(face: Face) -> Page:
    """Return whose page it is."""
    return Page(settings.SITE_URL, face.name, face.timezone)


def service_feeds(snapshot: Snapshot, service: ServiceView) -> Iterator[Document]:
    """Yield a service's feeds and its calendar."""
    incidents, windows = snapshot.of_service(service.id), snapshot.windows_of(service.id)
    yield from _feeds(snapshot.face, incidents, windows, slug=service.slug, name=service.name)
    yield render_windows.service_calendar(snapshot, windows, service.slug, service.name)


def of_incident(incident: IncidentView, face: Face) -> Iterator[Document]:
    """Yield what is an incident's own."""
    yield from pages(addresses.incident_page(incident.id), "incident", face, incident=incident)
    yield document(addresses.incident_api(incident.id), JSON, shapes.incident(incident))
    if incident.postmortem:
        yield document(addresses.postmortem_api(incident.id), JSON, shapes.postmortem(incident, incident.postmortem))


def lists(snapshot: Snapshot) -> Iterator[Document]:
    """Yield what every change of an incident or window shows on: the lists, feeds and calendar."""
    incidents = newest_first(snapshot.incidents.values())
    year = document(YEAR, JSON, shapes.incidents(incidents, 365))
    quarter = within(year, DEFAULT_DAYS, snapshot.at.astimezone(UTC).date())
    yield year
    yield document(addresses.API_INCIDENTS, JSON, quarter.body)
    yield from render_around.of_the_past(snapshot)
    yield from render_windows.lists(snapshot)
    yield from _feeds(snapshot.face, incidents, latest_first(snapshot.windows.values()))


def histories(snapshot: Snapshot, only: Iterable[date] | None = None) -> Iterator[Document]:
    """Yield the history of the months (all of the last year, unless ``only`` some); the newest has two addresses."""
    today = snapshot.at.astimezone(UTC).date()
    for month in kept_months(snapshot) if only is None else only:
        yield from _kept_month(snapshot, addresses.history(month), month, today)
    yield from _kept_month(snapshot, addresses.HISTORY, today.replace(day=1), today)


def kept_months(snapshot: Snapshot) -> list[date]:
    """Return the months whose every incident is in the snapshot and that history reaches back to."""
    today = snapshot.at.astimezone(UTC).date()
    first = following((snapshot.at - AHEAD).date().replace(day=1))
    return list(months(max(first, snapshot.begun or today), today))


def history(address: str, month: MonthView, face: Face) -> Iterator[Document]:
    """Yield the page of a month."""
    return pages(address, "history", face, month=month)


def month_view(
    month: date, incidents: Iterable[IncidentView], windows: Iterable[WindowView], begun: date | None, today: date
) -> MonthView:
    """Return a month with its neighbours, as far as history goes."""
    after, before = following(month), previous(month)
    return MonthView(
        first=month,
        incidents=tuple(incidents),
        windows=tuple(windows),
        previous=before if begun and before >= begun.replace(day=1) else None,
        following=after if after <= today else None,
    )


def _kept_month(snapshot: Snapshot, address: str, month: date, today: date) -> Iterator[Document]:
    incidents, windows = snapshot.of_month(month), snapshot.past_windows(month)
    return history(address, month_view(month, incidents, windows, snapshot.begun, today), snapshot.face)


def _by_service(windows: Iterable[WindowView]) -> dict[UUID, list[WindowView]]:
    found: dict[UUID, list[WindowView]] = {}
    for window in windows:
        for service in window.services:
            found.setdefault(service.id, []).append(window)
    return found


def _feeds(
    face: Face, incidents: Iterable[IncidentView], windows: Iterable[WindowView], *, slug: str = "", name: str = ""
) -> Iterator[Document]:
    entries = [*feed_items.of_incidents(incidents), *feed_items.of_windows(windows)]
    for base, content_type in ((addresses.RSS, RSS), (addresses.ATOM, ATOM)):
        address = addresses.feed(base, slug) if slug else base
        made = feeds.feed(base, settings.SITE_URL, entries, face, slug=slug, name=name)
        yield document(address, content_type, made)
