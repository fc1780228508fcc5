"""What is not rendered ahead: incidents, maintenance and months of more than a year ago."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from incidents.models import Incident, Postmortem
from services.models import Maintenance
from statuspage import addresses, face, read, read_windows, render, render_windows, snapshot, store
from statuspage.document import Document
from statuspage.face import Face
from statuspage.page import MonthView
from statuspage.snapshot import following
from statuspage.touched import Touched

View = TypeVar("View")
# Not \d: that takes the digits of every script, and each spelling would be an address of its own.
_INCIDENT = re.compile(rf"(?:{addresses.PAGE}|{addresses.API})/incidents/([0-9a-f-]{{36}})")
_POSTMORTEM = re.compile(rf"{addresses.API_INCIDENTS}/([0-9a-f-]{{36}})/postmortem")
_WINDOW = re.compile(rf"{addresses.PAGE}/maintenance/([0-9a-f-]{{36}})(?:/calendar\.ics)?")
_MONTH = re.compile(rf"{re.escape(addresses.HISTORY)}\?month=([0-9]{{4}})-([0-9]{{2}})")


@dataclass(frozen=True, slots=True)
class Found:
    """Something public at an address. The publisher renders ahead what is not ``old``, or is about to."""

    old: bool
    documents: Callable[[], list[Document]]


def find(address: str, now: datetime) -> Found | None:
    """Return what is at a canonical address; ``None`` for what is private, missing or of another sort.

    Its documents are those of every language that is offered.
    """
    code, plain = addresses.plain(address)
    if code and (plain.endswith(".ics") or face.read().within(code) is None):
        return None
    return _find(plain, now)


def _find(address: str, now: datetime) -> Found | None:
    if match := _INCIDENT.fullmatch(address):
        return _incident(match[1], now)
    if match := _POSTMORTEM.fullmatch(address):
        return _incident(match[1], now, postmortem__in=Postmortem.objects.visible())
    if match := _WINDOW.fullmatch(address):
        return _window(match[1], now)
    if match := _MONTH.fullmatch(address):
        return _month(address, int(match[1]), int(match[2]), now)
    return None


def outdated(touched: Touched) -> set[str]:
    """Return the addresses that were rendered on demand and would answer otherwise, now that these things changed.

    It compares bytes: what is private may change without a trace.
    """
    if not touched.incidents and not touched.windows:
        return set()
    now = timezone.now()
    own = (addresses.incident_page, addresses.incident_api, addresses.postmortem_api)
    of_incidents = ([address(key) for address in own] for key in touched.incidents)
    of_windows = ((addresses.window_page(key), addresses.window_calendar(key)) for key in touched.windows)
    languages = face.read().offered[1:]
    named = (address for pair in (*of_incidents, *of_windows) for address in pair)
    standing = store.on_demand(addresses.everywhere(named, languages))
    if _are_old(touched, _first_ahead(now)):
        # Any of them: history may begin on another day now, and months point to their neighbors.
        for history in addresses.everywhere([addresses.HISTORY], languages):
            standing |= store.on_demand(under=history)
    return {path for path, etag in standing.items() if _etag(path, now) != etag}


def _are_old(touched: Touched, first: datetime) -> bool:
    incidents = Incident.objects.filter(id__in=touched.incidents, created_at__lt=first)
    windows = Maintenance.objects.filter(id__in=touched.windows, started_at__lt=first)
    return incidents.exists() or windows.exists()


def _etag(path: str, now: datetime) -> str | None:
    found = find(path, now)
    document = pick(path, found.documents()) if found else None
    return document.etag if document else None


def pick(address: str, documents: Iterable[Document]) -> Document | None:
    """Return the document of this address."""
    return next((document for document in documents if document.path == address), None)


def _incident(text: str, now: datetime, **also: object) -> Found | None:
    try:
        chosen = Incident.objects.visible().filter(id=UUID(text), **also)
    except ValueError:
        return None
    row = chosen.values_list("created_at", "resolved_at").first()
    if row is None:
        return None
    declared_at, resolved_at = row
    old = resolved_at is not None and declared_at < now - read.AHEAD
    views = read.build_incidents
    return Found(old, lambda: _documents(views(chosen).values(), render.of_incident))


def _window(text: str, now: datetime) -> Found | None:
    try:
        chosen = Maintenance.objects.visible().filter(id=UUID(text))
    except ValueError:
        return None
    row = chosen.values_list("ended_at").first()
    if row is None:
        return None
    old = row[0] is not None and row[0] < now - read.AHEAD
    views = read_windows.build
    return Found(old, lambda: _documents(views(chosen).values(), render_windows.of_window))


def _documents(views: Iterable[View], of: Callable[[View, Face], Iterable[Document]]) -> list[Document]:
    whose = face.read()
    return [one for view in views for one in of(view, whose)]


def _month(address: str, year: int, number: int, now: datetime) -> Found | None:
    try:
        month = date(year, number, 1)
    except ValueError:
        return None
    begun, today = snapshot.begun(), now.astimezone(UTC).date()
    if begun is None or not begun.replace(day=1) <= month <= today:
        return None
    old = month < _first_ahead(now).date()
    return Found(old, lambda: list(render.history(address, _read_month(month, begun, today), face.read())))


def _read_month(month: date, begun: date, today: date) -> MonthView:
    return render.month_view(month, read.month(month), read_windows.month(month), begun, today)


def _first_ahead(now: datetime) -> datetime:
    """Return when the first month begins that is rendered ahead."""
    first = following((now - read.AHEAD).astimezone(UTC).date().replace(day=1))
    return datetime(first.year, first.month, 1, tzinfo=UTC)
