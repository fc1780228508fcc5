"""What to render after a change, and which addresses are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from statuspage import addresses, ahead, older, render, render_face, render_services, render_windows, store
from statuspage.document import Document
from statuspage.incident_view import IncidentView
from statuspage.render import Fragments
from statuspage.snapshot import Snapshot, month_of, window_month
from statuspage.touched import Touched
from statuspage.window_view import WindowView

View = TypeVar("View")


@dataclass(slots=True)
class Plan:
    """The documents to render, by what they are of, and the addresses that answer no more."""

    overview: bool = False
    drop_in: bool = False
    lists: bool = False
    services: set[UUID] = field(default_factory=set)
    feeds: set[UUID] = field(default_factory=set)
    incidents: set[UUID] = field(default_factory=set)
    windows: set[UUID] = field(default_factory=set)
    months: Collection[date] = ()
    gone: set[str] = field(default_factory=set)
    face: bool = False

    def documents(self, snapshot: Snapshot, fragments: Fragments) -> Iterator[Document]:
        """Render, one after the other as they are taken."""
        if self.face:
            yield from render_face.files(snapshot.face)
        if self.overview:
            yield from render.overview(snapshot, fragments)
        if self.drop_in:
            yield from render.drop_in(snapshot, fragments)
        if self.lists:
            yield from render.lists(snapshot)
        if self.lists or self.months:
            yield from render.histories(snapshot, self.months)
        yield from render_services.pages(snapshot, self.services & snapshot.services.keys())
        for key in self.feeds & snapshot.services.keys():
            yield from render.service_feeds(snapshot, snapshot.services[key])
        for key in self.incidents & snapshot.incidents.keys():
            yield from render.of_incident(snapshot.incidents[key], snapshot.face)
        for key in self.windows & snapshot.windows.keys():
            yield from render_windows.of_window(snapshot.windows[key], snapshot.face)


def whole(snapshot: Snapshot, but: Plan | None = None) -> Plan:
    """Render everything; what stands beside it is gone. Of what is a service's own, only that of ``but`` if given."""
    everybody = set(snapshot.services)
    services, feeds = (but.services, but.feeds) if but else (everybody, everybody)
    months = render.kept_months(snapshot)
    plan = Plan(True, True, True, services, feeds, set(snapshot.incidents), set(snapshot.windows), months)
    plan.face = True
    plan.gone = (store.standing(ahead=True) - ahead.everything(snapshot)) | store.standing(ahead=False)
    return plan


def since(old: Snapshot | None, new: Snapshot, touched: Touched) -> Plan:
    """Render what was touched.

    Without ``old`` (this process has just started, or another one has published since) the store says what stands.
    """
    standing = store.standing(ahead=True) if old is None else set()
    if standing & ahead.of_hidden(touched, new):
        # It was shown, and on what else is not known here.
        return whole(new)
    plan = _of_touched(old, new, touched, standing)
    # What was rendered on demand names services and other months. Incidents that are too old for the snapshots, or
    # internal, are the exception: they are on nothing else.
    plan.gone |= store.standing(ahead=False) if plan.overview or plan.gone else older.outdated(touched)
    # When checks ran is on the page and in ``status`` alone.
    plan.drop_in = plan.overview
    plan.overview = plan.overview or (touched.checks and not (old and old.checks.shows_the_same(new.checks)))
    return plan


def _of_touched(old: Snapshot | None, new: Snapshot, touched: Touched, standing: Collection[str]) -> Plan:
    before = old or new
    keys = touched.services | _differing(before.services, new.services)
    services = [view for one in (before, new) for view in _of(one.services, keys)]
    incidents, windows = _incidents(old, new, touched), _windows(old, new, touched)
    plan = Plan(overview=bool(services or incidents or windows or touched.order), lists=bool(incidents or windows))
    named = {row.id for view in incidents for row in view.affected}
    named |= {row.id for view in windows for row in view.services}
    plan.services = keys | named
    plan.feeds = named | _renamed(old, new, plan.services)
    plan.incidents, plan.windows = {view.id for view in incidents}, {view.id for view in windows}
    told = {month_of(view) for view in incidents} | {window_month(view) for view in windows}
    plan.months = _months(old, new, told, standing)
    plan.gone = _gone(old, new, plan) if old else set(standing) - ahead.everything(new)
    return plan


def _months(old: Snapshot | None, new: Snapshot, told: set[date], standing: Collection[str]) -> set[date]:
    """Return the months of what was touched; all where history begins elsewhere, for each points to its neighbors."""
    kept = render.kept_months(new)
    if old is not None:
        return set(kept) if _first_month(old) != _first_month(new) else told & set(kept)
    if {path for path in standing if path.startswith(f"{addresses.HISTORY}?")} != ahead.of_months(kept):
        return set(kept)
    # Its link to what is not rendered ahead cannot be compared.
    return told & set(kept) | set(kept[:1])


def _first_month(snapshot: Snapshot) -> date | None:
    return snapshot.begun.replace(day=1) if snapshot.begun else None


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


def _gone(old: Snapshot, new: Snapshot, plan: Plan) -> set[str]:
    was: set[str] = set()
    stands: set[str] = set()
    for snapshot, found in ((old, was), (new, stands)):
        face = snapshot.face
        found |= face.everywhere(ahead.of_months(render.kept_months(snapshot)))
        for service in _of(snapshot.services, plan.services):
            found |= ahead.of_service(service, face)
        for incident in _of(snapshot.incidents, plan.incidents):
            found |= ahead.of_incident(incident, face)
        for window in _of(snapshot.windows, plan.windows):
            found |= ahead.of_window(window, face)
    return was - stands


def _differing(old: Mapping[UUID, object], new: Mapping[UUID, object]) -> set[UUID]:
    """Return the keys of ``new`` whose views are others in ``old``; most are the same object, which is quickly seen."""
    return {key for key, view in new.items() if old.get(key) is not view and old.get(key) != view}


def _of(views: dict[UUID, View], keys: Collection[UUID]) -> list[View]:
    return [views[key] for key in keys if key in views]
