"""What the public sees, as frozen data. Pure: no database, no clock. Templates and JSON are written on these.

Shapes, from the outside in::

    PageState   status, mark, overall, open_incidents, groups[GroupView], under_way, planned, recent[PastDay],
                updated_at, freshness
    GroupView   id, name, status, mark, services[ServiceView], is_bad
    ServiceView id, slug, name, description, url, status, rule, mark, since, message, components, runs, figures
    IncidentView id, title, severity, stage, body_html, affected[AffectedView], updates[UpdateView]
    WindowView  id, title, stage, mark, description_html, services, updates, start, end, started_at, ended_at
    MonthView   first, incidents, windows, previous, following
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.status import Status, worst
from statuspage import headline
from statuspage.checks import Freshness
from statuspage.headline import Overall
from statuspage.incident_view import IncidentView
from statuspage.service_view import ServiceView
from statuspage.window_view import WindowView, soonest_first

RECENT_DAYS = 14
# So far ahead the page shows what is planned; the rest is in the calendar and the JSON.
PLANNED_DAYS = 30


@dataclass(frozen=True, slots=True)
class GroupView:
    """A heading with its public services; the services without a group stand under an empty name."""

    id: UUID | None
    name: str
    services: tuple[ServiceView, ...]

    @property
    def status(self) -> Status:
        """Return the worst of its services."""
        return worst(service.status for service in self.services)

    @property
    def is_bad(self) -> bool:
        """Say whether any of its services is not operational or unknown; a bad group opens by itself."""
        return any(service.is_bad for service in self.services)

    @property
    def mark(self) -> str:
        """Return the word for the shape and color beside its name."""
        return headline.mark(self.services)


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day of the recent past and the resolved incidents that were declared on it."""

    date: date
    incidents: tuple[IncidentView, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of the history, newest first; the neighbours are ``None`` where history ends."""

    first: date
    incidents: tuple[IncidentView, ...]
    windows: tuple[WindowView, ...]
    previous: date | None
    following: date | None

    @property
    def key(self) -> str:
        """Return ``2026-11``."""
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True, slots=True)
class PageState:
    """The whole page.

    ``updated_at`` is when anything on it last changed, not when it was rendered; ``None`` when there is nothing on it.
    ``mark`` is the shape and color beside the headline, ``overall`` what that is made of. ``under_way`` and ``planned``
    are maintenance.
    """

    status: Status
    mark: str
    overall: Overall
    open_incidents: tuple[IncidentView, ...]
    groups: tuple[GroupView, ...]
    under_way: tuple[WindowView, ...]
    planned: tuple[WindowView, ...]
    recent: tuple[PastDay, ...]
    updated_at: datetime | None
    freshness: Freshness | None

    @property
    def headline(self) -> str:
        """Return the overall state in words."""
        return self.overall.text

    @property
    def has_incidents(self) -> bool:
        """Say whether any incident is shown."""
        return bool(self.open_incidents) or any(day.incidents for day in self.recent)


def recent(incidents: Iterable[IncidentView], today: date) -> tuple[PastDay, ...]:
    """Return the last 14 days, today first, each with the resolved incidents declared on it."""
    by_day: dict[date, list[IncidentView]] = {}
    for incident in incidents:
        if not incident.is_open:
            by_day.setdefault(incident.declared_at.astimezone(UTC).date(), []).append(incident)
    days = [today - timedelta(days=number) for number in range(RECENT_DAYS)]
    return tuple(PastDay(day, tuple(by_day.get(day, ()))) for day in days)


def planned(windows: Iterable[WindowView], today: date) -> tuple[WindowView, ...]:
    """Return the windows that are to begin within 30 days, and those whose beginning is late, soonest first."""
    last = today + timedelta(days=PLANNED_DAYS)
    return tuple(soonest_first(window for window in windows if window.is_planned and window.day <= last))
