"""Views to the rows that clients of Statuspage read. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from incidents.lifecycle import IncidentStatus
from services import statuspage_rows as rows
from services.maintenance.lifecycle import Stage
from services.statuspage_rows import Row
from services.statuspage_words import component_status, incident_impact, moment, short_id
from statuspage.incident_view import IncidentView, UpdateView
from statuspage.page import GroupView
from statuspage.service_view import ServiceView
from statuspage.window_view import WindowUpdateView, WindowView

# What an incident is at once it is resolved and its postmortem published.
POSTMORTEM: Final = "postmortem"
# From services by their ids to the components that stand for them now.
Components: TypeAlias = Callable[[Iterable[UUID]], list[Row]]


@dataclass(frozen=True, slots=True)
class Page:
    """Whose page it is: its address without a slash at the end, its name, and the IANA name of its time zone."""

    url: str
    name: str
    time_zone: str = "UTC"

    @property
    def id(self) -> str:
        """Return the id that every row carries."""
        return short_id(self.url)

    def shape(self, moved_at: datetime) -> Row:
        """Return ``page``."""
        return {
            "id": self.id,
            "name": self.name,
            "url": self.url,
            "time_zone": "Etc/UTC" if self.time_zone == "UTC" else self.time_zone,
            "updated_at": moment(moved_at),
        }


def component(service: ServiceView, position: int, page: Page) -> Row:
    """Return a service."""
    return rows.component(
        key=_id(service.id),
        name=service.name,
        status=component_status(service.status),
        created_at=moment(service.created_at),
        updated_at=moment(service.moved_at),
        position=position,
        description=service.description or None,
        start_date=f"{service.created_at:%Y-%m-%d}",
        group_id=_id(service.group_id) if service.group_id else None,
        page_id=page.id,
    )


def group(view: GroupView, position: int, page: Page) -> Row:
    """Return a group: a row like its members, as bad as the worst of them."""
    found = rows.component(
        key=_id(view.id),
        name=view.name,
        status=component_status(view.status),
        created_at=moment(min(service.created_at for service in view.services)),
        updated_at=moment(max(service.moved_at for service in view.services)),
        position=position,
        showcase=False,
        page_id=page.id,
        group=True,
    )
    return found | {"components": [_id(service.id) for service in view.services]}


def incident(view: IncidentView, page: Page, components: Components) -> Row:
    """Return an incident. Where nothing was said of it its title is its one update: clients read the first."""
    opening = _opening(view.id, IncidentStatus.INVESTIGATING, view.body or view.title, view.declared_at)
    return rows.incident(
        key=_id(view.id),
        name=view.title,
        status=POSTMORTEM if view.postmortem and not view.is_open else view.stage.value,
        created_at=moment(view.declared_at),
        updated_at=moment(view.moved_at),
        monitoring_at=_first(view.updates, IncidentStatus.MONITORING),
        resolved_at=_moment(view.resolved_at),
        impact=incident_impact(view.impact),
        shortlink=f"{page.url}/status/incidents/{view.id}",
        started_at=moment(view.began_at),
        page_id=page.id,
        incident_updates=[_told(one, view.id) for one in view.updates] or [opening],
        components=components(row.id for row in view.affected),
    )


def window(view: WindowView, page: Page, components: Components) -> Row:
    """Return a window of maintenance: an incident with two times more. One that does not take place has no word."""
    opening = _opening(view.id, Stage.SCHEDULED, view.description or view.title, view.created_at)
    found = rows.incident(
        key=_id(view.id),
        name=view.title,
        status=view.stage.value,
        created_at=moment(view.created_at),
        updated_at=moment(view.moved_at),
        monitoring_at=None,
        resolved_at=_moment(view.ended_at),
        impact="maintenance",
        shortlink=f"{page.url}/status/maintenance/{view.id}",
        started_at=moment(view.begun_at),
        page_id=page.id,
        incident_updates=[_told(one, view.id) for one in view.updates] or [opening],
        components=components(row.id for row in view.services),
    )
    return found | {"scheduled_for": moment(view.start), "scheduled_until": moment(view.end)}


def _opening(about: UUID, status: IncidentStatus | Stage, body: str, at: datetime) -> Row:
    return _update(f"{about} opening", status, body, at, about)


def _told(one: UpdateView | WindowUpdateView, about: UUID) -> Row:
    return _update(str(one.id), one.stage, one.message, one.at, about)


def _update(key: str, status: IncidentStatus | Stage, body: str, at: datetime, about: UUID) -> Row:
    return rows.update(
        key=short_id(key),
        status=status.value,
        body=body,
        incident_id=_id(about),
        at=moment(at),
    )


def _first(updates: Sequence[UpdateView], stage: IncidentStatus) -> str | None:
    """Return when it first came to a stage, as far as something was said then; ``updates`` is newest first."""
    return next((moment(one.at) for one in reversed(updates) if one.stage is stage), None)


def _moment(at: datetime | None) -> str | None:
    return moment(at) if at else None


def _id(key: UUID | None) -> str:
    return short_id(str(key))
