"""All that the public may see, as views; kept by the publisher between two events and renewed where the log says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

from services.status import Status, worst
from statuspage import face, headline, read, read_checks, read_windows
from statuspage.by_service import ByService
from statuspage.checks import Checks
from statuspage.face import Face
from statuspage.incident_view import IncidentView, worst_first
from statuspage.page import GroupView, PageState, planned, recent
from statuspage.read import Heading
from statuspage.service_view import ServiceView
from statuspage.touched import Touched
from statuspage.window_view import WindowView, latest_first

View = TypeVar("View")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The views by id, as of ``at``."""

    at: datetime
    headings: list[Heading]
    services: dict[UUID, ServiceView]
    incidents: dict[UUID, IncidentView]
    windows: dict[UUID, WindowView]
    checks: Checks
    begun: date | None
    face: Face
    _by_service: ByService = field(default_factory=ByService, init=False, repr=False, compare=False)

    def group_name(self, service: ServiceView) -> str:
        """Return the name of the service's group, empty if it has none."""
        return next((heading.name for heading in self.headings if heading.id == service.group_id), "")

    def of_service(self, key: UUID) -> list[IncidentView]:
        """Return the incidents that affected a service, newest first."""
        return self._by_service.incidents(self.incidents).get(key, [])

    def windows_of(self, key: UUID) -> list[WindowView]:
        """Return the windows that name a service, latest first."""
        return self._by_service.windows(self.windows).get(key, [])

    def under_way(self) -> list[WindowView]:
        """Return the windows that are under way, in the order in which they are to end."""
        return sorted((one for one in self.windows.values() if one.is_under_way), key=lambda one: (one.end, one.id))

    def past_windows(self, first: date) -> list[WindowView]:
        """Return the windows that began in a month and are over, latest first."""
        return latest_first(one for one in self.windows.values() if one.took_place and window_month(one) == first)

    def of_month(self, first: date) -> list[IncidentView]:
        """Return the incidents declared in a month, newest first."""
        return read.newest_first(one for one in self.incidents.values() if month_of(one) == first)

    def groups(self) -> tuple[GroupView, ...]:
        """Return the groups in order, the services without one last."""
        members: dict[UUID | None, list[ServiceView]] = {heading.id: [] for heading in self.headings}
        for service in self.services.values():
            # A group that came to be since the headings were read has its own event, and is read again with that.
            members.setdefault(service.group_id if service.group_id in members else None, []).append(service)
        names = {heading.id: heading.name for heading in self.headings}
        return tuple(
            GroupView(key, names.get(key, "") if key else "", tuple(sorted(found, key=_place)))
            for key, found in sorted(members.items(), key=lambda item: item[0] is None)
            if found
        )

    def page(self) -> PageState:
        """Return the whole page."""
        groups = self.groups()
        services = [service for group in groups for service in group.services]
        incidents = read.newest_first(self.incidents.values())
        return PageState(
            status=worst(service.status for service in services) if services else Status.OPERATIONAL,
            mark=headline.mark(services),
            overall=headline.overall(services),
            open_incidents=tuple(worst_first(incident for incident in incidents if incident.is_open)),
            groups=groups,
            under_way=tuple(self.under_way()),
            planned=planned(self.windows.values(), self.at.astimezone(UTC).date()),
            recent=recent(incidents, self.at.astimezone(UTC).date()),
            updated_at=self.moved_at(),
            freshness=self.checks.freshness,
        )

    def moved_at(self) -> datetime | None:
        """Return when anything shown last changed; ``None`` when nothing is shown."""
        moved = [service.moved_at for service in self.services.values()]
        moved += [incident.moved_at for incident in self.incidents.values()]
        moved += [window.moved_at for window in self.windows.values()]
        return max(moved, default=None)


def take(now: datetime) -> Snapshot:
    """Read everything."""
    return Snapshot(
        now,
        read.headings(),
        read.services(now),
        read.incidents(now),
        read_windows.windows(read.kept_windows(now)),
        Checks(now, read_checks.checks()),
        begun(),
        face.read(),
    )


def renew(old: Snapshot, touched: Touched, now: datetime) -> Snapshot:
    """Read what was touched, and the incidents and windows that name a touched service."""
    incidents = touched.incidents | (read.affecting(touched.services, now) if touched.services else set())
    services = dict(old.services)
    if touched.services:
        _replace(services, touched.services, read.services(now, touched.services))
    views = dict(old.incidents)
    if incidents:
        _replace(views, incidents, read.incidents(now, incidents))
    windows = _renewed_windows(old, touched, now)
    # Windows that name private services alone count no more.
    hidden = services.keys() != old.services.keys()
    first = begun() if incidents or windows is not old.windows or hidden else old.begun
    checks = _renewed_checks(old, touched, services, now)
    # The brand stays: where it changed all is taken anew.
    return Snapshot(now, read.headings(), services, views, windows, checks, first, old.face)


def begun() -> date | None:
    """Return the day on which history begins."""
    return min((day for day in (read.begun(), read_windows.begun()) if day), default=None)


def months(first: date, last: date) -> Iterable[date]:
    """Yield the first days of the months from ``first`` to ``last``."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = following(month)


def following(month: date) -> date:
    """Return the first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def previous(month: date) -> date:
    """Return the first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def month_of(incident: IncidentView) -> date:
    """Return the first day of the month in which an incident was declared."""
    return incident.declared_at.astimezone(UTC).date().replace(day=1)


def window_month(window: WindowView) -> date:
    """Return the first day of the month in which a window began."""
    return window.day.replace(day=1)


def _renewed_windows(old: Snapshot, touched: Touched, now: datetime) -> dict[UUID, WindowView]:
    kept = read.kept_windows(now)
    # Windows that name private services alone are not known here.
    shown = touched.services - old.services.keys()
    keys = touched.windows | (read_windows.naming(shown, kept) if shown else set())
    keys |= {key for key, window in old.windows.items() if any(row.id in touched.services for row in window.services)}
    if not keys:
        return old.windows
    windows = dict(old.windows)
    _replace(windows, keys, read_windows.windows(kept, keys))
    return windows


def _renewed_checks(old: Snapshot, touched: Touched, services: Collection[UUID], now: datetime) -> Checks:
    if touched.checks:
        return Checks(now, read_checks.checks())
    turned = {key for key in touched.services if (key in old.services) != (key in services)}
    keys = touched.services if touched.heartbeats else turned
    return old.checks.renewed(keys, read_checks.checks(keys)) if keys else old.checks


def _replace(views: dict[UUID, View], keys: Iterable[UUID], found: dict[UUID, View]) -> None:
    for key in keys:
        if key in found:
            views[key] = found[key]
        else:
            views.pop(key, None)


def _place(service: ServiceView) -> tuple[int, str, UUID]:
    return service.position, service.name, service.id
