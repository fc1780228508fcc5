"""Which addresses are rendered ahead: of all that is public, of one thing, and of months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from statuspage import addresses, render, render_around
from statuspage.face import Face
from statuspage.incident_view import IncidentView
from statuspage.service_view import ServiceView
from statuspage.shelf import YEAR
from statuspage.snapshot import Snapshot
from statuspage.touched import Touched
from statuspage.v2 import addresses as v2
from statuspage.window_view import WindowView


def everything(snapshot: Snapshot) -> set[str]:
    """Return all that is rendered ahead."""
    face = snapshot.face
    found = {
        *face.everywhere((addresses.PAGE, addresses.HISTORY, addresses.SEARCH)),
        *(addresses.RSS, addresses.ATOM, addresses.CALENDAR, addresses.BADGE),
        *(addresses.API, addresses.API_INCIDENTS, addresses.API_MAINTENANCE, YEAR),
        *v2.ALL,
        *render_around.ADDRESSES,
        *face.addresses,
    }
    found |= face.everywhere(of_months(render.kept_months(snapshot)))
    for service in snapshot.services.values():
        found |= of_service(service, face)
    for incident in snapshot.incidents.values():
        found |= of_incident(incident, face)
    for window in snapshot.windows.values():
        found |= of_window(window, face)
    return found


def of_hidden(touched: Touched, snapshot: Snapshot) -> set[str]:
    """Return where each touched thing that is not public would stand, whatever its address was: one address each."""
    found = {addresses.service_api(key) for key in touched.services - snapshot.services.keys()}
    found |= {addresses.incident_page(key) for key in touched.incidents - snapshot.incidents.keys()}
    return found | {addresses.window_page(key) for key in touched.windows - snapshot.windows.keys()}


def of_months(months: Iterable[date]) -> set[str]:
    """Return the addresses of months of history in the main language."""
    return set(map(addresses.history, months))


def of_service(service: ServiceView, face: Face) -> set[str]:
    """Return what is a service's own: pages, badge, JSON, feeds."""
    slug = service.slug
    return {
        *face.everywhere([addresses.service_page(slug)]),
        *(addresses.service_badge(slug), addresses.service_api(service.id)),
        *(addresses.feed(base, slug) for base in (addresses.RSS, addresses.ATOM, addresses.CALENDAR)),
    }


def of_incident(incident: IncidentView, face: Face) -> set[str]:
    """Return what is an incident's own: pages, JSON, and that of its postmortem once it is published."""
    found = face.everywhere([addresses.incident_page(incident.id)]) | {addresses.incident_api(incident.id)}
    return found | {addresses.postmortem_api(incident.id)} if incident.postmortem else found


def of_window(window: WindowView, face: Face) -> set[str]:
    """Return what is a window's own: pages and calendar."""
    return face.everywhere([addresses.window_page(window.id)]) | {addresses.window_calendar(window.id)}
