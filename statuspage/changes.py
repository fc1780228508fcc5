"""What to render after a change, and which addresses are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from statuspage import addresses, older, render, render_services, render_windows, store
from statuspage.document import Document
from statuspage.incident_view import IncidentView
from statuspage.render import Fragments
from statuspage.service_view import ServiceView
from statuspage.shelf import YEAR
from statuspage.snapshot import Snapshot, month_of, window_month
from statuspage.touched import Touched
from statuspage.window_view import WindowView

View = TypeVar("View")


@dataclass(slots=True)
class Plan:
    """The documents to render, by what they are of, and the addresses that answer no more."""

    overview: bool = False
    lists: bool = False
    services: set[UUID] = field(default_factory=set)
    feeds: set[UUID] = field(default_factory=set)
    incidents: set[UUID] = field(default_factory=set)
    windows: set[UUID] = field(default_factory=set)
    months: Collection[date] = ()
    gone: set[str] = field(default_factory=set)

    def documents(self, snapshot: Snapshot, fragments: Fragments) -> Iterator[Document]:
        """Render, one after the other as they are taken."""
        if self.overview:
            yield from render.overview(snapshot, fragments)
        if self.lists:
            yield from render.lists(snapshot)
            yield from render.histories(snapshot, self.months)
        yield from render_services.pages(snapshot, self.services & snapshot.services.keys())
        for key in self.feeds & snapshot.services.keys():
            yield from render.service_feeds(snapshot, snapshot.services[key])
        for key in self.incidents & snapshot.incidents.keys():
            yield from render.of_incident(snapshot.incidents[key])
        for key in self.windows & snapshot.windows.keys():
            yield from render_windows.of_window(snapshot.windows[key])


def whole(snapshot: Snapshot, but: Plan | None = None) -> Plan:
    """Render everything; what stands beside it is gone. Of what is a service's own, only that of ``but`` if given."""
    everybody = set(snapshot.services)
    services, feeds = (but.services, but.feeds) if but else (everybody, everybody)
    months = render.kept_months(snapshot)
    plan = Plan(True, True, services, feeds, set(snapshot.incidents), set(snapshot.windows), months)
    plan.gone = (store.standing(ahead=True) - every_address(snapshot)) | store.standing(ahead=False)
    return plan


def since(old: Snapshot | None, new: Snapshot, touched: Touched) -> Plan:
    """Render what was touched. Without ``old`` (a process that has just started) the store says what is gone."""
    if old is None and touched.leads_out_of(new.services, new.incidents, new.windows):
        # Hidden now, or always: what it stood on before is not known here.
        plan = whole(new)
        plan.gone = store.standing(ahead=True) - every_address(new)
        shown = touched.order or touched.leads_into(new.services, new.incidents, new.windows)
    else:
        plan = _of_touched(old, new, touched)
        shown = plan.overview
    # What was rendered on demand names services and other months. Incidents that are too old for the snapshots, or
    # internal, are the exception: they are on nothing else.
    plan.gone |= store.standing(ahead=False) if shown or plan.gone else older.outdated(touched)
    return plan


def every_address(snapshot: Snapshot) -> set[str]:
    """Return all that is rendered ahead."""
    found = {
        *(addresses.PAGE, addresses.HISTORY, addresses.RSS, addresses.ATOM, addresses.CALENDAR, addresses.BADGE),
        *(addresses.API, addresses.API_INCIDENTS, addresses.API_MAINTENANCE, YEAR),
    }
    found |= {addresses.history(month) for month in render.kept_months(snapshot)}
    for service in snapshot.services.values():
        found |= _service_addresses(service)
    for incident in snapshot.incidents.values():
        found |= _incident_addresses(incident)
    for window in snapshot.windows.values():
        found |= _window_addresses(window)
    return found


def _of_touched(old: Snapshot | None, new: Snapshot, touched: Touched) -> Plan:
    before = old or new
    keys = touched.services | _differing(before.services, new.services)
    services = [view for one in (before, new) for view in _of(one.services, keys)]
    incidents, windows = _incidents(old, new, touched), _windows(old, new, touched)
    plan = Plan(overview=bool(services or incidents or windows or touched.order), lists=bool(incidents or windows))
    if not plan.overview:
        # When checks ran is on the page and in ``status`` alone.
        plan.overview = touched.checks and not (old and old.checks.shows_the_same(new.checks))
        return plan
    named = {row.id for view in incidents for row in view.affected}
    named |= {row.id for view in windows for row in view.services}
    plan.services = keys | named
    plan.feeds = named | _renamed(old, new, plan.services)
    plan.incidents, plan.windows = {view.id for view in incidents}, {view.id for view in windows}
    months = {month_of(view) for view in incidents} | {window_month(view) for view in windows}
    plan.months = months & set(render.kept_months(new))
    plan.gone = _gone(old, new, plan)
    return plan


def _incidents(old: Snapshot | None, new: Snapshot, touched: Touched) -> list[IncidentView]:
    """Return the touched incidents as they were and as they are, with those that name a service that changed."""
    keys = set(touched.incidents)
    if old is None:
        keys |= {one.id for one in new.incidents.values() if any(row.id in touched.services for row in one.affected)}
        return _of(new.incidents, keys)
    keys |= _differing(old.incidents, new.incidents) | _differing(new.incidents, old.incidents)
    return _of(old.incidents, keys) + _of(new.incidents, keys)


def _windows(old: Snapshot | None, new: Snapshot, touched: Touched) -> list[WindowView]:
    """Return the touched windows as they were and as they are, with those that name a service that changed."""
    keys = set(touched.windows)
    if old is None:
        keys |= {one.id for one in new.windows.values() if any(row.id in touched.services for row in one.services)}
        return _of(new.windows, keys)
    keys |= _differing(old.windows, new.windows) | _differing(new.windows, old.windows)
    return _of(old.windows, keys) + _of(new.windows, keys)


def _renamed(old: Snapshot | None, new: Snapshot, keys: Collection[UUID]) -> set[UUID]:
    """Return the services whose feeds carry another name or address now, the new ones among them."""
    was = {} if old is None else old.services
    names = {view.id: (view.name, view.slug) for view in _of(was, keys)}
    return {view.id for view in _of(new.services, keys) if names.get(view.id) != (view.name, view.slug)}


def _gone(old: Snapshot | None, new: Snapshot, plan: Plan) -> set[str]:
    if old is None:
        return store.standing(ahead=True) - every_address(new)
    was: set[str] = set()
    stands: set[str] = set()
    for snapshot, found in ((old, was), (new, stands)):
        for service in _of(snapshot.services, plan.services):
            found |= _service_addresses(service)
        for incident in _of(snapshot.incidents, plan.incidents):
            found |= _incident_addresses(incident)
        for window in _of(snapshot.windows, plan.windows):
            found |= _window_addresses(window)
    return was - stands


def _differing(old: Mapping[UUID, object], new: Mapping[UUID, object]) -> set[UUID]:
    """Return the keys of ``new`` whose views are others in ``old``; most are the same object, which is quickly seen."""
    return {key for key, view in new.items() if old.get(key) is not view and old.get(key) != view}


def _of(views: dict[UUID, View], keys: Collection[UUID]) -> list[View]:
    return [views[key] for key in keys if key in views]


def _service_addresses(service: ServiceView) -> set[str]:
    slug = service.slug
    return {
        *(addresses.service_page(slug), addresses.service_badge(slug), addresses.service_api(service.id)),
        *(addresses.feed(base, slug) for base in (addresses.RSS, addresses.ATOM, addresses.CALENDAR)),
    }


def _incident_addresses(incident: IncidentView) -> set[str]:
    return {addresses.incident_page(incident.id), addresses.incident_api(incident.id)}


def _window_addresses(window: WindowView) -> set[str]:
    return {addresses.window_page(window.id), addresses.window_calendar(window.id)}
