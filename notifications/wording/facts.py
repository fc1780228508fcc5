"""What messages are made of. Plain values, read by ``notifications.telling``; nothing here knows a row. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from incidents.lifecycle import IncidentStatus, Severity
from services.maintenance.lifecycle import Stage
from services.status import Status


@dataclass(frozen=True, slots=True)
class Place:
    """Where readers are led: the product's name, its address without a slash at the end, and whose eyes it is for."""

    name: str
    url: str
    internal: bool = False

    def at(self, public: str, internal: str) -> str:
        """Return the whole address of the page that this reader may open."""
        return f"{self.url}{internal if self.internal else public}"


@dataclass(frozen=True, slots=True)
class Touched:
    """A service that it concerns; ``status`` is what it suffers, none where a window works on it."""

    id: str
    name: str
    status: Status | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.status.label.lower()})" if self.status else self.name


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, by whom and when. ``message`` is Markdown; ``promised`` is when it should be over (UTC).

    ``status`` is the status from then on; ``internal`` marks a note, which no outsider is told.
    """

    at: datetime
    by: str = ""
    message: str = ""
    status: str = ""
    promised: datetime | None = None
    id: str = ""
    internal: bool = False
    next_update: datetime | None = None
    happened: datetime | None = None


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """An incident as this audience may know it: an outsider's holds no private service and no note."""

    id: str
    title: str
    severity: Severity
    status: IncidentStatus
    created_at: datetime
    resolved_at: datetime | None = None
    public: bool = True
    services: Sequence[Touched] = ()
    # What is known of it, Markdown, as it stands now.
    body: str = ""
    # What readers have been told so far, oldest first.
    history: Sequence[Said] = ()


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """A maintenance window as this audience may know it. Times are aware; ``timezone`` is the planner's."""

    id: str
    title: str
    status: Stage
    start: datetime
    end: datetime
    timezone: str = "UTC"
    description: str = ""
    repeats: str = ""
    public: bool = True
    services: Sequence[Touched] = ()
    history: Sequence[Said] = ()
